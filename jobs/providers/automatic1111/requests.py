"""What is sent to an A1111 server, and what its answers say of a picture."""

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from domain.work.blocking import Reason
from domain.work.provider import ProviderError
from jobs.providers.wire.wording import clean, prompt_of

STEP = 8
STEPS, GUIDANCE = 20, 7.5
PNG = b"\x89PNG\r\n\x1a\n"
SEED_TEXT = re.compile(rb"\bSeed: (\d{1,19})\b")
TEXT_BYTES = 65_536
"""Where a PNG's text stands, if it has one: before its pixels."""


def picture(
    spec: Mapping[str, Any], *, task: str, model: str | None, references: Sequence[bytes]
) -> dict[str, Any]:
    """The body of txt2img, and with ``references`` of img2img."""
    body: dict[str, Any] = {
        "prompt": prompt_of(spec),
        "negative_prompt": clean(str(spec.get("negative_prompt") or "")),
        "seed": spec.get("seed", -1),
        "steps": spec.get("steps") or STEPS,
        "cfg_scale": spec.get("guidance_scale", GUIDANCE),
        **_sides(spec),
        "batch_size": 1,
        "n_iter": 1,
        "send_images": True,
        "save_images": False,
        "force_task_id": task,
    }
    if model:
        body["override_settings"] = {"sd_model_checkpoint": model}
    if references:
        body["init_images"] = [base64.b64encode(one).decode() for one in references[:1]]
    return body


def native(spec: Mapping[str, Any], *, references: Sequence[bytes]) -> dict[str, Any]:
    """The body of stable-diffusion.cpp's img_gen."""
    body: dict[str, Any] = {
        "prompt": prompt_of(spec),
        "negative_prompt": clean(str(spec.get("negative_prompt") or "")),
        "seed": spec.get("seed", -1),
        **_sides(spec),
        "batch_count": 1,
        "sample_params": {
            "sample_steps": spec.get("steps") or STEPS,
            "guidance": {"txt_cfg": spec.get("guidance_scale", GUIDANCE)},
        },
        "output_format": "png",
    }
    if references:
        body["ref_images"] = [base64.b64encode(one).decode() for one in references]
    return body


def decoded(coded: object) -> bytes:
    """A picture in base64, as a data URI or bare. Raises ProviderError (bad output)."""
    if isinstance(coded, str) and coded:
        try:
            return base64.b64decode(coded.partition(",")[2] or coded, validate=True)
        except binascii.Error as error:
            message = "The server's picture can't be read."
            raise ProviderError(Reason.BAD_OUTPUT, message) from error
    raise ProviderError(Reason.BAD_OUTPUT, "The server answered without a picture.")


def first_picture(said: Any) -> tuple[bytes, dict[str, Any]]:
    """The first picture of txt2img's answer that is no grid, and what ``info`` tells of it."""
    images = said.get("images") if isinstance(said, Mapping) else None
    info = _info(said.get("info")) if isinstance(said, Mapping) else {}
    at = info.get("index_of_first_image")
    at = at if isinstance(at, int) and at >= 0 else 0
    if not isinstance(images, list) or len(images) <= at:
        raise ProviderError(Reason.BAD_OUTPUT, "The server answered without a picture.")
    return decoded(images[at]), info


def realised(spec: Mapping[str, Any], body: Mapping[str, Any], picture: bytes) -> dict[str, Any]:
    """What is known of any picture: what was sent, and the seed its own text tells."""
    kept = {name: value for name, value in spec.items() if name != "demo"}
    told = SEED_TEXT.search(picture[:TEXT_BYTES]) if picture.startswith(PNG) else None
    source = "reported" if told else "sent" if body["seed"] != -1 else "unknown"
    seed = int(told[1]) if told else body["seed"]
    sides = {name: body[name] for name in ("width", "height", "prompt")}
    return {**kept, **sides, "seed": seed, "seed_source": source}


def told_by_info(info: Mapping[str, Any]) -> dict[str, Any]:
    """Seed and model as the server says they were."""
    seeds = info.get("all_seeds")
    found: dict[str, Any] = {}
    if isinstance(seeds, list) and seeds and isinstance(seeds[0], int):
        found = {"seed": seeds[0], "seed_source": "reported"}
    if isinstance(info.get("sd_model_name"), str):
        found["model"] = info["sd_model_name"]
    return found


def _sides(spec: Mapping[str, Any]) -> dict[str, int]:
    return {
        side: max(64, round(int(spec.get(side) or 512) / STEP) * STEP)
        for side in ("width", "height")
    }


def _info(said: object) -> dict[str, Any]:
    """JSON within JSON; some servers leave it out, or empty."""
    try:
        info = json.loads(said) if isinstance(said, str) else said
    except ValueError:
        return {}
    return dict(info) if isinstance(info, Mapping) else {}
