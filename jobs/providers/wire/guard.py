"""Where we may go: which hosts, and to which addresses their names may lead.

A result's address comes from outside and is hostile until shown otherwise. A name is resolved
once, every address it has is judged, and the connection goes to one that was judged, so that it
can't lead elsewhere a moment later.
"""

import socket
from collections.abc import Callable, Collection, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
TUNNELS = (ip_network("2002::/16"), ip_network("2001::/32"))
"""6to4 and Teredo: an address within the address."""
PORTS = {"http": 80, "https": 443}

Resolve = Callable[[str, int], Sequence[str]]
"""Addresses of a host, as text; raises OSError."""


class Refused(Exception):
    """We don't go there; the message says why, without the address's query."""


def resolve(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host.lower(), url.port or PORTS.get(url.scheme, 0)


def is_public(address: str) -> bool:
    """Whether an address is somebody's on the open internet."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        return _is_public_6(found)
    return _is_public_4(found)


def _is_public_4(address: IPv4Address) -> bool:
    return address.is_global and not address.is_multicast


def _is_public_6(address: IPv6Address) -> bool:
    within = any(address in network for network in (*NAT64, *TUNNELS))
    mapped = address.ipv4_mapped is not None
    return address.is_global and not (address.is_multicast or within or mapped)


class Guard:
    """The rules for one provider: its own server, and where it may keep its results."""

    def __init__(
        self, base_url: str, allow_hosts: Collection[str] = (), *, look_up: Resolve = resolve
    ) -> None:
        """``allow_hosts``: exact names, or ``*.example.net`` for all below one."""
        self.base = httpx.URL(base_url)
        self._own = origin(self.base)
        self._allowed = tuple(one.lower().rstrip(".") for one in allow_hosts)
        self._look_up = look_up

    def is_own(self, url: httpx.URL) -> bool:
        """Whether it is the very server an operator configured."""
        return origin(url) == self._own

    def address(self, url: httpx.URL) -> str:
        """The address to connect to; raises Refused, or OSError for a name nobody has."""
        self.judge(url)
        try:
            found = self._look_up(url.host, origin(url)[2])
        except UnicodeError as error:
            raise Refused("Its host is no name.") from error
        if not found:
            raise Refused(f"{url.host} has no address.")
        if not self.is_own(url) and not all(is_public(one) for one in found):
            raise Refused(f"{url.host} leads into a private network.")
        return found[0]

    def judge(self, url: httpx.URL) -> None:
        """Raise Refused where its words alone say that we don't go there."""
        if self.is_own(url):
            return
        host = url.host.lower().rstrip(".")
        if url.scheme != "https" or not host:
            raise Refused(f"{url.scheme}:// is not fetched." if url.scheme else "It has no host.")
        if url.userinfo:
            raise Refused("An address with a name and password in it is not fetched.")
        if origin(url)[2] != PORTS["https"]:
            raise Refused(f"Port {url.port} of {host} is not fetched from.")
        if not any(_matches(host, one) for one in self._allowed):
            raise Refused(f"{host} is not among the hosts results may come from (allow_hosts).")


class PinnedTransport(httpx.BaseTransport):
    """Connects to the address that was judged; the certificate is the name's all the same."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = httpx.HTTPTransport(trust_env=False, retries=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        try:
            address = self._guard.address(request.url)
        except OSError as error:
            raise httpx.ConnectError(f"{request.url.host} can't be found") from error
        extensions = {**request.extensions, "sni_hostname": request.url.host}
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,  # Host is among them since the request was built
            stream=request.stream,
            extensions=extensions,
        )
        return self._inner.handle_request(pinned)

    def close(self) -> None:
        self._inner.close()


def _matches(host: str, allowed: str) -> bool:
    if allowed.startswith("*."):
        return host.endswith(allowed[1:])
    return host == allowed
