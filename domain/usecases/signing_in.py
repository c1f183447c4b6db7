"""Signing in: the owner's token, the printed address's token, and browser sessions."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from domain.access import OWNER, Role, User
from domain.errors import Unauthorised
from domain.ports import Works


@dataclass(frozen=True, slots=True)
class Tokens:
    """Secrets of one running server; compared in constant time, never logged."""

    owner: str = field(repr=False)
    """The owner's API token, kept in the data folder."""
    door: str = field(repr=False)
    """In the printed address; works until the server stops."""


class SigningIn:
    """Who somebody is; only digests of session cookies are kept."""

    def __init__(self, works: Works, tokens: Tokens) -> None:
        self._works = works
        self._tokens = tokens

    def by_token(self, token: str) -> User:
        """Raises Unauthorised for any but the owner's API token."""
        if not hmac.compare_digest(token.encode(), self._tokens.owner.encode()):
            raise Unauthorised("This token is not known here.")
        return OWNER

    def open_door(self, token: str) -> str:
        """A new session for the printed address's or the owner's token; returns its cookie."""
        given = token.encode()
        known = (self._tokens.door, self._tokens.owner)
        if not any(hmac.compare_digest(given, one.encode()) for one in known):
            raise Unauthorised("This token is not known here, or its server was restarted.")
        cookie = secrets.token_urlsafe(32)
        with self._works() as work:
            work.keys.add_session(_digest(cookie), OWNER.name, OWNER.role)
            work.commit()
        return cookie

    def by_session(self, cookie: str) -> User:
        """Raises Unauthorised where the session is over or never was."""
        with self._works(reading=True) as work:
            found = work.keys.session(_digest(cookie))
        if found is None:
            raise Unauthorised("Sign in first.")
        name, role = found
        return User(name=name, role=Role(role))

    def sign_out(self, cookie: str) -> None:
        with self._works() as work:
            work.keys.drop_session(_digest(cookie))
            work.commit()


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
