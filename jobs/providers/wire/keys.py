"""Keys go into a request's header as it leaves, and nowhere else."""

import base64
from collections.abc import Callable, Generator

import httpx

FindKey = Callable[[str], str | None]
"""The key that goes by a variable's name; looked for each time, so one may be given any time."""


class KeyAuth(httpx.Auth):
    """Sets ``Authorization`` where there is a key; what is logged of a request has none."""

    def __init__(self, key: Callable[[], str | None], *, scheme: str = "Bearer") -> None:
        """With ``Basic`` the key is ``name:password``."""
        self._key = key
        self._scheme = scheme

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        key = self._key()
        if key:
            told = base64.b64encode(key.encode()).decode() if self._scheme == "Basic" else key
            request.headers["authorization"] = f"{self._scheme} {told}"
        yield request
