"""The paper doll maker: figures composed of our own drawings, at once and without any network."""

from domain.media.kind import ProviderKind
from domain.media.paperdoll import BODY_TYPES
from domain.media.staging import MediaType
from domain.work.blocking import Reason
from domain.work.provider import (
    Ask,
    Capabilities,
    Handle,
    Made,
    ProviderError,
    Readiness,
    Update,
)

NAME = "paperdoll"
SPEC_TYPE = "svg_paperdoll"
MODEL = "framewright paper dolls 1"
CAPABILITIES = Capabilities(
    kind=ProviderKind.LOCAL,
    makes=frozenset({MediaType.VECTOR}),
    spec_types=frozenset({SPEC_TYPE}),
)


class PaperdollProvider:
    """`domain.work.provider.Provider`. What it makes follows from the ask alone."""

    name = NAME
    capabilities = CAPABILITIES

    def check(self) -> Readiness:
        return Readiness()

    def submit(self, ask: Ask) -> Handle:
        """Raises ProviderError (invalid) for an unknown body."""
        body = ask.spec.get("body_type")
        if body not in BODY_TYPES:
            message = f"There is no body {str(body)[:40]!r}; write one of {', '.join(BODY_TYPES)}."
            raise ProviderError(Reason.INVALID_SPEC, message)
        return Handle(provider_job_id=f"{NAME}-{ask.key}")

    def poll(self, handle: Handle) -> Update:  # noqa: ARG002 - the port has it
        return Update(phase="ready")

    def result(self, ask: Ask, handle: Handle) -> Made:  # noqa: ARG002 - the port has it
        # A few milliseconds of plain Python: no child of the pool is worth it.
        from jobs.dolls.compose import compose, drawn  # noqa: PLC0415 - not part of every start

        spec = ask.spec
        body, outfit = str(spec["body_type"]), spec.get("outfit")
        accessories = [str(one) for one in spec.get("accessories") or ()]
        parts = drawn(body, outfit, accessories)
        data = compose(body, outfit, accessories)
        return Made(data=data, realised={**spec, "model": MODEL, "drawn": parts}, cost_micros=0)

    def cancel(self, handle: Handle) -> None:
        """It is made at once: there is nothing to stop."""
