"""A request that is sent twice is done once: the first good answer is given again."""

import hashlib

from domain.access import User
from domain.ports import Works


class Idempotency:
    """Answers by user, path and the client's key; kept for a day, over restarts too."""

    def __init__(self, works: Works) -> None:
        self._works = works

    def begin(self, user: User, path: str, key: str, body: bytes) -> tuple[int, bytes] | None:
        """The kept answer (status, body); None: do it, then ``keep`` or ``forget``.

        Raises Conflict while the first one runs, Invalid where the body differs.
        """
        digest = hashlib.sha256(body).hexdigest()
        with self._works() as work:
            kept = work.keys.claim_request(_name(user, path, key), digest)
            work.commit()
            return kept

    def keep(self, user: User, path: str, key: str, status: int, answer: bytes) -> None:
        with self._works() as work:
            work.keys.keep_answer(_name(user, path, key), status, answer)
            work.commit()

    def forget(self, user: User, path: str, key: str) -> None:
        """An error is not kept: the same key may try again."""
        with self._works() as work:
            work.keys.drop_request(_name(user, path, key))
            work.commit()


def _name(user: User, path: str, key: str) -> str:
    return hashlib.sha256(f"{user.name}\n{path}\n{key}".encode()).hexdigest()
