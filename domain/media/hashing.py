"""Hashes that mean the same in every process, for ever: SHA-256 of versioned canonical JSON.

Canonical: keys sorted, no spaces, text in Unicode NFC, floats by ``repr``. A change of that form
needs a new version tag, and makes everything stale; so do not change it.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from unicodedata import normalize

from domain.media.specs import SPEC_TYPES, MediaSpec

VERSION = "framewright-1"

_LABELS = ("provider", "demo")
"""Fields of a spec that do not change what is made by a provider."""


def digest(value: object) -> str:
    """64 hex digits of a value made of mappings with text keys, sequences and JSON's scalars.

    Tuples are lists. Raises ValueError for NaN, an infinity or two keys that differ only in
    their Unicode form; TypeError for anything JSON does not know.
    """
    text = json.dumps(
        _canonical(value),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    return hashlib.sha256(f"{VERSION}\n{text}".encode()).hexdigest()


def spec_basis(spec: Mapping[str, Any]) -> str:
    """What an adapted spec asks for: all of it but the provider's name and the fake's theatre.

    A default counts the same written or not, except ``model_id``: only a written one is asked
    for, else the provider's own model serves. A field that is None is as if absent, so a spec
    class may gain an optional field without making anything stale.
    """
    asked = {**_defaults(SPEC_TYPES.get(str(spec.get("type")))), **spec}
    return digest(["spec", {k: v for k, v in asked.items() if k not in _LABELS and v is not None}])


def spec_bases(spec: Mapping[str, Any], inputs: Mapping[str, str]) -> tuple[str, ...]:
    """What a script asks for that asks for just this: with its seed left open, and with it.

    ``spec`` is what was asked of a provider, its seed included.
    """
    if not spec:
        return ()
    open_seed = {name: value for name, value in spec.items() if name != "seed"}
    both = dict.fromkeys(with_inputs(spec_basis(one), inputs) for one in (open_seed, spec))
    return tuple(both)


def path_basis(path: str) -> str:
    """What an item with a ``media_path`` asks for."""
    return digest(["path", path])


def data_basis(data: bytes) -> str:
    """What an item with ``media_data`` asks for: its bytes."""
    return digest(["data", hashlib.sha256(data).hexdigest()])


def lookup_basis(media_id: str) -> str:
    """What an item without a source asks for: whatever goes by that name."""
    return digest(["lookup", media_id])


def with_inputs(basis: str, inputs: Mapping[str, str]) -> str:
    """A basis or reuse key that also depends on other media: content hash by input name.

    Without inputs it is the basis itself.
    """
    return digest(["inputs", basis, dict(inputs)]) if inputs else basis


def reuse_key(
    spec: Mapping[str, Any],
    *,
    seed: int | None,
    provider: str,
    kind: str,
    model: str | None,
    demo: str | None = None,
) -> str:
    """What was really asked; two asks with one key may share one result.

    ``spec`` is the adapted spec with its overrides; its own seed, model and demo give way to
    the arguments. ``kind`` keeps fake, local and live apart for ever; ``demo`` is the fake
    provider's theatre and must be None for any other.
    """
    asked = {**spec, "seed": seed, "model_id": model}
    return digest(["ask", spec_basis(asked), provider, kind, demo])


@cache
def _defaults(spec_class: type[MediaSpec] | None) -> dict[str, Any]:
    if spec_class is None:
        return {}
    return {
        field.alias or name: field.get_default(call_default_factory=False)
        for name, field in spec_class.__pydantic_fields__.items()
        if not field.is_required() and name != "model_id"
    }


def _canonical(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value if value.isascii() else normalize("NFC", value)
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} has no canonical form")
        return value + 0.0  # -0.0 becomes 0.0
    if isinstance(value, Mapping):
        return _canonical_mapping(value)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_canonical(one) for one in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _canonical_mapping(value: Mapping[Any, object]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for key, one in value.items():
        if not isinstance(key, str):
            raise TypeError(f"the key {key!r} is not text")
        name = key if key.isascii() else normalize("NFC", key)
        if name in fields:
            raise ValueError(f"the key {name!r} is there twice")
        fields[name] = _canonical(one)
    return fields
