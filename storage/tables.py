"""The tables, one SQLModel class each; columns bear the names of the entities' fields."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Dialect, Index, TypeDecorator, text
from sqlmodel import Field, SQLModel

SCHEMA = "0001"
"""The newest revision in ``migrations/versions``."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in Python; SQLite keeps it without a zone, PostgreSQL with one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def json_column() -> Any:
    return Field(sa_column=Column(JSON, nullable=True))


def when(*, nullable: bool = False) -> Any:
    return Field(sa_column=Column(UtcDateTime, nullable=nullable))


class ProjectRow(SQLModel, table=True):
    __tablename__ = "project"
    id: str = Field(primary_key=True)
    key: str = Field(unique=True)
    header: dict[str, Any] = json_column()
    revision: int
    paused: bool
    trash_id: str | None = None


class ScriptRow(SQLModel, table=True):
    """A script as it was written; one row a revision."""

    __tablename__ = "script"
    project_id: str = Field(primary_key=True, foreign_key="project.id")
    revision: int = Field(primary_key=True)
    text: str
    actor: str | None
    restored: int | None
    changes: dict[str, Any] = json_column()
    created_at: datetime = when()


class SceneRow(SQLModel, table=True):
    __tablename__ = "scene"
    id: str = Field(primary_key=True)
    project_id: str = Field(index=True, foreign_key="project.id")
    key: str
    episode: str | None
    title: str
    location: str | None
    position: int
    removed: bool


class ShotRow(SQLModel, table=True):
    __tablename__ = "shot"
    id: str = Field(primary_key=True)
    project_id: str = Field(index=True, foreign_key="project.id")
    scene_id: str | None
    key: str
    code: str
    was: str | None
    title: str
    content: str
    duration: int
    camera: dict[str, Any] = json_column()
    cast: list[Any] = json_column()
    dialogue: list[Any] = json_column()
    choices: list[Any] = json_column()
    position: int
    removed: bool


class ConceptRow(SQLModel, table=True):
    __tablename__ = "concept"
    id: str = Field(primary_key=True)
    project_id: str = Field(index=True, foreign_key="project.id")
    key: str
    type: str
    title: str
    content: str
    attributes: dict[str, Any] = json_column()
    position: int
    removed: bool


class SlotRow(SQLModel, table=True):
    __tablename__ = "slot"
    id: str = Field(primary_key=True)
    project_id: str = Field(index=True, foreign_key="project.id")
    owner_kind: str
    owner_id: str = Field(index=True)
    media_id: str
    role: str
    media_type: str
    title: str
    source: dict[str, Any] = json_column()
    hints: dict[str, Any] = json_column()
    hard: bool
    policy: str
    fallback_text: str | None
    position: int
    removed: bool
    adapted: dict[str, Any] | None = json_column()
    basis: str
    provider: str | None
    inputs: dict[str, Any] = json_column()
    version: int
    picked: str | None
    selected: str | None
    takes: int
    waits_for: str | None
    waits_detail: str | None
    state: str
    ended_job_id: str | None
    ended_as: str | None
    ended_version: int


class MediaTagRow(SQLModel, table=True):
    __tablename__ = "media_tag"
    __table_args__ = (
        Index("media_tag_file", "sha256", "extension"),
        Index(
            "media_tag_in_trash",
            "trash_id",
            sqlite_where=text("trash_id IS NOT NULL"),
            postgresql_where=text("trash_id IS NOT NULL"),
        ),
    )
    id: str = Field(primary_key=True)
    project_id: str | None = Field(default=None, index=True)
    built_in: bool
    sha256: str
    extension: str
    mime: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    duration: float | None
    kind: str
    reuse_key: str | None = Field(default=None, index=True)
    adapted: dict[str, Any] | None = json_column()
    realised: dict[str, Any] | None = json_column()
    origin: str
    created_at: datetime = when()
    trash_id: str | None = None


class AliasRow(SQLModel, table=True):
    """A name for media; a script's path is one too."""

    __tablename__ = "alias"
    shelf: str = Field(primary_key=True)
    """A project's id, ``library`` or ``built_in``."""
    alias: str = Field(primary_key=True)
    tag_id: str = Field(index=True, foreign_key="media_tag.id")


class MediaEventRow(SQLModel, table=True):
    """Every registration of media, append-only: it outlives the tag."""

    __tablename__ = "media_event"
    __table_args__ = ({"sqlite_autoincrement": True},)
    seq: int | None = Field(default=None, primary_key=True)
    tag_id: str
    sha256: str = Field(index=True)
    action: str
    project_id: str | None
    kind: str
    origin: str
    aliases: list[Any] = json_column()
    actor: str | None
    at: datetime = when()


class TakeRow(SQLModel, table=True):
    """No cascade reaches a take: it goes only by its own deletion."""

    __tablename__ = "take"
    __table_args__ = (
        Index("take_of_slot", "slot_id", "number", unique=True),
        Index(
            "take_in_trash",
            "trash_id",
            sqlite_where=text("trash_id IS NOT NULL"),
            postgresql_where=text("trash_id IS NOT NULL"),
        ),
    )
    id: str = Field(primary_key=True)
    slot_id: str = Field(foreign_key="slot.id")
    project_id: str = Field(index=True)
    number: int
    tag_id: str = Field(index=True, foreign_key="media_tag.id")
    kind: str
    origin: str
    basis: str
    asked: list[Any] = json_column()
    inputs: dict[str, Any] = json_column()
    reuse_key: str
    realised: dict[str, Any] = json_column()
    job_id: str | None
    late: bool
    slot_version: int
    review: str
    review_note: str
    review_basis: str
    created_at: datetime = when()
    trash_id: str | None = None


