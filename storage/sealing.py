"""What made a piece of media never changes once it is written: the database itself says no."""

from collections.abc import Mapping

TABLES = ("media_tag", "take")
MESSAGE = "what made a piece of media never changes"

REFUSING = (
    "CREATE FUNCTION kind_is_fixed() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'check_violation'; END $$"
)
KIND_IS_FIXED: Mapping[str, tuple[str, ...]] = {
    "sqlite": tuple(
        f"CREATE TRIGGER {table}_kind_is_fixed BEFORE UPDATE OF kind ON {table} "
        f"WHEN OLD.kind IS NOT NEW.kind BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for table in TABLES
    ),
    "postgresql": (
        REFUSING,
        *(
            f"CREATE TRIGGER {table}_kind_is_fixed BEFORE UPDATE OF kind ON {table} FOR EACH ROW "
            "WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION kind_is_fixed()"
            for table in TABLES
        ),
    ),
}
"""Statements by dialect, for a new database."""
