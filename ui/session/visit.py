"""One request as the door sees it: its head, and nothing of its body."""

from functools import cached_property
from http.cookies import SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.types import Scope

from ui.session.hosts import FORWARDING, is_loopback

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OURS = ("/api/", "/media/", "/_nicegui/", "/_nicegui_ws/")
"""Where no page is: whoever asks here is a program."""
COOKIE = "framewright"


class Visit:
    """Reads headers and address of a scope."""

    def __init__(self, scope: Scope) -> None:
        self.path: str = scope["path"]
        self.query: bytes = scope.get("query_string", b"")
        self.method: str = scope.get("method", "GET")
        self.headers = Headers(scope=scope)
        self.host = self.headers.get("host", "")
        self.is_secure = scope.get("scheme") in ("https", "wss")
        client = scope.get("client")
        self._client = client[0] if client else None

    @property
    def is_safe(self) -> bool:
        return self.method in SAFE

    @property
    def wants_page(self) -> bool:
        """A person's browser that goes to a page of ours."""
        return self.may_be_page and "text/html" in self.headers.get("accept", "")

    @property
    def may_be_page(self) -> bool:
        ours = f"{self.path}/".startswith(OURS)
        return self.method in ("GET", "HEAD") and not ours

    @property
    def was_open(self) -> bool:
        """The line of a page that was served before: it brings the name it got then."""
        return any(name == b"client_id" for name, _ in parse_qsl(self.query))

    @property
    def is_local(self) -> bool:
        """From this machine, with nobody between."""
        return is_loopback(self._client) and not any(name in self.headers for name in FORWARDING)

    @property
    def cookie_name(self) -> str:
        """Cookies do not know ports: two servers of one machine must not share a name."""
        port = self.host.rpartition("]")[2].partition(":")[2]
        return f"{COOKIE}_{port}" if port.isdigit() else COOKIE

    @cached_property
    def cookie(self) -> str | None:
        jar: SimpleCookie = SimpleCookie()
        jar.load("; ".join(self.headers.getlist("cookie")))
        found = jar.get(self.cookie_name)
        return found.value if found else None

    @property
    def bearer(self) -> str | None:
        """The token of the ``Authorization`` header, empty for one of another kind."""
        given = self.headers.get("authorization")
        if given is None:
            return None
        scheme, _, token = given.partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    @cached_property
    def _parameters(self) -> list[tuple[str, str]]:
        return parse_qsl(self.query.decode("latin-1"), keep_blank_values=True)

    @property
    def token(self) -> str | None:
        """Of the printed address: ``?token=``."""
        return next((value for name, value in self._parameters if name == "token"), None)

    @property
    def query_without_token(self) -> str:
        return urlencode([pair for pair in self._parameters if pair[0] != "token"])

    @property
    def here(self) -> str:
        """This address without its token, as a path of ours."""
        path = quote(self.path, safe="/:@!$&'()*+,;=~-._")
        query = self.query_without_token
        return local_path(f"{path}?{query}" if query else path)

    @property
    def is_garbled(self) -> bool:
        """With a NUL in the address, which no name of ours has and PostgreSQL refuses."""
        return "\0" in self.path or b"%00" in self.query


def local_path(wanted: str | None) -> str:
    """A path of this server, for a redirect; anything else is the front page."""
    fits = wanted is not None and wanted.startswith("/") and wanted[1:2] not in ("/", "\\")
    if not fits or wanted is None or "\\" in wanted or not wanted.isprintable():
        return "/"
    return wanted
