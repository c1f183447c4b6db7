"""OpenAI's wire: pictures, edits, speech, models (PROVIDERS.md 3)."""

import base64

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.wire.pictures import png, wav
from tests.wire.server import Answer, Handler, WireFake

KEY = "sk-proj-CanaryCanaryCanary0123456789"
GENERATIONS, EDITS, SPEECH, MODELS = (
    "/v1/images/generations",
    "/v1/images/edits",
    "/v1/audio/speech",
    "/v1/models",
)


def error(status: int, code: str, message: str = "", kind: str = "invalid_request_error") -> Answer:
    """An error as OpenAI writes it."""
    told = {"message": message or code, "type": kind, "param": None, "code": code}
    return Answer(status, {"error": told})


class OpenAIFake(WireFake):
    """Wants ``KEY`` unless told otherwise, and keeps the bill."""

    def __init__(self, key: str | None = KEY) -> None:
        super().__init__()
        self.key = key
        self.bill = 0
        self.models = ["gpt-image-2", "gpt-4o-mini-tts"]

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    def routes(self) -> dict[tuple[str, str], Handler]:
        return {
            ("POST", GENERATIONS): self._picture,
            ("POST", EDITS): self._picture,
            ("POST", SPEECH): self._speech,
            ("GET", MODELS): self._list,
        }

    def _refusal(self, request: Request) -> Response | None:
        sent = request.headers.get("authorization", "")
        if self.key is None or sent == f"Bearer {self.key}":
            return None
        message = f"Incorrect API key provided: {sent.removeprefix('Bearer ')}."
        return error(401, "invalid_api_key", message).response()

    async def _picture(self, request: Request, _body: bytes) -> Response:
        if refusal := self._refusal(request):
            return refusal
        self.bill += 1
        picture = {"b64_json": base64.b64encode(png()).decode(), "revised_prompt": None}
        tokens = {"input_tokens": 9, "output_tokens": 272, "total_tokens": 281}
        answer = {"created": 1790000000, "data": [picture], "usage": tokens}
        return JSONResponse(answer, headers={"x-request-id": f"req_{self.bill}"})

    async def _speech(self, request: Request, _body: bytes) -> Response:
        if refusal := self._refusal(request):
            return refusal
        self.bill += 1
        return Response(wav(), media_type="audio/mpeg")

    async def _list(self, request: Request, _body: bytes) -> Response:
        if refusal := self._refusal(request):
            return refusal
        listed = [{"id": one, "object": "model", "owned_by": "system"} for one in self.models]
        return JSONResponse({"object": "list", "data": listed})
