"""A spec's words as a picture server reads them."""

import re
from collections.abc import Mapping
from typing import Any

SD_CPP_TAG = re.compile(r"<\s*/?\s*sd_cpp_extra_args\s*>", re.IGNORECASE)
SD_CPP_BLOCK = re.compile(
    r"<\s*sd_cpp_extra_args\s*>.*?(?:<\s*/\s*sd_cpp_extra_args\s*>|$)", re.IGNORECASE | re.DOTALL
)


def prompt_of(spec: Mapping[str, Any]) -> str:
    """Without what stable-diffusion.cpp would take for its own settings in there."""
    prompt = clean(str(spec.get("prompt") or ""))
    style = str(spec.get("style") or "default")
    return prompt if style == "default" else f"{prompt} Style: {clean(style)}.".lstrip()


def clean(text: str) -> str:
    return SD_CPP_TAG.sub("", SD_CPP_BLOCK.sub("", text)).strip()
