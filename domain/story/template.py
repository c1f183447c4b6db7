"""A media requirement from a plain mapping, as a template or another program has it."""

from collections.abc import Mapping
from typing import Any, Literal

from domain.story import nodes as tree
from domain.story.fields import Fields
from domain.story.findings import Findings
from domain.story.media_items import Surroundings, read_items
from domain.story.script import MediaItem


def from_template(
    template: Mapping[str, Any], owner: Literal["shot", "concept"] = "shot"
) -> MediaItem:
    """One media item from a mapping with the script's keys, typed and checked as in a script.

    Raises ValueError with every error of it, such as "needs path, data, or spec".
    """
    findings = Findings()
    media = tree.Mapping(1, 1, {"media": tree.Sequence(1, 1, [_node(template)])})
    items = read_items(Fields(media, (), findings), Surroundings(owner=owner))
    if findings.errors:
        raise ValueError("; ".join(one.message for one in findings.listed()))
    return items[0]


def _node(value: object) -> tree.Node:
    """A tree without places, of a plain value."""
    if isinstance(value, Mapping):
        return tree.Mapping(1, 1, {str(key): _node(one) for key, one in value.items()})
    if isinstance(value, list | tuple):
        return tree.Sequence(1, 1, [_node(one) for one in value])
    if value is None or isinstance(value, bool):
        return tree.Scalar(1, 1, {None: "null", True: "true", False: "false"}[value])
    return tree.Scalar(1, 1, str(value), plain=not isinstance(value, str))
