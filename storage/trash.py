"""The trash: entries, and the rows that bear an entry's id until they come back or are erased."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.media.tag import MediaTag
from domain.work.take import Take
from domain.work.trash import TrashEntry
from storage.rows import from_row, from_rows, to_row
from storage.tables import (
    AliasRow,
    ConceptRow,
    JobRow,
    JobSlotRow,
    MediaTagRow,
    ProjectRow,
    SceneRow,
    ScriptRow,
    ShotRow,
    SlotRow,
    TakeRow,
    TrashRow,
)
from storage.transaction import Transaction

X = TrashRow.__table__  # type: ignore[attr-defined]
T = TakeRow.__table__  # type: ignore[attr-defined]
TAG = MediaTagRow.__table__  # type: ignore[attr-defined]
P = ProjectRow.__table__  # type: ignore[attr-defined]
ALIAS = AliasRow.__table__  # type: ignore[attr-defined]
J = JobRow.__table__  # type: ignore[attr-defined]
JS = JobSlotRow.__table__  # type: ignore[attr-defined]
S = SlotRow.__table__  # type: ignore[attr-defined]

IDS: sa.BindParameter[Sequence[str]] = b("ids", expanding=True)
NEWEST = sa.select(X).order_by(X.c.created_at.desc(), X.c.id.desc()).limit(b("limit"))
ONE = sa.select(X).where(X.c.id == b("entry_id"))
BEFORE = sa.select(X.c.created_at, X.c.id).where(X.c.id == b("before")).subquery()
OLDER = NEWEST.where(
    sa.tuple_(X.c.created_at, X.c.id)
    < sa.tuple_(sa.select(BEFORE.c.created_at).scalar_subquery(), b("before"))
)
PUT_TAKES = sa.update(T).where(T.c.id.in_(IDS)).values(trash_id=b("entry_id"))
PUT_TAGS = sa.update(TAG).where(TAG.c.id.in_(IDS)).values(trash_id=b("entry_id"))
PUT_PROJECT = (
    sa.update(P).where(P.c.id == b("project_id")).values(trash_id=b("entry_id"), key=b("new_key"))
)
TAKES_IN = sa.select(T).where(T.c.trash_id == b("entry_id")).order_by(T.c.slot_id, T.c.number)
TAGS_IN = sa.select(TAG).where(TAG.c.trash_id == b("entry_id")).order_by(TAG.c.id)
LIVE_OF_TAGS = (
    sa.select(T)
    .where(T.c.tag_id.in_(IDS), T.c.trash_id.is_(None))
    .order_by(T.c.project_id, T.c.slot_id, T.c.number)
)
OF_HASH = sa.select(TAG).where(TAG.c.sha256 == b("sha256")).order_by(TAG.c.id)
FREE_TAKES = sa.update(T).where(T.c.trash_id == b("entry_id")).values(trash_id=None)
FREE_TAGS = sa.update(TAG).where(TAG.c.trash_id == b("entry_id")).values(trash_id=None)
ERASE_TAKES = sa.delete(T).where(
    (T.c.trash_id == b("entry_id"))
    | T.c.tag_id.in_(sa.select(TAG.c.id).where(TAG.c.trash_id == b("entry_id")))
)
"""Those too that were deleted one by one before their media was."""
ERASE_ALIASES = sa.delete(ALIAS).where(
    ALIAS.c.tag_id.in_(sa.select(TAG.c.id).where(TAG.c.trash_id == b("entry_id")))
)
ERASE_TAGS = sa.delete(TAG).where(TAG.c.trash_id == b("entry_id"))
REMOVE = sa.delete(X).where(X.c.id == b("entry_id"))
EMPTY = sa.delete(X).where(
    X.c.kind == "take",
    ~sa.select(sa.literal(1)).where(T.c.trash_id == X.c.id).exists(),
    X.c.id != b("entry_id"),
)
PARTS: tuple[sa.Table, ...] = (
    T,
    S,
    ShotRow.__table__,  # type: ignore[attr-defined]
    SceneRow.__table__,  # type: ignore[attr-defined]
    ConceptRow.__table__,  # type: ignore[attr-defined]
    ScriptRow.__table__,  # type: ignore[attr-defined]
    J,
    X,
)
OF_PROJECT = [
    sa.delete(JS).where(
        JS.c.slot_id.in_(sa.select(S.c.id).where(S.c.project_id == b("project_id")))
    ),
    *(sa.delete(one).where(one.c.project_id == b("project_id")) for one in PARTS),
    sa.delete(ALIAS).where(ALIAS.c.shelf == b("project_id")),
    sa.delete(TAG).where(TAG.c.project_id == b("project_id")),
    sa.delete(P).where(P.c.id == b("project_id")),
]
"""In this order; submissions and events stay: they are the ledger and the audit."""
PROJECT_TAGS = sa.select(TAG).where(TAG.c.project_id == b("project_id")).order_by(TAG.c.id)
STILL_NAMED = sa.select(sa.literal(1)).where(
    TAG.c.sha256 == b("sha256"), TAG.c.extension == b("extension")
)


class SqlTrash:
    """`domain.ports.Trash` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._at = transaction

    def add(self, entry: TrashEntry, *, takes: Sequence[str], tags: Sequence[str]) -> None:
        self._at.insert(sa.insert(X), [to_row(entry)])
        if takes:
            self._at.run(PUT_TAKES, ids=list(takes), entry_id=entry.id)
        if tags:
            self._at.run(PUT_TAGS, ids=list(tags), entry_id=entry.id)

    def put_project(self, project_id: str, entry_id: str | None, *, key: str) -> None:
        self._at.run(PUT_PROJECT, project_id=project_id, entry_id=entry_id, new_key=key)

    def get(self, entry_id: str) -> TrashEntry | None:
        row = self._at.row(ONE, entry_id=entry_id)
        if row is not None and row.project_id and self._at.hold(row.project_id):
            row = self._at.row(ONE, entry_id=entry_id)
        return None if row is None else from_row(TrashEntry, row)

    def listing(self, *, before: str | None, limit: int) -> Sequence[TrashEntry]:
        values = {"limit": limit} | ({"before": before} if before else {})
        return from_rows(TrashEntry, self._at.rows(OLDER if before else NEWEST, **values))

    def takes(self, entry_id: str) -> Sequence[Take]:
        return from_rows(Take, self._at.rows(TAKES_IN, entry_id=entry_id))

    def tags(self, entry_id: str) -> Sequence[MediaTag]:
        return from_rows(MediaTag, self._at.rows(TAGS_IN, entry_id=entry_id))

    def tags_of_content(self, sha256: str) -> Sequence[MediaTag]:
        return from_rows(MediaTag, self._at.rows(OF_HASH, sha256=sha256))

    def tags_of_project(self, project_id: str) -> Sequence[MediaTag]:
        return from_rows(MediaTag, self._at.rows(PROJECT_TAGS, project_id=project_id))

    def uses(self, tag_ids: Sequence[str]) -> Sequence[Take]:
        return from_rows(Take, self._at.rows(LIVE_OF_TAGS, ids=list(tag_ids)))

    def bring_back(self, entry_id: str, tag_ids: Sequence[str]) -> None:
        self._at.run(FREE_TAKES, entry_id=entry_id)
        self._at.run(FREE_TAGS, entry_id=entry_id)
        if tag_ids:
            self._at.run(PUT_TAGS, ids=list(tag_ids), entry_id=None)
        self._at.run(REMOVE, entry_id=entry_id)

    def erase(self, entry_id: str) -> None:
        for one in (ERASE_TAKES, ERASE_ALIASES, ERASE_TAGS, EMPTY, REMOVE):
            self._at.run(one, entry_id=entry_id)

    def erase_project(self, project_id: str) -> None:
        for one in OF_PROJECT:
            self._at.run(one, project_id=project_id)

    def unnamed(self, files: Iterable[str]) -> Sequence[str]:
        return [file for file in sorted(set(files)) if not self._is_named(file)]

    def _is_named(self, file: str) -> bool:
        sha256, _, extension = file.partition(".")
        return self._at.row(STILL_NAMED, sha256=sha256, extension=extension) is not None
