import math
import subprocess
import sys
from typing import Any

import pytest

from domain.media import hashing
from domain.media.specs import SPEC_TYPES, MediaSpec, register
from domain.media.staging import MediaType

LAMP = {"type": "stable_diffusion", "prompt": "a lamp"}


def test_r70_a_digest_is_the_same_in_another_process_and_another_order() -> None:
    value = {"b": [1, 2.5, None, True], "a": {"é": "ü"}}
    turned = {"a": {"é": "ü"}, "b": (1, 2.5, None, True)}
    code = f"from domain.media.hashing import digest; print(digest({value!r}))"
    other = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": ".", "PYTHONIOENCODING": "utf-8"},
    )
    assert hashing.digest(turned) == other.stdout.strip() == hashing.digest(value)


def test_a_digest_never_changes() -> None:
    expected = "322c1c838fbe9d3fa82db406ecd3053158b440efed9864df6f6493bdc204685d"
    assert hashing.digest({"prompt": "a lamp", "width": 512, "scale": 7.5}) == expected


def test_a_digest_knows_text_in_one_unicode_form_and_no_minus_zero() -> None:
    assert hashing.digest({"caf\u0065\u0301": "\u0065\u0301"}) == hashing.digest({"café": "é"})
    assert hashing.digest(-0.0) == hashing.digest(0.0)


def test_a_digest_tells_apart_what_is_not_the_same() -> None:
    values: list[object] = [1, 1.0, True, "1", [1], {"1": 1}, None, "", [], {}]
    assert len({hashing.digest(one) for one in values}) == len(values)


@pytest.mark.parametrize("value", [math.nan, math.inf, [-math.inf], {"e\u0301": 1, "é": 2}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"form|twice"):
        hashing.digest(value)


@pytest.mark.parametrize("value", [b"bytes", {1: 2}, {"a": {1, 2}}, object()])
def test_what_json_does_not_know_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        hashing.digest(value)


@pytest.mark.parametrize(
    "same",
    [
        {"provider": "openai"},
        {"demo": "ok@2s"},
        {"width": 512},
        {"seed": None},
        {"style": "default"},
    ],
)
def test_a_basis_ignores_provider_theatre_and_written_defaults(same: dict[str, Any]) -> None:
    assert hashing.spec_basis({**LAMP, **same}) == hashing.spec_basis(LAMP)


@pytest.mark.parametrize(
    "other",
    [
        {"prompt": "a lamp."},
        {"width": 520},
        {"seed": 0},
        {"model_id": "stabilityai/stable-diffusion-2-1"},
        {"type": "music"},
    ],
)
def test_a_basis_knows_what_is_made_and_the_authored_model(other: dict[str, Any]) -> None:
    assert hashing.spec_basis({**LAMP, **other}) != hashing.spec_basis(LAMP)


def test_a_new_optional_field_of_a_type_makes_nothing_stale() -> None:
    class Before(MediaSpec):
        type: str = "test_growing"
        makes = MediaType.IMAGE

    class After(Before):
        extra: str | None = None

    try:
        register(Before)
        before = hashing.spec_basis({"type": "test_growing"})
        register(After)
        assert hashing.spec_basis({"type": "test_growing"}) == before
    finally:
        del SPEC_TYPES["test_growing"]


def test_each_kind_of_source_has_its_own_basis() -> None:
    bases = {
        hashing.path_basis("x"),
        hashing.data_basis(b"x"),
        hashing.lookup_basis("x"),
        hashing.spec_basis({"type": "x"}),
    }
    assert len(bases) == 4


def test_inputs_are_part_of_a_hash_and_none_leaves_it() -> None:
    assert hashing.with_inputs("b", {}) == "b"
    assert hashing.with_inputs("b", {"frame": "1"}) != hashing.with_inputs("b", {"frame": "2"})


def ask(**fields: Any) -> str:
    """A reuse key that differs from another in one thing."""
    asked: dict[str, Any] = {
        "seed": 1,
        "provider": "openai",
        "kind": "live",
        "model": None,
        "demo": None,
    }
    return hashing.reuse_key(fields.pop("spec", LAMP), **{**asked, **fields})


def test_a_reuse_key_knows_all_that_was_asked() -> None:
    asks = [
        ask(),
        ask(seed=0),
        ask(seed=None),
        ask(provider="fal"),
        ask(kind="fake"),
        ask(model="gpt-image-2"),
        ask(kind="fake", demo="ok"),
        ask(spec={**LAMP, "prompt": "another"}),
    ]
    assert len(set(asks)) == len(asks)
    assert ask(spec={**LAMP, "provider": "fal", "demo": "never", "seed": 9}) == ask()
