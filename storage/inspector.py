"""The MediaInspector: sniffs here, decodes in a one-shot child with limits."""

from typing import Any

from domain.errors import Invalid, StudioError, TooLarge, Unavailable, Unsupported
from domain.media.tag import Inspected
from storage.formats import SOUND_BYTES, Format, sniff
from storage.sandbox import Sandbox

POSTER_WIDTH = 640

_SECONDS = {"image": 20, "vector": 20, "voice": 60, "video": 300}
_MEMORY = {
    "image": 1_500_000_000,
    "vector": 1_500_000_000,
    "voice": 1_500_000_000,
    "video": 3_000_000_000,
}
_REFUSALS: dict[str, type[StudioError]] = {"TooLarge": TooLarge, "Unsupported": Unsupported}


class Inspector:
    """Thread-safe; ``close`` it at the end, or let it end with the process."""

    def __init__(self, sandbox: Sandbox | None = None) -> None:
        self._sandbox = sandbox or Sandbox()

    def warm(self) -> None:
        """Start the decoding server ahead of the first file; costs the caller a few ms."""
        self._sandbox.warm()

    def inspect(self, data: bytes) -> Inspected:
        found = sniff(data)
        facts, poster = self._look(found, data, POSTER_WIDTH)
        if not found.is_picture and facts["width"] is None:
            found = found.as_sound()
            if len(data) > SOUND_BYTES:
                raise TooLarge(f"Sound may have {SOUND_BYTES // 1_000_000} MB.")
        return Inspected(
            mime=found.mime,
            extension=found.extension,
            media_type=found.media_type,
            poster=poster or None,
            **facts,
        )

    def thumbnail(self, data: bytes, width: int) -> bytes:
        poster = self._look(sniff(data), data, max(1, width))[1]
        if not poster:
            raise Unsupported("Sound has no picture.")
        return poster

    def sound(self, data: bytes) -> bytes:
        found = sniff(data)
        if found.is_picture:
            raise Unsupported("A picture has no sound.")
        return self._answer(found, data, {"decoder": found.decoder, "wave": True})[1]

    def close(self) -> None:
        self._sandbox.close()

    def _look(self, found: Format, data: bytes, width: int) -> tuple[dict[str, Any], bytes]:
        answer, body = self._answer(found, data, {"decoder": found.decoder, "width": width})
        names = ("width", "height", "duration", "marked_fake")
        try:
            return {name: answer[name] for name in names}, body
        except KeyError:
            raise Unavailable("The media decoder gave no answer that fits.") from None

    def _answer(
        self, found: Format, data: bytes, ask: dict[str, Any]
    ) -> tuple[dict[str, Any], bytes]:
        kind = found.media_type.value
        answer, body = self._sandbox.run(
            ask,
            data,
            sound=not found.is_picture,
            seconds=_SECONDS[kind],
            memory=_MEMORY[kind],
        )
        if "error" in answer:
            refusal = _REFUSALS.get(answer["error"], Invalid)
            raise refusal(str(answer["message"]), code=str(answer["code"]))
        return answer, body
