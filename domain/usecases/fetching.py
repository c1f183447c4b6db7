"""Inputs as makers get them: decoded in a child with limits and written anew by our own code."""

from dataclasses import dataclass

from domain.errors import StudioError
from domain.ports import MediaInspector, MediaStore
from domain.work.blocking import Reason
from domain.work.provider import Input, ProviderError

WIDEST = 1920
"""Pixels; no clip is made wider."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """What comes of it can be decoded anywhere: the bytes that somebody sent never get there."""

    store: MediaStore
    inspector: MediaInspector

    def fetch(self, wanted: Input) -> bytes:
        """A picture or drawing as WebP, a sound as WAV. Raises ProviderError where it is gone."""
        try:
            data = self.store.read(wanted.file)
            if wanted.media_type.is_picture:
                return self.inspector.thumbnail(data, WIDEST)
            return self.inspector.sound(data)
        except StudioError as error:
            message = f"The {wanted.name} can't be read: {error.message}"
            raise ProviderError(Reason.SOURCE_MISSING, message) from error
