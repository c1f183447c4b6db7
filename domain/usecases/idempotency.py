"""A request that is sent twice is done once: the first good answer is given again."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from domain.access import User
from domain.ports import Works


class Request(NamedTuple):
    """One answering of a request; another process that takes it over has another ``mark``."""

    name: str
    mark: str


class Kept(NamedTuple):
    """The answer of before."""

    status: int
    body: bytes


_answered: ContextVar[Request | None] = ContextVar("answered", default=None)


def answered() -> Request | None:
    """The request that is being answered here; what it commits, it commits once."""
    return _answered.get()


@contextmanager
def answering(request: Request) -> Iterator[None]:
    """All that is committed in this block, in its threads too, belongs to the request."""
    before = _answered.set(request)
    try:
        yield
    finally:
        _answered.reset(before)


class Idempotency:
    """Answers by user, path and the client's key; kept for a day, over restarts too."""

    def __init__(self, works: Works) -> None:
        self._works = works

    def begin(self, user: User, path: str, key: str, body: bytes) -> Kept | Request:
        """The kept answer, or the request: do it while ``answering``, then ``keep`` or ``forget``.

        Raises Conflict while the first one runs, Invalid where the body differs.
        """
        digest = hashlib.sha256(body).hexdigest()
        name = hashlib.sha256(f"{user.name}\n{path}\n{key}".encode()).hexdigest()
        request = Request(name, secrets.token_hex(8))
        with self._works() as work:
            kept = work.keys.claim_request(name, request.mark, digest)
            work.commit()
        return request if kept is None else Kept(*kept)

    def keep(self, request: Request, status: int, answer: bytes) -> None:
        with self._works() as work:
            work.keys.keep_answer(*request, status, answer)
            work.commit()

    def forget(self, request: Request) -> None:
        """An error is not kept: the same key may try again."""
        with self._works() as work:
            work.keys.drop_request(*request)
            work.commit()
