"""The ``media`` list of a shot or concept: each entry checked, a wrong one left out and found.

An entry with a source may leave out its media_id: it gets its role as a name, the second of that
role ``<role>_2`` and so on, counted among the entries of one owner that have no name. A missing
role is ``concept_image`` for a concept's picture and ``media`` for all else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import ValidationError

from domain.media.specs import MediaSpec
from domain.media.staging import MediaRole, MediaType, StagingHints
from domain.story import nodes as tree
from domain.story import sources, specs, validation
from domain.story.board import Policy, Source
from domain.story.fields import Fields, plain
from domain.story.findings import Findings, Path
from domain.story.names import canonical, slug
from domain.story.script import MediaItem

LONGEST_NAME = 200

SOURCES = ("media_path", "media_data", "media_spec")
KEYS = (
    "media_id",
    *SOURCES,
    "media_role",
    "staging_hints",
    "hard_requirement",
    "policy",
    "fallback_text",
    "title",
)
EXAMPLE = "{media_id: frame, media_role: narrative_im, media_path: assets/a.png}"

_PICTURES = (MediaType.IMAGE, MediaType.VECTOR)
_ROLES = frozenset(role.value for role in MediaRole)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a media list is checked against. ``concepts``: the keys a voice may name."""

    owner: Literal["shot", "concept"] = "shot"
    concepts: Collection[str] = ()
    assets: sources.Assets | None = None


def read_items(fields: Fields, around: Surroundings) -> tuple[MediaItem, ...]:
    """The whole entries of an owner's ``media``; media_ids are unique, ``from`` is resolved."""
    declared: set[str] = set()
    unnamed: list[_Read] = []
    order: list[_Read] = []
    for node, path in fields.items("media", EXAMPLE):
        entry = _read(node, path, fields.findings, around)
        if entry is None:
            continue
        name = entry.media_id
        if name is not None and name in declared:
            message = f"{name!r} is there twice on one owner; give one another media_id"
            entry.fields.error("duplicate_media_id", message, "media_id")
            continue
        if name is None:
            unnamed.append(entry)
        else:
            declared.add(name)
        if entry.item is not None:
            order.append(entry)
    _name(unnamed, declared)
    pictures = {
        entry.media_id or "": entry.item is not None and entry.item.media_type in _PICTURES
        for entry in order
    }
    names = [name for name, is_picture in pictures.items() if is_picture]
    whole = [entry for entry in order if _stands_on_a_picture(entry, pictures, declared, names)]
    return tuple(entry.item for entry in whole if entry.item is not None)


@dataclass(slots=True)
class _Read:
    """An entry; ``item`` is None where it is left out."""

    fields: Fields
    media_id: str | None
    item: MediaItem | None
    spec: MediaSpec | None


def _read(node: tree.Node, path: Path, findings: Findings, around: Surroundings) -> _Read | None:
    before = findings.errors
    fields = Fields.of(node, path, findings, known=KEYS, what="a media item", hint=EXAMPLE)
    if fields is None:
        return None
    given = [name for name in SOURCES if fields.get(name) is not None]
    media_id = _media_id(fields, is_lookup=not given)
    sources.check_sources(fields, given, media_id)
    spec_node = fields.get("media_spec")
    spec = None
    if spec_node is not None:
        spec = specs.read_spec(spec_node, (*path, "media_spec"), findings, around.concepts)
    source = Source(
        path=sources.path(fields, around.assets),
        data=sources.data(fields),
        spec=specs.authored(spec) if spec is not None else None,
    )
    role = _role(fields)
    media_type = sources.media_type(spec, source.path, role)
    if role is None:
        is_picture = media_type in _PICTURES
        is_look = around.owner == "concept" and (is_picture or media_type is MediaType.DATA)
        role = MediaRole.CONCEPT_IMAGE if is_look else MediaRole.MEDIA
        media_type = sources.media_type(spec, source.path, role)
    item = MediaItem(
        media_id=media_id or "",
        role=str(role),
        media_type=media_type,
        title=fields.text("title") or "",
        source=source,
        hints=_hints(fields),
        hard=fields.flag("hard_requirement") or False,
        policy=_policy(fields, given),
        fallback_text=fields.text("fallback_text"),
    )
    return _Read(fields, media_id, item if findings.errors == before else None, spec)


