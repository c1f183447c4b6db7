"""The local music: a bed of chords by the words of the prompt, which loops without a seam."""

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.provider import Ask, Capabilities, Handle, Made, Readiness, Update
from jobs.alone import run_alone
from jobs.music.playing import play
from jobs.providers.packages import readiness

NAME = "bed"
MODEL = "framewright bed 1"
USUAL_S = 24.0
LIMIT_S = 120.0
CAPABILITIES = Capabilities(
    kind=ProviderKind.LOCAL,
    makes=frozenset({MediaType.MUSIC}),
    spec_types=frozenset({"music"}),
    concurrency=2,
)


class BedProvider:
    """`domain.work.provider.Provider`. The same ask gives the same bytes on one machine."""

    name = NAME
    capabilities = CAPABILITIES

    def check(self) -> Readiness:
        return readiness(NAME, "numpy")

    def submit(self, ask: Ask) -> Handle:
        return Handle(provider_job_id=f"{NAME}-{ask.key}")

    def poll(self, handle: Handle) -> Update:  # noqa: ARG002 - the port has it
        return Update(phase="ready")

    def result(self, ask: Ask, handle: Handle) -> Made:  # noqa: ARG002 - the port has it
        spec = ask.spec
        seconds = float(spec.get("seconds") or USUAL_S)
        seed = int(spec.get("seed") or 0)
        data = run_alone(ask.tell, LIMIT_S, play, str(spec["prompt"]), seed, seconds)
        realised = {**spec, "model": MODEL, "seconds": seconds}
        return Made(data=data, realised=realised, cost_micros=0)

    def cancel(self, handle: Handle) -> None:
        """What is under way is told by ``Ask.tell``."""
