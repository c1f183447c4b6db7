"""A1111's wire, and stable-diffusion.cpp's own jobs (PROVIDERS.md 1)."""

import base64
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.wire.pictures import png
from tests.wire.server import Handler, WireFake

TXT2IMG, IMG2IMG = "/sdapi/v1/txt2img", "/sdapi/v1/img2img"
PROGRESS, INTERRUPT = "/internal/progress", "/sdapi/v1/interrupt"
CHECKPOINTS = "/sdapi/v1/sd-models"
IMG_GEN, CAPABILITIES = "/sdcpp/v1/img_gen", "/sdcpp/v1/capabilities"


class A1111Fake(WireFake):
    """AUTOMATIC1111, Forge: the picture is the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.checkpoints = ["dreamshaper_8"]
        self.progress = 0.42
        self.grid = False
        self.info: Any = "usual"

    def routes(self) -> dict[tuple[str, str], Handler]:
        return {
            ("POST", TXT2IMG): self._picture,
            ("POST", IMG2IMG): self._picture,
            ("POST", PROGRESS): self._tell_progress,
            ("POST", INTERRUPT): self._interrupt,
            ("GET", CHECKPOINTS): self._list,
        }

    async def _picture(self, _request: Request, body: bytes) -> Response:
        asked = json.loads(body)
        seed = asked["seed"] if asked["seed"] != -1 else 4242
        pictures = [png(), png("#203040")] if self.grid else [png()]
        info = {
            "seed": seed,
            "all_seeds": [seed],
            "index_of_first_image": int(self.grid),
            "sd_model_name": self.checkpoints[0] if self.checkpoints else None,
            "infotexts": [],
        }
        return JSONResponse(
            {
                "images": [base64.b64encode(one).decode() for one in pictures],
                "parameters": asked,
                "info": json.dumps(info) if self.info == "usual" else self.info,
            }
        )

    async def _tell_progress(self, _request: Request, body: bytes) -> Response:
        running = TXT2IMG in self.hold and not self.hold[TXT2IMG].is_set()
        ours = any(
            one.path == TXT2IMG and json.loads(body)["id_task"] in str(one.body)
            for one in self.asked
        )
        is_active = running and ours
        told = {"active": is_active, "queued": False, "completed": not is_active}
        return JSONResponse(told | {"progress": self.progress if is_active else None})

    async def _interrupt(self, _request: Request, _body: bytes) -> Response:
        self.hold[TXT2IMG].set()
        return JSONResponse({})

    async def _list(self, _request: Request, _body: bytes) -> Response:
        return JSONResponse(
            [{"title": f"{one}.safetensors [abc]", "model_name": one} for one in self.checkpoints]
        )


class SdCppFake(A1111Fake):
    """stable-diffusion.cpp: jobs of its own; a test moves them on."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs: dict[str, dict[str, Any]] = {}

    def routes(self) -> dict[tuple[str, str], Handler]:
        return super().routes() | {
            ("GET", CAPABILITIES): self._capabilities,
            ("POST", IMG_GEN): self._begin,
            ("GET", "/sdcpp/v1/jobs/{id}"): self._job,
            ("POST", "/sdcpp/v1/jobs/{id}/cancel"): self._cancel,
        }

    def complete(self, *, status: str = "completed", **facts: Any) -> None:
        """Let all jobs end so."""
        for job in self.jobs.values():
            seed = job["asked"]["seed"]
            picture = base64.b64encode(png(seed=seed)).decode()
            result = {"output_format": "png", "images": [{"index": 0, "b64_json": picture}]}
            told = result if status == "completed" else None
            job.update({"status": status, "result": told, **facts})

    async def _capabilities(self, _request: Request, _body: bytes) -> Response:
        return JSONResponse({"model": {"stem": "random"}, "features": {"cancel_queued": True}})

    async def _begin(self, _request: Request, body: bytes) -> Response:
        job_id = f"job_{len(self.jobs) + 1}"
        job = {"id": job_id, "kind": "img_gen", "status": "queued", "created": 1790000000}
        self.jobs[job_id] = job | {"asked": json.loads(body)}
        return JSONResponse(job | {"poll_url": f"/sdcpp/v1/jobs/{job_id}"}, 202)

    async def _job(self, request: Request, _body: bytes) -> Response:
        job = self.jobs.get(request.path_params["id"])
        if job is None:
            return JSONResponse({"error": "job not found"}, 404)
        return JSONResponse({name: one for name, one in job.items() if name != "asked"})

    async def _cancel(self, request: Request, _body: bytes) -> Response:
        job = self.jobs.get(request.path_params["id"])
        if job is None:
            return JSONResponse({"error": "job not found"}, 404)
        error = {"code": "cancelled", "message": "job cancelled by client"}
        job |= {"status": "cancelled", "error": error}
        return JSONResponse({"id": job["id"], "status": "cancelled", "error": error})
