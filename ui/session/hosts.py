"""Which names this server answers to, and which pages may talk to it.

A page of another name that resolves to this machine (DNS rebinding) is refused by its Host; a
page of another origin that a signed-in browser has open is refused by its Origin.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
FORWARDING = frozenset(
    {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"}
)
"""Headers that say: somebody stands between, so the address is not the client's."""
PORTS = {"http": "80", "https": "443"}


class Hosts:
    """The names in ``Host`` that are ours."""

    def __init__(self, *, bound: str = "127.0.0.1", public_url: str | None = None) -> None:
        """``bound``: the address listened on. One beyond loopback is also reached by number."""
        public = urlsplit(public_url or "")
        self._public = public.netloc.rpartition("@")[2].lower()
        self.is_public_secure = public.scheme == "https"
        self._names = LOOPBACK_NAMES | {(public.hostname or "localhost").lower()}
        self._open = not is_loopback(bound)
        if self._open:
            self._names |= {bound.strip("[]").lower()}

    def knows(self, host: str | None) -> bool:
        """Whether a ``Host`` header names us. An address in numbers can't be rebound."""
        name = name_of(host)
        if name is None:
            return False
        return name in self._names or (self._open and is_address(name))

    @property
    def is_loopback_only(self) -> bool:
        """Whether only this machine can reach us."""
        return not self._open

    def is_public(self, host: str) -> bool:
        return bool(self._public) and host.lower() == self._public

    def is_own(self, origin: str, host: str) -> bool:
        """Whether a page of ``origin`` is one that this host served."""
        parts = urlsplit(origin)
        if parts.scheme not in PORTS or not parts.netloc:
            return False
        here = host.lower()
        default = PORTS[parts.scheme]
        return parts.netloc.lower().removesuffix(f":{default}") == here.removesuffix(f":{default}")


def name_of(host: str | None) -> str | None:
    """The name in ``name:port`` or ``[address]:port``; None for what is neither."""
    if not host:
        return None
    try:
        parts = urlsplit(f"//{host}")
        port = parts.port
    except ValueError:
        return None
    if parts.path or parts.query or parts.fragment or parts.username or port == 0:
        return None
    return (parts.hostname or "").rstrip(".").lower() or None


def is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(address: str | None) -> bool:
    if address is None:
        return False
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address.lower() == "localhost"