def _media_id(fields: Fields, *, is_lookup: bool) -> str | None:
    if not is_lookup:
        return fields.id("media_id")
    alias = fields.text("media_id")
    if alias is None:
        return None
    alias = canonical(alias.strip())
    if alias and len(alias) <= LONGEST_NAME and alias.isprintable():
        return alias
    fields.error("bad_id", "media_id must be a name such as frame or tavern/frame", "media_id")
    return None


def _role(fields: Fields) -> str | None:
    role = fields.text("media_role")
    if role is None or role in _ROLES:
        return role
    if not role or len(role) > LONGEST_NAME:
        fields.error("bad_value", "media_role must be a word such as narrative_im", "media_role")
        return role
    guess = fields.findings.guess(role, _ROLES)
    fields.warning("unknown_role", f"the role {role!r} is not known{guess}", "media_role")
    return role


def _hints(fields: Fields) -> StagingHints:
    node = fields.get("staging_hints")
    if node is None:
        return _NO_HINTS
    path = (*fields.path, "staging_hints")
    known = tuple(StagingHints.__pydantic_fields__)
    hints = Fields.of(
        node, path, fields.findings, known=known, what="staging_hints", hint="{placement: inline}"
    )
    if hints is None:
        return _NO_HINTS
    values = plain(node, path, fields.findings)
    try:
        return StagingHints.model_validate(
            {k: values[k] for k in known if k in values}, strict=True
        )
    except ValidationError as error:
        validation.explain(error, hints, "staging_hints", known)
        return _NO_HINTS


def _policy(fields: Fields, given: list[str]) -> Policy:
    policy = fields.word("policy", Policy) or Policy.ANY
    if policy is Policy.CREATE and not given:
        message = "policy: create has nothing to create from; write a source or remove it"
        fields.warning("nothing_to_create", message, "policy")
    return policy


def _name(unnamed: list[_Read], taken: set[str]) -> None:
    """Give each entry without a media_id its role and ordinal."""
    counts: dict[str, int] = {}
    for entry in unnamed:
        if entry.item is None:
            continue
        role = slug(entry.item.role)
        while True:
            counts[role] = counts.get(role, 0) + 1
            name = role if counts[role] == 1 else f"{role}_{counts[role]}"
            if name not in taken:
                break
        taken.add(name)
        entry.media_id = name
        entry.item = entry.item.evolve(media_id=name)


def _stands_on_a_picture(
    entry: _Read, pictures: Mapping[str, bool], declared: set[str], names: Collection[str]
) -> bool:
    """Whether ``from``, where a spec has it, names another picture of the same owner.

    ``pictures`` says of each whole entry whether it is one, ``names`` are those that are.
    """
    name = getattr(entry.spec, "source", None)
    if entry.spec is None or entry.spec.makes is not MediaType.VIDEO or not isinstance(name, str):
        return True
    if pictures.get(name):
        return True
    spec_node = entry.fields.get("media_spec")
    assert isinstance(spec_node, tree.Mapping)
    fields = Fields(spec_node, (*entry.fields.path, "media_spec"), entry.fields.findings)
    if name in declared and name not in pictures:
        problem = "is left out for its own error; mend it first"
    elif name in pictures:
        problem = "is no picture; name one that is"
    else:
        problem = f"is no media item beside this one{fields.findings.guess(name, names)}"
    fields.error("unknown_from", f"from: {name!r} {problem}", "from")
    return False


_NO_HINTS = StagingHints()
