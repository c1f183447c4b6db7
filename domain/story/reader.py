"""Bytes to a tree of nodes with places, within limits that hold before anything is built.

libyaml's composer crashes on deep nesting, so its events are walked here one by one: 5 MB, depth
64, 200,000 nodes (values; a key belongs to its mapping). An alias counts with all it repeats.
Anchors, aliases and merge keys (``<<``) are taken; several documents and tags that are not of
the core schema are not.
"""

from dataclasses import dataclass
from typing import Any

import yaml

from domain.story import encoding, syntax
from domain.story.diagnostics import Diagnostic
from domain.story.nodes import Node
from domain.story.walker import Broken, Walker

MAX_BYTES = 5_000_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """``root`` is None for an empty script, and beyond a limit.

    With ``broken`` the reading stopped early: the tree holds what came before.
    """

    root: Node | None
    diagnostics: tuple[Diagnostic, ...] = ()
    broken: bool = False


def read(source: bytes | str) -> Document:
    """The tree of a script, and all that is wrong with its YAML. Never raises."""
    text, problem = encoding.decode(source, limit=MAX_BYTES)
    if problem is not None:
        return Document(None, (problem,), broken=True)
    walker = Walker()
    loader = _LOADER(text)
    try:
        walker.walk(loader.get_event)
    except Broken as stop:
        walker.found.append(stop.diagnostic)
    except yaml.YAMLError as error:
        walker.found.append(syntax.explain(error, text))
    else:
        return Document(walker.root, tuple(walker.found))
    finally:
        loader.dispose()
    found = tuple(walker.found)  # what closing the open ones finds is no fault of the script
    return Document(walker.partial(), found, broken=True)
