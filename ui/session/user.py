"""The signed-in user, for handlers and pages."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from starlette.requests import HTTPConnection
from starlette.types import Scope

from domain.access import User
from domain.errors import Unauthorised


def remember(scope: Scope, user: User, *, still: Callable[[], bool]) -> None:
    """Put the user where ``current_user`` finds it; ``still`` asks again."""
    scope.setdefault("state", {}).update(user=user, still=still)


def still_signed_in(request: HTTPConnection) -> bool:
    """Whether the sign-in of an open stream or page still holds; blocks, so not on the loop."""
    still: Callable[[], bool] = request.state.still
    return still()


def current_user(request: Request) -> User:
    """Who asks; raises Unauthorised where the door let somebody through without a name."""
    user = getattr(request.state, "user", None)
    if not isinstance(user, User):
        raise Unauthorised("Sign in first.")
    return user


SignedIn = Annotated[User, Depends(current_user)]
"""A handler's parameter: the signed-in user."""
