"""The compiler: a script's bytes to what it says, with everything that is wrong with it.

It always returns what could be read; a wrong item is left out and found. ``shots`` and ``blocks``
are one word, in a scene and at the top level; scenes may stand in an episode or at the top level.
"""

from domain.entity import Entity
from domain.story import names
from domain.story.choices import resolve
from domain.story.concepts import Concepts, read_concepts
from domain.story.diagnostics import Diagnostic
from domain.story.durations import frame_rate
from domain.story.fields import Fields
from domain.story.findings import Findings
from domain.story.header import read_header
from domain.story.nodes import Node, Scalar
from domain.story.reader import Document, read
from domain.story.scenes import SceneReader
from domain.story.script import Script
from domain.story.sources import Assets

KEYS = ("project", "concepts", "episodes", "scenes", "shots", "blocks")
EXAMPLE = "blocks: [{id: SH0010, content: …}]"


class Compiled(Entity):
    """A script as far as it could be read; ``diagnostics`` by line and column, all of them."""

    script: Script
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether anything is an error: the API and ``check`` then take none of it."""
        return any(one.severity == "error" for one in self.diagnostics)


def compile_script(
    source: bytes | str,
    *,
    name: str = "script.yaml",
    project_key: str | None = None,
    assets: Assets | None = None,
) -> Compiled:
    """Read and check a script. Never raises for anything in ``source``.

    The project's id is the header's, else ``project_key``, else made of the file's ``name``. With
    ``assets`` a file that is not there is a warning, for hard media an error. Where the YAML
    itself is broken only that is told: all else would be a guess.
    """
    document = read(source)
    findings = Findings()
    key = _project_key(name, project_key, findings)
    script = _script(document, key, findings, assets)
    if document.broken:
        return Compiled(script=script, diagnostics=document.diagnostics)
    findings.add(document.diagnostics)
    return Compiled(script=script, diagnostics=findings.listed())


def _project_key(name: str, given: str | None, findings: Findings) -> str:
    if given is None:
        return names.slug(name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name)
    key = names.canonical(given)
    if not names.is_id(key):
        message = f"the project can't be called {given[:80]!r}; write {names.slug(given)}"
        findings.error("bad_id", message, Node(1, 1), ("project", "id"))
        return names.slug(given)
    return key


def _script(document: Document, key: str, findings: Findings, assets: Assets | None) -> Script:
    root = document.root
    if root is None or (isinstance(root, Scalar) and root.plain and root.value is None):
        message = f"the script is empty; write {EXAMPLE}"
        findings.error("empty_script", message, root or Node(1, 1), ())
        return Script(key=key, header=read_header(None, findings, key)[1])
    fields = Fields.of(root, (), findings, known=KEYS, what="a script", hint=EXAMPLE)
    if fields is None:
        return Script(key=key, header=read_header(None, findings, key)[1])
    key, header = read_header(fields.get("project"), findings, key)
    concepts = Concepts.declared(fields)
    read = read_concepts(fields, concepts, assets)
    scenes = SceneReader(findings, concepts, frame_rate(header.fps), assets)
    scenes.read(fields)
    if not findings.errors and not any(fields.get(name) for name in KEYS[1:]):
        fields.warning("nothing_declared", f"nothing is declared yet; write {EXAMPLE}", "project")
    return Script(
        key=key,
        header=header,
        concepts=read,
        episodes=tuple(scenes.episodes),
        scenes=resolve(scenes.scenes, scenes.ways, findings),
    )
