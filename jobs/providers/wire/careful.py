"""What stands between a live provider and the house: no secret gets by, and no odd exception."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from domain.work.blocking import Reason
from domain.work.provider import (
    Ask,
    Handle,
    Made,
    ProviderError,
    Readiness,
    Remote,
    Stopped,
    Update,
)
from jobs.providers.wire.redaction import Redactor

T = TypeVar("T")


class Careful:
    """The same provider; everything it says goes through the redactor."""

    def __init__(self, provider: Remote, redactor: Redactor) -> None:
        self.name = provider.name
        self.capabilities = provider.capabilities
        self.key_env = provider.key_env
        self.address = provider.address
        self._provider = provider
        self._redactor = redactor

    def check(self) -> Readiness:
        return self._clean(self._provider.check())

    def probe(self) -> Readiness:
        try:
            return self._clean(self._try(self._provider.probe))
        except ProviderError as error:
            return Readiness(reason=error.reason, detail=error.message)

    def submit(self, ask: Ask) -> Handle:
        handle = self._try(partial(self._provider.submit, ask), outcome_known=False)
        return handle.evolve(
            provider_job_id=self._redactor.text(handle.provider_job_id),
            facts=self._redactor.data(handle.facts),
        )

    def poll(self, handle: Handle) -> Update:
        update = self._try(partial(self._provider.poll, handle))
        return update.evolve(message=self._redactor.text(update.message))

    def result(self, ask: Ask, handle: Handle) -> Made:
        made = self._try(partial(self._provider.result, ask, handle))
        return made.evolve(realised=self._redactor.data(made.realised))

    def cancel(self, handle: Handle) -> None:
        self._try(partial(self._provider.cancel, handle))

    def close(self) -> None:
        self._provider.close()

    def _clean(self, readiness: Readiness) -> Readiness:
        return readiness.evolve(detail=self._redactor.text(readiness.detail))

    def _try(self, act: Callable[[], T], *, outcome_known: bool = True) -> T:
        """``outcome_known``: whether an exception nobody foresaw surely cost nothing."""
        try:
            return act()
        except ProviderError as error:
            raise ProviderError(
                error.reason,
                self._redactor.text(error.message),
                retry_after=error.retry_after,
                outcome_known=error.outcome_known,
            ) from None
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, no worker falls over it
            what = f"{self.name} answered in a way nobody foresaw ({type(error).__name__})."
            raise ProviderError(Reason.PROVIDER_FAILED, what, outcome_known=outcome_known) from None