class TrashRow(SQLModel, table=True):
    """What was deleted and can be brought back; gone once restored or purged."""

    __tablename__ = "trash"
    __table_args__ = (Index("trash_newest", "created_at", "id"),)
    id: str = Field(primary_key=True)
    kind: str
    subject: str
    title: str
    project_id: str | None
    impact: dict[str, Any] = json_column()
    choices: list[Any] = json_column()
    actor: str
    created_at: datetime = when()


class JobRow(SQLModel, table=True):
    __tablename__ = "job"
    __table_args__ = (
        Index("job_listing", "project_id", "created_at", "id"),
        Index("job_newest", "created_at", "id"),
        Index("job_of_state", "state", "created_at", "id"),
        Index(
            "job_took",
            "project_id",
            "provider",
            "media_type",
            "ended_at",
            sqlite_where=text("state = 'succeeded'"),
            postgresql_where=text("state = 'succeeded'"),
        ),
        Index(
            "job_in_flight",
            "provider",
            sqlite_where=text("deadline IS NOT NULL"),
            postgresql_where=text("deadline IS NOT NULL"),
        ),
        Index(
            "job_waiting",
            "provider",
            text("priority DESC"),
            "created_at",
            "id",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index(
            "job_active_key",
            "project_id",
            "reuse_key",
            unique=True,
            sqlite_where=text("state IN ('queued', 'running') AND reuse_key <> ''"),
            postgresql_where=text("state IN ('queued', 'running') AND reuse_key <> ''"),
        ),
    )
    id: str = Field(primary_key=True)
    project_id: str = Field(foreign_key="project.id")
    media_type: str
    provider: str | None
    spec: dict[str, Any] = json_column()
    inputs: list[Any] = json_column()
    reuse_key: str
    label: str
    state: str
    attempt: int
    began: bool
    fails: int
    crashes: int
    version: int
    priority: int
    owner: str | None
    run_at: datetime = when()
    hinted_at: datetime | None = when(nullable=True)
    deadline: datetime | None = when(nullable=True)
    cancel: bool
    retry_of: str | None
    prior: int
    allowed: bool
    reason: str | None
    error: str | None
    created_at: datetime = when()
    started_at: datetime | None = when(nullable=True)
    ended_at: datetime | None = when(nullable=True)


class JobSlotRow(SQLModel, table=True):
    """Which slots a job makes media for, and what each asked for."""

    __tablename__ = "job_slot"
    job_id: str = Field(primary_key=True, foreign_key="job.id")
    slot_id: str = Field(primary_key=True, foreign_key="slot.id", index=True)
    basis: str
    detached: bool = False


class SubmissionRow(SQLModel, table=True):
    """The billing ledger: a row per provider call that may cost; never deleted with its job."""

    __tablename__ = "submission"
    key: str = Field(primary_key=True)
    job_id: str = Field(index=True)
    generation: int
    project_id: str = Field(index=True)
    provider: str
    state: str
    provider_job_id: str | None
    handle: dict[str, Any] = json_column()
    price_micros: int | None = Field(default=None, sa_type=BigInteger)
    cost_micros: int | None = Field(default=None, sa_type=BigInteger)
    error: str | None
    created_at: datetime = when()
    updated_at: datetime = when()


class WorkerRow(SQLModel, table=True):
    __tablename__ = "worker"
    id: str = Field(primary_key=True)
    seen: datetime = when()


class ProviderRow(SQLModel, table=True):
    """A provider's limits; on PostgreSQL its row is also the lock that claims take turns on."""

    __tablename__ = "provider"
    name: str = Field(primary_key=True)
    concurrency: int
    paused: bool
    account: str | None = None
    reason: str | None = None
    detail: str | None = None
    learned_at: datetime | None = when(nullable=True)
    """When its server last said something of itself, with which key, and what."""


class EventRow(SQLModel, table=True):
    __tablename__ = "event"
    __table_args__ = (
        Index("event_of_project", "project_id", "seq"),
        {"sqlite_autoincrement": True},
    )
    seq: int | None = Field(default=None, primary_key=True)
    project_id: str
    type: str
    action: str
    actor: str | None
    slot_id: str | None = Field(default=None, index=True)
    shot: str | None
    job_id: str | None = Field(default=None, index=True)
    job_state: str | None
    state: str | None
    version: int | None
    progress: float | None
    detail: dict[str, Any] = json_column()
    at: datetime = when()


class SessionRow(SQLModel, table=True):
    """A browser's session; only the digest of its cookie is kept."""

    __tablename__ = "session"
    digest: str = Field(primary_key=True)
    user: str
    role: str
    created_at: datetime = when()
    expires_at: datetime = when()


class RequestRow(SQLModel, table=True):
    """An ``Idempotency-Key`` and the answer it was given; ``status`` 0 while it runs."""

    __tablename__ = "request"
    key: str = Field(primary_key=True)
    mark: str
    digest: str
    status: int
    body: bytes | None
    created_at: datetime = when()


class SchemaRow(SQLModel, table=True):
    """Alembic's own table, declared so that a new database needs no Alembic."""

    __tablename__ = "alembic_version"
    version_num: str = Field(primary_key=True, max_length=32)
