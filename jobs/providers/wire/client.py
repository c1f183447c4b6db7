"""The one outbound client: to a provider's own server with its key, to results without.

Nothing is redirected, nothing is repeated, nothing is read beyond its limit.
"""

import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import httpx

from domain.work.blocking import Reason
from domain.work.provider import ProviderError
from jobs.providers.wire.guard import Guard, PinnedTransport, Refused

CONNECT_S = 10.0
ASK_S = 30.0
"""For what is answered at once."""
REPLY_BYTES = 120_000_000
"""A picture of 40 MB in base64, twice over."""
HOPS = 3
CHUNK = 65_536
MOST_SOCKETS = 64
NO_MEDIA = ("text/", "application/json", "application/xml", "application/xhtml")

Clock = Callable[[], float]


class Reply(NamedTuple):
    """An answer, read whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_ok(self) -> bool:
        return 200 <= self.status < 300  # noqa: PLR2004 - as HTTP has it

    def json(self) -> Any:
        """None where the body is no JSON."""
        with suppress(ValueError):
            return json.loads(self.body)
        return None


class Client:
    """Talks to one provider. Every failure is a ProviderError that says what is known of it."""

    def __init__(
        self, guard: Guard, auth: httpx.Auth | None = None, *, clock: Clock = time.monotonic
    ) -> None:
        self._guard = guard
        self._auth = auth
        self._clock = clock
        self._name = guard.base.netloc.decode()
        self._client: httpx.Client | None = None
        self._sockets: list[socket.socket] = []
        self._making = threading.Lock()

    def send(
        self,
        method: str,
        path: str,
        *,
        within: float = ASK_S,
        limit: int = REPLY_BYTES,
        **content: Any,
    ) -> Reply:
        """Ask the provider's server; ``content`` as httpx takes it (json, data, files).

        ``within`` seconds all told. Raises ProviderError where no whole answer came: transient
        where it surely was not asked, else with its outcome unknown.
        """
        timeout = httpx.Timeout(within, connect=min(CONNECT_S, within))
        address = f"{str(self._guard.base).rstrip('/')}{path}"
        until = self._clock() + within
        try:
            with self._http().stream(
                method,
                address,
                auth=self._auth,
                timeout=timeout,
                extensions={"trace": self._trace},
                **content,
            ) as response:
                return self._read(response, limit, until)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            message = f"{self._name} can't be reached. Is it running?"
            raise ProviderError(Reason.TRANSIENT, message) from error
        except httpx.TimeoutException as error:
            raise ProviderError(
                Reason.TIMEOUT, f"{self._name} did not answer in time.", outcome_known=False
            ) from error
        except (Refused, httpx.UnsupportedProtocol) as error:
            message = f"{self._name} is no address that can be asked."
            raise ProviderError(Reason.WRONG_SERVER, message) from error
        except httpx.HTTPError as error:
            message = f"The line to {self._name} broke before it answered."
            raise ProviderError(Reason.TRANSIENT, message, outcome_known=False) from error

    def fetch(self, address: str, *, limit: int, within: float = 120.0) -> bytes:
        """A result from an address that somebody sent us. Raises ProviderError (bad output).

        At most ``limit`` bytes in ``within`` seconds; each redirect is judged like the first.
        """
        until = self._clock() + within
        try:
            url = httpx.URL(address)
            for _hop in range(HOPS + 1):
                answer = self._fetch_once(url, limit, until)
                if isinstance(answer, bytes):
                    return answer
                url = url.join(answer)
        except Refused as error:
            raise _bad(f"The result's address was refused. {error}") from error
        except httpx.InvalidURL as error:
            raise _bad("The result's address is none.") from error
        except httpx.HTTPError as error:
            message = "The result could not be fetched."
            raise ProviderError(Reason.TRANSIENT, message) from error
        raise _bad("The result's address leads on and on.")

    def another(self) -> "Client":
        """A line of its own to the same server, which can be cut by itself."""
        return Client(self._guard, self._auth, clock=self._clock)

    def cut(self) -> None:
        """End every connection at once, those that somebody waits at too."""
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        if self._client is not None:
            self._client.close()

    def _http(self) -> httpx.Client:
        with self._making:  # not before it is needed: it reads certificates for a while
            if self._client is None:
                self._client = httpx.Client(
                    transport=PinnedTransport(self._guard),
                    follow_redirects=False,
                    trust_env=False,
                    headers={"user-agent": "framewright", "accept-encoding": "identity"},
                )
            return self._client

    def _trace(self, event: str, facts: Mapping[str, Any]) -> None:
        """Closing a socket wakes nobody who reads from it; so it is kept, to be shut down."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._sockets.append(facts["return_value"].get_extra_info("socket"))
            del self._sockets[:-MOST_SOCKETS]

    def _read(self, response: httpx.Response, limit: int, until: float) -> Reply:
        if response.is_redirect:
            message = f"{self._name} answers from another address; write that one as base_url."
            raise ProviderError(Reason.WRONG_SERVER, message)
        body = self._body(response, limit, until)
        if body is None:
            message = f"{self._name} answers with more than {limit // 1_000_000} MB."
            raise ProviderError(Reason.BAD_OUTPUT, message)
        return Reply(response.status_code, dict(response.headers), body)

    def _body(self, response: httpx.Response, limit: int, until: float) -> bytes | None:
        """None beyond ``limit``, whatever length was announced."""
        if int(response.headers.get("content-length") or 0) > limit:
            return None
        parts, size = [], 0
        for part in response.iter_raw(CHUNK):
            size += len(part)
            if size > limit:
                return None
            if self._clock() > until:
                raise httpx.ReadTimeout("it comes too slowly")
            parts.append(part)
        return b"".join(parts)

    def _fetch_once(self, url: httpx.URL, limit: int, until: float) -> bytes | str:
        """The bytes, or where they are said to be. No connection is shared with anybody."""
        self._guard.judge(url)
        auth = self._auth if self._guard.is_own(url) else None
        with (
            httpx.Client(
                transport=PinnedTransport(self._guard), follow_redirects=False, trust_env=False
            ) as client,
            client.stream(
                "GET",
                url,
                auth=auth,
                timeout=httpx.Timeout(ASK_S, connect=CONNECT_S),
                headers={"accept-encoding": "identity", "user-agent": "framewright"},
            ) as response,
        ):
            if response.is_redirect:
                return str(response.headers.get("location", ""))
            if response.status_code in (408, 425, 429) or response.status_code >= 500:  # noqa: PLR2004
                message = f"The result's host answers {response.status_code}."
                raise ProviderError(Reason.TRANSIENT, message)
            if not response.is_success:
                raise _bad(f"The result is not there any more (HTTP {response.status_code}).")
            declared = response.headers.get("content-type", "").lower()
            if declared.startswith(NO_MEDIA):
                raise _bad(f"The result is {declared.partition(';')[0]}, no media.")
            if response.headers.get("content-encoding", "identity") != "identity":
                raise _bad("The result is packed in a way that was not asked for.")
            body = self._body(response, limit, until)
            if body is None:
                raise _bad(f"The result has more than {limit // 1_000_000} MB.")
            return body


def _bad(message: str) -> ProviderError:
    return ProviderError(Reason.BAD_OUTPUT, message)
