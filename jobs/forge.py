"""The forge: the providers of this house, in configured order, and the keys they take."""

import hashlib
from collections.abc import Sequence
from typing import Literal, Protocol

from domain.errors import NotFound
from domain.work.blocking import Reason
from domain.work.provider import Credentials, Provider, Readiness, Remote


class Keys(Protocol):
    """Where keys are kept."""

    def find(self, name: str) -> str | None: ...

    def origin(self, name: str) -> Literal["pasted", "environment", "file"] | None: ...

    def put(self, name: str, key: str) -> None: ...

    def forget(self, name: str) -> None: ...


class Registry:
    """`domain.ports.Forge` over a fixed list."""

    def __init__(
        self,
        providers: Sequence[Provider],
        *,
        first: Sequence[str] = (),
        keyring: Keys | None = None,
    ) -> None:
        """``first`` names those that go before the others, in that order."""
        self._keyring = keyring
        places = {name: place for place, name in enumerate(first)}
        ordered = sorted(providers, key=lambda one: places.get(one.name, len(places)))
        self._providers = {one.name: one for one in ordered}

    def providers(self) -> Sequence[Provider]:
        return tuple(self._providers.values())

    def provider(self, name: str) -> Provider | None:
        return self._providers.get(name)

    def readiness(self, name: str) -> Readiness:
        provider = self._providers.get(name)
        return self._missing(name) if provider is None else provider.check()

    def probe(self, name: str) -> Readiness:
        """What is in our own process is there where it is set up."""
        provider = self._providers.get(name)
        if isinstance(provider, Remote):
            return provider.probe()
        return self.readiness(name)

    def credentials(self, name: str) -> Credentials:
        variable = self._variable(name)
        if variable is None or self._keyring is None:
            return Credentials()
        key = self._keyring.find(variable) or ""
        account = hashlib.sha256(f"{name}\n{key}".encode()).hexdigest()[:12]
        origin = self._keyring.origin(variable)
        return Credentials(variable=variable, origin=origin, account=account)

    def give_key(self, name: str, key: str | None) -> None:
        variable = self._variable(name)
        if variable is None or self._keyring is None:
            raise NotFound(f"{name} takes no key.")
        if key is None:
            self._keyring.forget(variable)
        else:
            self._keyring.put(variable, key)

    def close(self) -> None:
        """End what is open to any server."""
        for one in self._providers.values():
            if isinstance(one, Remote):
                one.close()

    def _variable(self, name: str) -> str | None:
        provider = self._providers.get(name)
        return provider.key_env if isinstance(provider, Remote) else None

    def _missing(self, name: str) -> Readiness:
        detail = f"No provider named {name!r} is configured."
        return Readiness(reason=Reason.NO_PROVIDER, detail=detail)
