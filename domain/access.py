"""Who may do what. Every use case asks here first, whoever calls it."""

from enum import StrEnum

from domain.entity import Entity
from domain.errors import Forbidden


class Role(StrEnum):
    """What a user is in the house; each may do all that the ones above it may."""

    VIEWER = "viewer"
    ARTIST = "artist"
    OWNER = "owner"


class Right(StrEnum):
    """One kind of doing."""

    READ = "read"
    MAKE = "make"
    """Ask for media, retry, cancel, pick, review."""
    WRITE = "write"
    """Change a script, make a production."""
    DELETE = "delete"
    CONFIGURE = "configure"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.READ}),
    Role.ARTIST: frozenset({Right.READ, Right.MAKE, Right.WRITE}),
    Role.OWNER: frozenset(Right),
}


class User(Entity):
    """Who acts; ``local``: over loopback, without a proxy, to a server that listens there alone."""

    name: str
    role: Role
    local: bool = False

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]

    def require(self, right: Right) -> None:
        """Raise Forbidden where the role lacks the right."""
        if not self.may(right):
            raise Forbidden(f"{self.name} is {self.role} and may not {right} here.")


OWNER = User(name="owner", role=Role.OWNER)
"""The person at this machine: the embedded mode's only user, and the commands'."""
