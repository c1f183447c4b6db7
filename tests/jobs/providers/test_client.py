"""The outbound client: hostile addresses, sizes, types and redirects (PROVIDERS.md 10.5)."""

import threading
from collections.abc import AsyncIterator, Iterator, Sequence

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from domain.work.blocking import Reason
from domain.work.provider import ProviderError
from jobs.providers.wire.client import Client
from jobs.providers.wire.guard import Guard, Refused, is_public
from jobs.providers.wire.keys import KeyAuth
from tests.wire.pictures import png
from tests.wire.server import Answer, Handler, WireFake

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
LIMIT = 100_000


class Shelf(WireFake):
    """Where results are: the provider's own origin, with traps beside them."""

    def routes(self) -> dict[tuple[str, str], Handler]:
        return {
            ("GET", "/good.png"): self._good,
            ("GET", "/elsewhere"): self._elsewhere,
            ("GET", "/here"): self._here,
            ("GET", "/round"): self._round,
            ("GET", "/endless"): self._endless,
            ("GET", "/lies"): self._lies,
            ("GET", "/page.png"): self._page,
        }

    async def _good(self, _request: Request, _body: bytes) -> Response:
        return Response(png(), media_type="image/png")

    async def _elsewhere(self, request: Request, _body: bytes) -> Response:
        return RedirectResponse(request.query_params["to"])

    async def _here(self, _request: Request, _body: bytes) -> Response:
        return RedirectResponse("/good.png")

    async def _round(self, _request: Request, _body: bytes) -> Response:
        return RedirectResponse("/round")

    async def _endless(self, _request: Request, _body: bytes) -> Response:
        return StreamingResponse(_forever(), media_type="image/png")

    async def _lies(self, _request: Request, _body: bytes) -> Response:
        return Response(b"", headers={"content-length": "10000000000"}, media_type="image/png")

    async def _page(self, _request: Request, _body: bytes) -> Response:
        return Response("<html>sign in</html>", media_type="text/html")


async def _forever() -> AsyncIterator[bytes]:
    for _ in range(400):  # far beyond the limit
        yield b"\0" * 65_536


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with Shelf() as server:
        yield server


LINES: list[Client] = []


@pytest.fixture(autouse=True)
def _hang_up() -> Iterator[None]:
    yield
    while LINES:
        LINES.pop().cut()


def line_over(guard: Guard) -> Client:
    LINES.append(Client(guard, KeyAuth(lambda: "canary-key")))
    return LINES[-1]


def client(
    base: str, *, allow: Sequence[str] = (), found: Sequence[str] = ("127.0.0.1",)
) -> Client:
    return line_over(Guard(base, allow, look_up=lambda _host, _port: found))


def refused(shelf: Shelf, address: str, **options: Sequence[str]) -> ProviderError:
    with pytest.raises(ProviderError) as refusal:
        client(f"{shelf.url}/v1", **options).fetch(address, limit=LIMIT)
    assert refusal.value.reason is Reason.BAD_OUTPUT
    return refusal.value


def test_a_result_of_the_providers_own_server_is_fetched_with_its_key(shelf: Shelf) -> None:
    assert client(f"{shelf.url}/v1").fetch(f"{shelf.url}/good.png", limit=LIMIT) == png()
    assert shelf.asked[0].headers["authorization"] == "Bearer canary-key"
    assert shelf.asked[0].headers["accept-encoding"] == "identity"


def test_a_redirect_at_home_is_followed_and_judged_again(shelf: Shelf) -> None:
    assert client(f"{shelf.url}/v1").fetch(f"{shelf.url}/here", limit=LIMIT) == png()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://127.0.0.1:1/x.png", "http:// is not fetched"),
        ("https://127.0.0.1/x.png", "127.0.0.1 is not among the hosts"),
        ("https://169.254.169.254/latest/meta-data", "is not among the hosts"),
        ("https://evil.example/x.png", "evil.example is not among the hosts"),
        ("https://cdn.example.evil/x.png", "is not among the hosts"),
        ("https://notcdn.example/x.png", "is not among the hosts"),
        ("https://me:pass@cdn.example/x.png", "name and password"),
        ("https://cdn.example:8443/x.png", "Port 8443"),
        ("file:///etc/passwd", "file:// is not fetched"),
        ("ftp://cdn.example/x", "ftp:// is not fetched"),
        ("/x.png", "It has no host"),
        ("https://[::1]/x.png", "is not among the hosts"),
        ("http://", "http:// is not fetched"),
        ("https://cdn.example\n.evil/", "none"),
    ],
)
def test_an_address_that_is_not_allowed_is_refused_before_any_connection(
    shelf: Shelf, address: str, why: str
) -> None:
    error = refused(shelf, address, allow=["cdn.example"], found=("93.184.216.34",))
    assert why in error.message
    assert shelf.asked == []


