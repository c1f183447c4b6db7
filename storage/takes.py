"""Takes and the tags of their media."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.errors import NotFound
from domain.media.tag import MediaTag
from domain.work.take import Take
from storage.rows import from_row, from_rows, to_row
from storage.tables import AliasRow, MediaTagRow, SlotRow, TakeRow
from storage.transaction import Transaction

T = TakeRow.__table__  # type: ignore[attr-defined]
TAG = MediaTagRow.__table__  # type: ignore[attr-defined]
ALIAS = AliasRow.__table__  # type: ignore[attr-defined]
S = SlotRow.__table__  # type: ignore[attr-defined]

NUMBER = (
    sa.update(S)
    .where(S.c.id == b("slot_id"))
    .values(takes=S.c.takes + 1)
    .returning(S.c.takes, S.c.version)
)
ONE = sa.select(T).where(T.c.id == b("take_id"))
OF_SLOTS = sa.select(T).where(T.c.slot_id.in_(b("slot_ids", expanding=True))).order_by(T.c.number)
OF_PROJECT = sa.select(T).where(T.c.project_id == b("project_id")).order_by(T.c.number)
REVIEW = (
    sa.update(T)
    .where(T.c.id == b("take_id"))
    .values(review=b("new_review"), review_note=b("note"), review_basis=b("new_basis"))
)
TAGS = sa.select(TAG).where(TAG.c.id.in_(b("tag_ids", expanding=True)))
OF_FILE = sa.select(TAG).where(TAG.c.sha256 == b("sha256"), TAG.c.extension == b("extension"))
SAME = OF_FILE.where(
    TAG.c.kind == b("kind"),
    TAG.c.project_id.is_not_distinct_from(b("project_id")),
    TAG.c.reuse_key.is_not_distinct_from(b("reuse_key")),
)
MADE_BEFORE = (
    sa.select(TAG)
    .where(
        TAG.c.reuse_key == b("reuse_key"),
        (TAG.c.project_id == b("project_id")) | TAG.c.project_id.is_(None),
    )
    .order_by(TAG.c.project_id.is_(None), TAG.c.created_at)
    .limit(1)
)

RENAME = (
    sa.update(ALIAS)
    .where(ALIAS.c.project_id == b("of_project"), ALIAS.c.alias == b("of_alias"))
    .values(tag_id=b("new_tag"))
)
NAMED = (
    sa.select(TAG)
    .join(ALIAS, ALIAS.c.tag_id == TAG.c.id)
    .where(ALIAS.c.alias == b("alias"), ALIAS.c.project_id.in_([b("project_id"), ""]))
    .order_by(ALIAS.c.project_id.desc())
    .limit(1)
)


class SqlTakes:
    """`domain.ports.Takes` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._at = transaction

    def add(self, take: Take) -> Take:
        self._at.hold(take.project_id)
        row = self._at.row(NUMBER, slot_id=take.slot_id)
        if row is None:
            raise NotFound("There is no such slot.")
        # The slot is touched in this transaction too, so this is the version it will have.
        done = take.evolve(number=row.takes, slot_version=row.version + 1)
        self._at.insert(sa.insert(T), [to_row(done)])
        return done

    def get(self, take_id: str) -> Take | None:
        row = self._at.row(ONE, take_id=take_id)
        if row is not None and self._at.hold(row.project_id):
            row = self._at.row(ONE, take_id=take_id)
        return None if row is None else from_row(Take, row)

    def of_slots(self, slot_ids: Sequence[str]) -> Sequence[Take]:
        return from_rows(Take, self._at.rows(OF_SLOTS, slot_ids=list(slot_ids)))

    def of_project(self, project_id: str) -> Sequence[Take]:
        return from_rows(Take, self._at.rows(OF_PROJECT, project_id=project_id))

    def review(self, take: Take) -> None:
        self._at.run(
            REVIEW,
            take_id=take.id,
            new_review=take.review,
            note=take.review_note,
            new_basis=take.review_basis,
        )

    def add_tag(self, tag: MediaTag) -> MediaTag:
        same = self._at.row(
            SAME,
            sha256=tag.sha256,
            extension=tag.extension,
            kind=tag.kind,
            project_id=tag.project_id,
            reuse_key=tag.reuse_key,
        )
        if same is not None:
            return from_row(MediaTag, same)
        self._at.insert(sa.insert(TAG), [to_row(tag)])
        return tag

    def tags(self, tag_ids: Sequence[str]) -> Sequence[MediaTag]:
        return from_rows(MediaTag, self._at.rows(TAGS, tag_ids=list(set(tag_ids))))

    def tag_for_file(self, file: str) -> MediaTag | None:
        sha256, _, extension = file.partition(".")
        row = self._at.row(OF_FILE, sha256=sha256, extension=extension)
        return None if row is None else from_row(MediaTag, row)

    def add_alias(self, alias: str, tag: MediaTag) -> None:
        scope = tag.project_id or ""
        if not self._at.run(RENAME, of_project=scope, of_alias=alias, new_tag=tag.id):
            row = {"project_id": scope, "alias": alias, "tag_id": tag.id}
            self._at.insert(sa.insert(ALIAS), [row])

    def by_alias(self, alias: str, project_id: str) -> MediaTag | None:
        row = self._at.row(NAMED, alias=alias, project_id=project_id)
        return None if row is None else from_row(MediaTag, row)

    def by_reuse_key(self, reuse_key: str, project_id: str) -> MediaTag | None:
        row = self._at.row(MADE_BEFORE, reuse_key=reuse_key, project_id=project_id)
        return None if row is None else from_row(MediaTag, row)
