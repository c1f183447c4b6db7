"""What a client asks for in a JSON body."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Wished(BaseModel):
    """Base of all bodies: an unknown key is an error, and so is text that no database keeps."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def refuse_unkeepable(cls, given: Any) -> Any:
        if any(not _is_keepable(text) for text in _texts(given)):
            raise ValueError("has a NUL or half a character in a text; remove it")
        return given


def _texts(value: Any) -> Iterable[str]:
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str(text):
                yield text
            case Mapping() as fields:
                waiting += [*fields.keys(), *fields.values()]
            case list(items):
                waiting += items
            case _:
                pass


def _is_keepable(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= one <= "\udfff" for one in text)
