"""The boundary between demo and real: what serves live providers never reaches the fake."""

import ast
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from domain.media.staging import MediaType
from domain.work.provider import Ask
from jobs.providers.fake import FakeProvider
from storage.inspector import Inspector
from tests.fakes import FakeClock
from tests.house.tree import PACKAGES, name, text, tracked

FAKE = ("jobs.providers.fake", "jobs.providers.theatre", "jobs.art")
"""What only the demo is made of."""
LIVE = (
    "jobs.providers.openai",
    "jobs.providers.automatic1111",
    "jobs.providers.live",
    "jobs.providers.wire",
)
MARKED_LIVE = re.compile(r"""\bkind["']?\s*[:=]\s*["']?live\b|ProviderKind\.LIVE""")


def module_of(path: Path) -> str:
    return name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports(source: str) -> set[str]:
    """Modules that code names in any import, those within functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def below(module: str, roots: tuple[str, ...]) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in roots)


def reached(start: tuple[str, ...], sources: dict[str, str]) -> dict[str, str]:
    """Every module of ours that code reaches from ``start``, each with who imports it."""
    waiting = {one: "" for one in sources if below(one, start)}
    seen: dict[str, str] = {}
    while waiting:
        module, by = waiting.popitem()
        seen[module] = by
        for found in imports(sources[module]):
            if found in sources and found not in seen:
                waiting[found] = module
    return seen


SOURCES = {
    module_of(path): text(path) for package in PACKAGES for path in tracked(f"{package}/*.py")
}


def test_live_code_never_reaches_the_fake() -> None:
    seen = reached(LIVE, SOURCES)
    assert "jobs.providers.wire.client" in seen
    assert "domain.work.provider" in seen
    assert {one: by for one, by in seen.items() if below(one, FAKE)} == {}


@pytest.mark.parametrize(
    "planted", ["from jobs.providers.fake import NAME", "def f():\n    import jobs.art.picture"]
)
def test_a_way_to_the_fake_is_noticed(planted: str) -> None:
    sources = SOURCES | {"jobs.providers.wire.held": planted}
    assert any(below(one, FAKE) for one in reached(LIVE, sources))


def test_only_providers_that_speak_to_a_server_are_live() -> None:
    live = {
        module_of(path)
        for path in tracked("jobs/*.py")
        if re.search(r"kind=ProviderKind\.LIVE", text(path))
    }
    assert live == {"jobs.providers.openai.provider", "jobs.providers.automatic1111.provider"}
    assert "kind=ProviderKind.FAKE" in SOURCES["jobs.providers.fake"]


class AtOnce:
    """The pool's ``run`` in this very process."""

    def run(self, make: Any, *given: Any) -> Any:
        return make(*given)


@pytest.mark.parametrize("art", ["scene", "plain"])
@pytest.mark.parametrize(
    ("media_type", "spec"),
    [
        (MediaType.IMAGE, {"prompt": "a lamp", "width": 128, "height": 64}),
        (MediaType.VOICE, {"text": "It went out."}),
        (MediaType.MUSIC, {"prompt": "wind", "seconds": 1.0}),
    ],
)
def test_whatever_the_fake_makes_bears_its_mark(
    art: str, media_type: MediaType, spec: dict[str, Any]
) -> None:
    fake = FakeProvider(AtOnce(), FakeClock(), speed=0, art=art)  # type: ignore[arg-type]
    ask = Ask(key="k", spec=spec, media_type=media_type, attempt=0)
    made = fake.result(ask, fake.submit(ask))
    with closing(Inspector()) as inspector:
        assert inspector.inspect(made.data).marked_fake


@pytest.mark.parametrize(
    "path",
    [*tracked("tests/scripts/*"), *tracked("storage/demo/*"), *tracked("ui/pages/gallery*.py")],
    ids=name,
)
def test_no_fixture_is_marked_live(path: Path) -> None:
    assert not MARKED_LIVE.search(text(path)), name(path)


@pytest.mark.parametrize("planted", ["kind: live", '"kind": "live"', "kind=ProviderKind.LIVE"])
def test_a_fixture_that_is_marked_live_is_noticed(planted: str) -> None:
    assert MARKED_LIVE.search(planted)
