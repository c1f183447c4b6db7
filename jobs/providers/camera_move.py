"""The local camera: a clip from the frame by the shot's camera movement, with its spoken line."""

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.provider import Ask, Capabilities, Handle, Made, Readiness, Update
from jobs.alone import run_alone
from jobs.film.request import film_ask, shape_of
from jobs.film.shooting import shoot
from jobs.providers.packages import readiness

NAME = "camera_move"
MODEL = "framewright camera 1"
LIMIT_S = 900.0
"""Of a clip of ten minutes, the longest there may be, on a slow machine."""
CAPABILITIES = Capabilities(
    kind=ProviderKind.LOCAL,
    makes=frozenset({MediaType.VIDEO}),
    spec_types=frozenset({"video"}),
    progress="percent",
    concurrency=2,
    mixes_voice=True,
)


class CameraMoveProvider:
    """`domain.work.provider.Provider`. The same ask gives the same bytes."""

    name = NAME
    capabilities = CAPABILITIES

    def __init__(self, *, limit_s: float = LIMIT_S) -> None:
        self._limit_s = limit_s

    def check(self) -> Readiness:
        return readiness(NAME, "av", "numpy", "PIL")

    def submit(self, ask: Ask) -> Handle:
        shape_of(ask)
        return Handle(provider_job_id=f"{NAME}-{ask.key}")

    def poll(self, handle: Handle) -> Update:  # noqa: ARG002 - the port has it
        return Update(phase="ready")

    def result(self, ask: Ask, handle: Handle) -> Made:  # noqa: ARG002 - the port has it
        """A few seconds of work in a child that ends with whoever waits for it."""
        wanted = film_ask(ask, CAPABILITIES.kind)
        made = run_alone(ask.tell, self._limit_s, shoot, wanted)
        realised = {
            **ask.spec,
            "model": MODEL,
            "width": made.width,
            "height": made.height,
            "frames": made.frames,
            "lines": len(wanted.voices),
        }
        return Made(data=made.mp4, realised=realised, cost_micros=0)

    def cancel(self, handle: Handle) -> None:
        """What is under way is told by ``Ask.tell``."""
