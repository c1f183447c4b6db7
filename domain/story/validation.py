"""pydantic's errors as findings at the field's own line, in words that say what to write."""

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from domain.story import nodes as tree
from domain.story.fields import Fields

_WORDS: dict[str, str] = {
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "string_type": "must be text; put it in quotes",
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": "must be a list; write [one, two]",
    "list_type": "must be a list; write [one, two]",
    "dict_type": "must be a mapping; write {{key: value}}",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
}


def explain(error: ValidationError, fields: Fields, what: str, known: Collection[str]) -> None:
    """Every error of one validation as a finding; ``known`` are the keys that could be meant."""
    seen: set[tuple[str | int, ...]] = set()
    for one in error.errors(include_url=False):
        location = tuple(one["loc"])
        node, key, depth = find(fields.node, location)
        if one["type"] not in ("missing", "extra_forbidden"):
            location = location[:depth]  # without the branch of a union
        if location in seen or location[:1] in seen:
            continue  # each branch complains, and one wrong entry of a list is enough
        seen |= {location, location[:1]}
        path = (*fields.path, *location)
        name = ".".join(str(part) for part in location)
        if one["type"] == "extra_forbidden":
            guess = fields.findings.guess(str(location[-1]), known)
            fields.findings.error("unknown_key", f"{what} has no {name!r}{guess}", key, path)
        elif one["type"] == "missing":
            message = f"{what} needs {name}; write {name}: …"
            fields.findings.error("missing_field", message, node, path)
        else:
            message = f"{name} {_words(one)}" if name else f"{what}: {one['msg']}"
            fields.findings.error("bad_value", message, node, path)


def refuse_coerced(fields: Fields, authored: Mapping[str, Any], model: BaseModel) -> bool:
    """Find what was quietly taken for another type: true for 1, "512" for 512."""
    coerced = False
    for name, field in type(model).__pydantic_fields__.items():
        key = field.alias or name
        raw, value = authored.get(key), getattr(model, name)
        is_text = isinstance(raw, str) and isinstance(value, bool | int | float)
        if is_text or (isinstance(raw, bool) and not isinstance(value, bool)):
            kind = "true or false" if isinstance(value, bool) else "a number"
            fields.error("bad_value", f"{key} must be {kind}, without quotes", key)
            coerced = True
    return coerced


def find(root: tree.Node, location: tuple[str | int, ...]) -> tuple[tree.Node, tree.Node, int]:
    """The node that a path leads to as far as it goes, its key, and how many parts it went."""
    node, key = root, root
    for depth, part in enumerate(location):
        if isinstance(node, tree.Mapping) and part in node.entries:
            key, node = node.key(str(part)), node.entries[str(part)]
        elif isinstance(node, tree.Sequence) and isinstance(part, int) and part < len(node.items):
            key = node = node.items[part]
        else:
            return node, key, depth
    return node, key, len(location)


def _words(error: Mapping[str, Any]) -> str:
    words = _WORDS.get(error["type"])
    if words is None:
        return f"can't be so: {error['msg']}"
    text = words.format_map(error.get("ctx") or {})
    return text.replace("'", "") if "expected" in words else text
