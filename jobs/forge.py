"""The forge: the providers of this house, in configured order."""

from collections.abc import Sequence

from domain.work.blocking import Reason
from domain.work.provider import Provider, Readiness


class Registry:
    """`domain.ports.Forge` over a fixed list."""

    def __init__(self, providers: Sequence[Provider]) -> None:
        self._providers = {one.name: one for one in providers}

    def providers(self) -> Sequence[Provider]:
        return tuple(self._providers.values())

    def provider(self, name: str) -> Provider | None:
        return self._providers.get(name)

    def readiness(self, name: str) -> Readiness:
        provider = self._providers.get(name)
        if provider is None:
            detail = f"No provider named {name!r} is configured."
            return Readiness(reason=Reason.NO_PROVIDER, detail=detail)
        return provider.check()
