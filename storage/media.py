"""The registry of media: tags, the aliases they go by, and the audit of every registration."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import bindparam as b

from domain.media.registry import Registered
from domain.media.tag import MediaTag, Scope
from storage.rows import from_row, from_rows, to_row
from storage.tables import AliasRow, MediaEventRow, MediaTagRow
from storage.transaction import Transaction

TAG = MediaTagRow.__table__  # type: ignore[attr-defined]
ALIAS = AliasRow.__table__  # type: ignore[attr-defined]
E = MediaEventRow.__table__  # type: ignore[attr-defined]

NO_PROJECT = TAG.c.project_id.is_(None)
SCOPE = sa.case((~NO_PROJECT, 0), (TAG.c.built_in, 2), else_=1)
PINNED = {Scope.PROJECT: 0, Scope.LIBRARY: 1, Scope.BUILT_IN: 2}
SEEN = (
    sa.select(TAG)
    .where(
        (TAG.c.project_id == b("project_id")) | NO_PROJECT,
        SCOPE.in_(b("scopes", expanding=True)),
        TAG.c.trash_id.is_(None),
    )
    .order_by(SCOPE, TAG.c.sha256, TAG.c.kind, TAG.c.id)
)
"""In the scopes' order; within one by content, so that it does not matter which came first."""
BY_HASH = SEEN.where(TAG.c.sha256 == b("sha256"))
BY_REUSE_KEY = SEEN.where(TAG.c.reuse_key == b("reuse_key"))
BY_ALIAS = SEEN.join(ALIAS, ALIAS.c.tag_id == TAG.c.id).where(ALIAS.c.alias == b("alias"))
LISTING = SEEN.where(TAG.c.id > b("after")).order_by(None).order_by(TAG.c.id).limit(b("limit"))

MANY = sa.select(TAG).where(TAG.c.id.in_(b("tag_ids", expanding=True)))
OF_FILE = sa.select(TAG).where(TAG.c.sha256 == b("sha256"), TAG.c.extension == b("extension"))
ONE_OF_FILE = OF_FILE.order_by(TAG.c.id).limit(1)
SAME = OF_FILE.where(
    TAG.c.trash_id.is_(None),
    TAG.c.kind == b("kind"),
    TAG.c.built_in == b("built_in"),
    TAG.c.project_id.is_not_distinct_from(b("project_id")),
    TAG.c.reuse_key.is_not_distinct_from(b("reuse_key")),
)
IS_FAKE = sa.select(sa.literal(1)).where(E.c.sha256 == b("sha256"), E.c.kind == "fake").limit(1)

RENAME = (
    sa.update(ALIAS)
    .where(ALIAS.c.shelf == b("on_shelf"), ALIAS.c.alias == b("of_alias"))
    .values(tag_id=b("new_tag"))
)
NAMES = (
    sa.select(ALIAS.c.tag_id, ALIAS.c.alias)
    .where(ALIAS.c.tag_id.in_(b("tag_ids", expanding=True)))
    .order_by(ALIAS.c.alias)
)
CONTENTS = (
    sa.select(ALIAS.c.alias, TAG.c.sha256)
    .join(TAG, TAG.c.id == ALIAS.c.tag_id)
    .where(ALIAS.c.shelf == b("project_id"), TAG.c.trash_id.is_(None))
)
AUDIT = sa.select(E).where(E.c.sha256 == b("sha256")).order_by(E.c.seq)
ONE_SHELF = sa.text("SELECT pg_advisory_xact_lock(4271991)")
"""Writers of what no project owns; asked for after a project was."""


class SqlMedia:
    """`domain.ports.Media` on one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._at = transaction

    def add(self, tag: MediaTag, aliases: Sequence[str] = ()) -> MediaTag:
        if tag.project_id is not None:
            self._at.hold(tag.project_id)
        elif not self._at.is_sqlite:
            self._at.connection.execute(ONE_SHELF)
        row = self._at.row(
            SAME,
            sha256=tag.sha256,
            extension=tag.extension,
            kind=tag.kind,
            built_in=tag.built_in,
            project_id=tag.project_id,
            reuse_key=tag.reuse_key,
        )
        kept = tag if row is None else from_row(MediaTag, row)
        if row is None:
            self._at.insert(sa.insert(TAG), [to_row(tag)])
        for alias in aliases:
            self._name(alias, kept)
        self._note(kept, tag, "registered" if row is None else "merged", aliases)
        return kept

    def _name(self, alias: str, tag: MediaTag) -> None:
        if not self._at.run(RENAME, on_shelf=tag.shelf, of_alias=alias, new_tag=tag.id):
            row = {"shelf": tag.shelf, "alias": alias, "tag_id": tag.id}
            self._at.insert(sa.insert(ALIAS), [row])

    def _note(self, kept: MediaTag, came: MediaTag, action: str, aliases: Sequence[str]) -> None:
        row = {
            "tag_id": kept.id,
            "sha256": kept.sha256,
            "action": action,
            "project_id": kept.project_id,
            "kind": kept.kind,
            "origin": came.origin,
            "aliases": list(aliases),
            "actor": self._at.actor,
            "at": self._at.now(),
        }
        self._at.insert(sa.insert(E), [row])

    def many(self, tag_ids: Sequence[str]) -> Sequence[MediaTag]:
        return from_rows(MediaTag, self._at.rows(MANY, tag_ids=list(set(tag_ids))))

    def of_file(self, file: str) -> MediaTag | None:
        sha256, _, extension = file.partition(".")
        row = self._at.row(ONE_OF_FILE, sha256=sha256, extension=extension)
        return None if row is None else from_row(MediaTag, row)

    def listing(
        self, project_id: str, *, scope: Scope | None, after: str, limit: int
    ) -> Sequence[MediaTag]:
        return self._seen(LISTING, project_id, scope, after=after, limit=limit)

    def by_hash(
        self, sha256: str, project_id: str, scope: Scope | None = None
    ) -> Sequence[MediaTag]:
        return self._seen(BY_HASH, project_id, scope, sha256=sha256)

    def by_alias(
        self, alias: str, project_id: str, scope: Scope | None = None
    ) -> Sequence[MediaTag]:
        return self._seen(BY_ALIAS, project_id, scope, alias=alias)

    def by_reuse_key(
        self, reuse_key: str, project_id: str, scope: Scope | None = None
    ) -> Sequence[MediaTag]:
        return self._seen(BY_REUSE_KEY, project_id, scope, reuse_key=reuse_key)

    def _seen(
        self,
        statement: sa.Select[tuple[object]],
        project_id: str,
        scope: Scope | None,
        **by: object,
    ) -> Sequence[MediaTag]:
        scopes = list(PINNED.values()) if scope is None else [PINNED[scope]]
        found = self._at.rows(statement, project_id=project_id, scopes=scopes, **by)
        return from_rows(MediaTag, found)

    def contents(self, project_id: str) -> Mapping[str, str]:
        return {row.alias: row.sha256 for row in self._at.rows(CONTENTS, project_id=project_id)}

    def aliases(self, tag_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for row in self._at.rows(NAMES, tag_ids=list(set(tag_ids))):
            found.setdefault(row.tag_id, []).append(row.alias)
        return found

    def is_fake(self, sha256: str) -> bool:
        return self._at.row(IS_FAKE, sha256=sha256) is not None

    def audit(self, sha256: str) -> Sequence[Registered]:
        return from_rows(Registered, self._at.rows(AUDIT, sha256=sha256))
