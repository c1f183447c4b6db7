"""Answers kept for ``Idempotency-Key``, and browser sessions."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy import bindparam as b
from sqlalchemy.dialects import postgresql, sqlite

from domain.errors import Conflict, Invalid
from storage.tables import RequestRow, SessionRow
from storage.transaction import Transaction

R = RequestRow.__table__  # type: ignore[attr-defined]
SESSION = SessionRow.__table__  # type: ignore[attr-defined]

KEPT = timedelta(hours=24)
SESSION_LIFE = timedelta(days=30)
ABANDONED = timedelta(minutes=1)
"""A request unsettled after this may be made again; should the first still run, it can't commit."""
RUNS, SETTLED = 0, 1
"""What ``status`` is before there is an answer: nothing done yet, or all."""

REQUEST = sa.select(R).where(R.c.key == b("of_key"))
BEGIN = {
    True: sqlite.insert(R).on_conflict_do_nothing().returning(R.c.key),
    False: postgresql.insert(R).on_conflict_do_nothing().returning(R.c.key),
}
"""By whether it is SQLite; the same request may come twice at the same moment."""
OURS = (R.c.key == b("of_key")) & (R.c.mark == b("of_mark"))
SETTLE = sa.update(R).where(OURS).values(status=SETTLED)
ANSWER = sa.update(R).where(OURS).values(status=b("code"), body=b("content"))
UNSETTLED = R.c.status == RUNS
DROP = sa.delete(R).where(OURS, UNSETTLED)
FORGET = sa.delete(R).where(UNSETTLED)
EXPIRE = sa.delete(R).where(
    (R.c.created_at < b("kept_since")) | (UNSETTLED & (R.c.created_at < b("begun_since")))
)
LIVE = sa.select(SESSION).where(SESSION.c.digest == b("of"), SESSION.c.expires_at > b("now"))
SWEEP = sa.delete(SESSION).where(SESSION.c.expires_at <= b("now"))
END = sa.delete(SESSION).where(SESSION.c.digest == b("of"))


class SqlKeys:
    """`domain.ports.Keys` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._at = transaction

    def claim_request(self, key: str, mark: str, digest: str) -> tuple[int, bytes] | None:
        now = self._at.now()
        self._at.run(EXPIRE, kept_since=now - KEPT, begun_since=now - ABANDONED)
        fresh = {"key": key, "mark": mark, "digest": digest, "status": RUNS, "created_at": now}
        if self._at.row(BEGIN[self._at.is_sqlite], **fresh, body=None) is not None:
            return None
        row = self._at.rows(REQUEST, of_key=key)[0]
        if row.digest != digest:
            raise Invalid(
                "This Idempotency-Key was used with another body.", code="idempotency_key_reuse"
            )
        if row.status == SETTLED and row.created_at < now - ABANDONED:
            message = "This was done; its answer was lost when the server stopped. Look it up."
            raise Conflict(message, code="answer_lost")
        if row.status in (RUNS, SETTLED):
            raise Conflict("The first request with this key still runs.", code="in_progress")
        return row.status, row.body or b""

    def settle_request(self, key: str, mark: str) -> None:
        if not self._at.run(SETTLE, of_key=key, of_mark=mark):
            raise Conflict("Another request with this key took its place.", code="in_progress")

    def keep_answer(self, key: str, mark: str, status: int, body: bytes) -> None:
        self._at.run(ANSWER, of_key=key, of_mark=mark, code=status, content=body)

    def drop_request(self, key: str, mark: str) -> None:
        self._at.run(DROP, of_key=key, of_mark=mark)

    def forget_requests(self) -> None:
        self._at.run(FORGET)

    def add_session(self, digest: str, user: str, role: str) -> None:
        now = self._at.now()
        row = {
            "digest": digest,
            "user": user,
            "role": role,
            "created_at": now,
            "expires_at": now + SESSION_LIFE,
        }
        self._at.insert(sa.insert(SESSION), [row])

    def session(self, digest: str) -> tuple[str, str] | None:
        row = self._at.row(LIVE, of=digest, now=self._at.now())
        return None if row is None else (row.user, row.role)

    def forget_sessions(self) -> None:
        self._at.run(SWEEP, now=self._at.now())

    def drop_session(self, digest: str) -> None:
        self._at.run(END, of=digest)
