"""What made a piece of media."""

from enum import StrEnum


class ProviderKind(StrEnum):
    """Set at birth, tainted by inputs, never changed."""

    FAKE = "fake"
    LOCAL = "local"
    LIVE = "live"
    UPLOAD = "upload"
    FILE = "file"
