"""A ``media_spec`` of the script: its type found, its fields checked, kept as it was authored."""

import re
from collections.abc import Collection
from typing import Any

from pydantic import ValidationError

from domain.media.paperdoll import PARTS
from domain.media.specs import SPEC_TYPES, MediaSpec, PaperdollSpec, SpeechSpec
from domain.story import validation
from domain.story.fields import Fields, plain
from domain.story.findings import Findings, Path
from domain.story.nodes import Mapping, Node

_DEMO_STEP = re.compile(
    r"(?:ok|transient|rate_limited|content_policy|invalid|auth|quota|timeout|never|corrupt|empty)"
    r"(?:@\d+(?:\.\d+)?(?:ms|s|m)?)?"
)


def read_spec(
    node: Node, path: Path, findings: Findings, concepts: Collection[str]
) -> MediaSpec | None:
    """The spec at a node, or None with what is wrong among the findings.

    ``concepts`` are the keys a voice may name.
    """
    if not isinstance(node, Mapping):
        message = "media_spec must be a mapping; write media_spec: {type: stable_diffusion, …}"
        findings.error("wrong_type", message, node, path)
        return None
    fields = Fields(node, path, findings)
    name = fields.text("type")
    if name is None:
        message = f"media_spec needs its type; write type: one of {', '.join(sorted(SPEC_TYPES))}"
        fields.error("missing_field", message)
        return None
    spec_class = SPEC_TYPES.get(name)
    if spec_class is None:
        message = f"there is no spec type {name!r}{findings.guess(name, SPEC_TYPES)}"
        fields.error("unknown_spec_type", message, "type")
        return None
    return _validated(spec_class, fields, concepts)


def authored(spec: MediaSpec) -> dict[str, Any]:
    """A spec as JSON's values: its type and what was written, defaults left out."""
    written = spec.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return {"type": spec.type, **written}


def _validated(
    spec_class: type[MediaSpec], fields: Fields, concepts: Collection[str]
) -> MediaSpec | None:
    values = plain(fields.node, fields.path, fields.findings)
    what = f"a {values['type']} spec"
    try:
        spec = spec_class.model_validate(values)
    except ValidationError as error:
        keys = [one.alias or name for name, one in spec_class.__pydantic_fields__.items()]
        validation.explain(error, fields, what, keys)
        return None
    if validation.refuse_coerced(fields, values, spec):
        return None
    _warn(spec, fields, concepts)
    return spec


def _warn(spec: MediaSpec, fields: Fields, concepts: Collection[str]) -> None:
    """What is legal and looks like a mistake."""
    if spec.demo is not None:
        for step in spec.demo.split(","):
            if not _DEMO_STEP.fullmatch(step.strip()):
                message = f"demo has no step {step.strip()[:40]!r}; write steps such as ok, ok@2s"
                fields.warning("unknown_demo_step", message, "demo")
    if isinstance(spec, SpeechSpec) and spec.voice is not None and spec.voice not in concepts:
        near = fields.findings.close(spec.voice, concepts, cutoff=0.75)
        if near is not None:
            message = f"the voice {spec.voice!r} is no concept; did you mean {near}?"
            fields.warning("unknown_voice", message, "voice")
    if isinstance(spec, PaperdollSpec):
        _warn_of_parts(spec, fields)


def _warn_of_parts(spec: PaperdollSpec, fields: Fields) -> None:
    worn = {"body_type": (spec.body_type,), "accessories": spec.accessories}
    if spec.outfit is not None:
        worn["outfit"] = (spec.outfit,)
    for name, words in worn.items():
        known = PARTS[name]
        for word in words:
            if word not in known:
                message = f"{name} has no drawing {word[:40]!r}{fields.findings.guess(word, known)}"
                fields.warning("unknown_part", message, name)
