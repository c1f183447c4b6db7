"""What is sent on OpenAI's wire, and in which dialect."""

import json
from collections.abc import Mapping
from typing import Any

from jobs.providers.configuration import Dialect
from jobs.providers.wire.wording import clean, prompt_of

STEP = 16
LONG, SHORT, WIDEST = 3840, 2160, 3
FIXED = ((1024, 1024), (1536, 1024), (1024, 1536))
FREE_SIZES = ("gpt-image-2",)
"""Models whose names begin so take any size in steps of 16."""
LONGEST_LINE = 4096
VOICE = "alloy"
PACES = {
    "very slow": 0.7,
    "slow": 0.85,
    "calm": 0.93,
    "normal": 1.0,
    "quick": 1.1,
    "fast": 1.2,
    "very fast": 1.4,
}
SLOWEST, FASTEST = 0.25, 4.0
NO_INSTRUCTIONS = ("tts-1",)


def picture(spec: Mapping[str, Any], *, model: str, dialect: frozenset[Dialect]) -> dict[str, Any]:
    """The body of images/generations, and the fields of images/edits."""
    prompt, negative = prompt_of(spec), clean(str(spec.get("negative_prompt") or ""))
    extra = _extra(spec, negative, dialect)
    if negative and not dialect & {"negative_prompt", "sd_cpp"}:
        prompt = f"{prompt}\nAvoid: {negative}"
    if "sd_cpp" in dialect:
        own = json.dumps(_sd_cpp(spec, negative), separators=(",", ":"))
        prompt = f"{prompt} <sd_cpp_extra_args>{own}</sd_cpp_extra_args>"
    width, height = size(
        int(spec.get("width") or 1024),
        int(spec.get("height") or 1024),
        free="any_size" in dialect or model.startswith(FREE_SIZES),
    )
    body = {"model": model, "prompt": prompt, "n": 1, "size": f"{width}x{height}", **extra}
    if "response_format" in dialect:
        body["response_format"] = "b64_json"
    return body


def speech(spec: Mapping[str, Any], *, model: str) -> dict[str, Any]:
    """The body of audio/speech."""
    voice = str(spec.get("voice") or VOICE)
    body: dict[str, Any] = {
        "model": model,
        "input": str(spec.get("text") or ""),
        "voice": {"id": voice} if voice.startswith("voice_") else voice,
        "response_format": "mp3",
    }
    pace = spec.get("pace")
    speed = PACES.get(str(pace)) or (float(pace) if isinstance(pace, int | float) else 1.0)
    if speed != 1.0:
        body["speed"] = min(FASTEST, max(SLOWEST, speed))
    language = spec.get("language")
    if language and not model.startswith(NO_INSTRUCTIONS):
        body["instructions"] = f"Speak in the language {language}."
    return body


def size(width: int, height: int, *, free: bool) -> tuple[int, int]:
    """The nearest size a model takes: in steps of 16, or one of three."""
    if not free:
        return min(FIXED, key=lambda one: abs(one[0] / one[1] - width / height))
    width, height = min(width, WIDEST * height), min(height, WIDEST * width)
    shrink = min(1.0, LONG / max(width, height), SHORT / min(width, height))
    return _stepped(width * shrink), _stepped(height * shrink)


def _stepped(length: float) -> int:
    return max(STEP, round(length / STEP) * STEP)


def _extra(spec: Mapping[str, Any], negative: str, dialect: frozenset[Dialect]) -> dict[str, Any]:
    named: tuple[tuple[Dialect, str, Any], ...] = (
        ("seed", "seed", spec.get("seed")),
        ("negative_prompt", "negative_prompt", negative or None),
        ("steps", "num_inference_steps", spec.get("steps")),
        ("guidance_scale", "guidance_scale", spec.get("guidance_scale")),
    )
    return {name: value for flag, name, value in named if flag in dialect and value is not None}


def _sd_cpp(spec: Mapping[str, Any], negative: str) -> dict[str, Any]:
    sampling: dict[str, Any] = {}
    if spec.get("steps") is not None:
        sampling["sample_steps"] = spec["steps"]
    if spec.get("guidance_scale") is not None:
        sampling["guidance"] = {"txt_cfg": spec["guidance_scale"]}
    own = {"seed": spec.get("seed"), "negative_prompt": negative, "sample_params": sampling}
    return {name: value for name, value in own.items() if value not in (None, "", {})}
