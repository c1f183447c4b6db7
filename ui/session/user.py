"""The signed-in user, for handlers and pages."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.types import Scope

from domain.access import User
from domain.errors import Unauthorised


def remember(scope: Scope, user: User) -> None:
    """Put the user where ``current_user`` finds it."""
    scope.setdefault("state", {})["user"] = user


def current_user(request: Request) -> User:
    """Who asks; raises Unauthorised where the door let somebody through without a name."""
    user = getattr(request.state, "user", None)
    if not isinstance(user, User):
        raise Unauthorised("Sign in first.")
    return user


SignedIn = Annotated[User, Depends(current_user)]
"""A handler's parameter: the signed-in user."""
