"""The ``concepts`` list, and what the rest of the script may refer to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from domain.story import names
from domain.story import nodes as tree
from domain.story.board import ConceptType
from domain.story.fields import Fields, plain
from domain.story.media_items import Surroundings, read_items
from domain.story.script import ScriptConcept
from domain.story.sources import Assets

KEYS = ("id", "type", "title", "content", "attributes", "media")
EXAMPLE = "{id: mira, type: character}"


@dataclass(frozen=True, slots=True)
class Concepts:
    """Every concept's key with its type as written, wrong or not: a reference to one is right."""

    types: Mapping[str, str]

    @classmethod
    def declared(cls, script: Fields) -> Self:
        """A first look at the ids, so that the order of the script does not matter."""
        types: dict[str, str] = {}
        node = script.get("concepts")
        for one in node.items if isinstance(node, tree.Sequence) else ():
            if isinstance(one, tree.Mapping):
                key = one.entries.get("id")
                kind = one.entries.get("type")
                if isinstance(key, tree.Scalar):
                    word = kind.text if isinstance(kind, tree.Scalar) else ""
                    types.setdefault(names.canonical(key.text), word)
        return cls(types)


def read_concepts(
    script: Fields, declared: Concepts, assets: Assets | None
) -> tuple[ScriptConcept, ...]:
    """The concepts with an id of their own."""
    read: dict[str, ScriptConcept] = {}
    around = Surroundings(owner="concept", concepts=declared.types.keys(), assets=assets)
    for node, path in script.items("concepts", EXAMPLE):
        fields = Fields.of(node, path, script.findings, known=KEYS, what="a concept", hint=EXAMPLE)
        if fields is None:
            continue
        concept = _concept(fields, around)
        if concept is None:
            continue
        if concept.key in read:
            line = read[concept.key].line
            message = f"the concept {concept.key!r} is there since line {line}; give another id"
            fields.error("duplicate_id", message, "id")
            continue
        read[concept.key] = concept
    return tuple(read.values())


def _concept(fields: Fields, around: Surroundings) -> ScriptConcept | None:
    key = fields.id("id")
    if key is None and fields.get("id") is None:
        fields.error("missing_id", "a concept needs an id; write id: mira")
    kind = fields.word("type", ConceptType)
    if fields.get("type") is None:
        message = "a concept without a type is a character; write type: character"
        fields.warning("missing_type", message, "id")
    attributes = fields.get("attributes")
    if attributes is not None and not isinstance(attributes, tree.Mapping):
        fields.error("wrong_type", "attributes must be a mapping", "attributes")
        attributes = None
    media = read_items(fields, around)
    if key is None:
        return None
    return ScriptConcept(
        key=key,
        type=kind or ConceptType.CHARACTER,
        title=fields.text("title") or "",
        content=fields.text("content") or "",
        attributes=(
            plain(attributes, (*fields.path, "attributes"), fields.findings) if attributes else {}
        ),
        media=media,
        line=fields.node.line,
    )