@pytest.mark.parametrize(
    "found",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["172.16.0.1"],
        ["192.168.1.1"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["0.0.0.0"],  # noqa: S104 - to be refused
        ["224.0.0.1"],
        ["::1"],
        ["fe80::1%eth0"],
        ["fc00::1"],
        ["::ffff:10.0.0.1"],
        ["64:ff9b::a00:1"],
        ["2002:a00:1::"],
        ["93.184.216.34", "10.0.0.1"],
    ],
)
def test_an_allowed_name_that_leads_into_a_private_range_is_refused(
    shelf: Shelf, found: list[str]
) -> None:
    error = refused(shelf, "https://cdn.example/x.png", allow=["cdn.example"], found=found)
    assert "private network" in error.message


def test_addresses_of_the_open_internet_are_taken() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")
    guard = Guard("https://api.example/v1", ["*.cdn.example"], look_up=lambda *_: ["93.184.216.34"])
    assert guard.address(httpx.URL("https://a.cdn.example/x")) == "93.184.216.34"
    with pytest.raises(Refused):
        guard.address(httpx.URL("https://cdn.example/x"))


def test_a_name_is_looked_up_once_and_connected_to_what_was_judged(shelf: Shelf) -> None:
    """A name that changes its mind (DNS rebinding) is asked once only."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    guard = Guard(
        f"http://studio.example:{shelf.port}/v1", look_up=lambda _host, _port: answers.pop(0)
    )
    reply = line_over(guard).send("GET", "/models")
    assert reply.status == 404
    assert shelf.asked[0].headers["host"] == f"studio.example:{shelf.port}"
    assert len(answers) == 1


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1:1/x", "https://169.254.169.254/x", "file:///etc/passwd", "//evil/x"]
)
def test_a_redirect_elsewhere_is_refused(shelf: Shelf, to: str) -> None:
    assert "refused" in refused(shelf, f"{shelf.url}/elsewhere?to={to}").message
    assert len(shelf.asked) == 1


def test_a_redirect_without_end_ends(shelf: Shelf) -> None:
    assert "on and on" in refused(shelf, f"{shelf.url}/round").message
    assert len(shelf.asked) == 4


def test_ten_gigabytes_are_not_read(shelf: Shelf) -> None:
    assert "more than" in refused(shelf, f"{shelf.url}/endless").message
    assert "more than" in refused(shelf, f"{shelf.url}/lies").message


def test_a_page_that_is_named_png_is_refused(shelf: Shelf) -> None:
    assert "text/html, no media" in refused(shelf, f"{shelf.url}/page.png").message


def test_a_result_that_is_gone_is_bad_output_and_a_host_that_stumbles_is_asked_again(
    shelf: Shelf,
) -> None:
    assert "not there any more" in refused(shelf, f"{shelf.url}/nowhere.png").message
    shelf.say("/good.png", Answer(503))
    with pytest.raises(ProviderError) as passing:
        client(f"{shelf.url}/v1").fetch(f"{shelf.url}/good.png", limit=LIMIT)
    assert passing.value.reason is Reason.TRANSIENT


def test_a_key_goes_to_the_own_origin_alone(shelf: Shelf) -> None:
    with Shelf() as other:
        guard = Guard(f"{shelf.url}/v1", look_up=lambda *_: ["127.0.0.1"])
        line = line_over(guard)
        with pytest.raises(ProviderError):
            line.fetch(f"{other.url}/good.png", limit=LIMIT)
        line.send("GET", "/v1/models")
        assert other.asked == []
    assert shelf.asked[0].headers["authorization"] == "Bearer canary-key"


def test_the_servers_own_redirect_names_the_setting(shelf: Shelf) -> None:
    shelf.say("/v1/models", Answer(308, b"", {"location": "https://other.example/v1/models"}))
    with pytest.raises(ProviderError, match="base_url") as refusal:
        client(f"{shelf.url}/v1").send("GET", "/models")
    assert refusal.value.reason is Reason.WRONG_SERVER


def test_what_was_not_sent_is_known_and_what_was_not_answered_is_not(shelf: Shelf) -> None:
    with pytest.raises(ProviderError, match="Is it running") as away:
        client("http://127.0.0.1:9/v1").send("GET", "/models")
    assert (away.value.reason, away.value.outcome_known) == (Reason.TRANSIENT, True)
    shelf.hold["/v1/models"] = threading.Event()
    with pytest.raises(ProviderError, match="in time") as late:
        client(f"{shelf.url}/v1").send("GET", "/models", within=0.3)
    assert (late.value.reason, late.value.outcome_known) == (Reason.TIMEOUT, False)


def test_a_line_that_is_cut_wakes_who_waits_at_it(shelf: Shelf) -> None:
    shelf.hold["/v1/models"] = threading.Event()
    line = client(f"{shelf.url}/v1")
    told: list[ProviderError] = []

    def ask() -> None:
        with pytest.raises(ProviderError) as broken:
            line.send("GET", "/models")
        told.append(broken.value)

    waiting = threading.Thread(target=ask)
    waiting.start()
    shelf.wait_for("/v1/models")
    line.cut()
    waiting.join(20)
    assert not told[0].outcome_known


def test_an_answer_without_end_is_not_read(shelf: Shelf) -> None:
    with pytest.raises(ProviderError) as refusal:
        client(shelf.url).send("GET", "/endless", limit=LIMIT)
    assert refusal.value.reason is Reason.BAD_OUTPUT
