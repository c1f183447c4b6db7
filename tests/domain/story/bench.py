"""Compiling and assembling large scripts: ``python -m tests.domain.story.bench``.

Each line has half the shots of the next, so a linear compiler takes half the time. Times are of
the processor, as other work on the machine comes and goes; the baseline is libyaml reading the
same bytes to events.
"""

from collections.abc import Callable
from time import process_time
from typing import Any

import yaml

from domain.story.compiler import compile_script
from domain.story.identity import assemble
from tests.domain.story.scripts import new_id

SHOTS = (1_250, 2_500, 5_000)
SHOTS_A_SCENE = 20


def script(shots: int) -> bytes:
    """A script of shots with two slots each."""
    return (_HEAD + "".join(_scene(at) + _shot(at) for at in range(shots))).encode()


def measure(shots: int) -> str:
    source = script(shots)
    events, _ = timed(lambda: sum(1 for _ in yaml.parse(source, Loader=yaml.CSafeLoader)))
    compiling, compiled = timed(lambda: compile_script(source))
    assert compiled.diagnostics == ()
    assembling, assembled = timed(lambda: assemble(compiled.script, None, new_id))
    again, repeated = timed(lambda: assemble(compiled.script, assembled.board, new_id))
    assert repeated.board == assembled.board
    return (
        f"{2 * shots:6} slots, {len(source) / 1e6:.1f} MB: libyaml {events:.2f} s, "
        f"compile {compiling:.2f} s ({compiling / events:.1f} of it), "
        f"assemble {assembling:.2f} s, again {again:.2f} s"
    )


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = process_time()
    result = work()
    return process_time() - begun, result


def _scene(at: int) -> str:
    if at % SHOTS_A_SCENE:
        return ""
    return f"  - id: sc{at // SHOTS_A_SCENE:04}\n    location: lamp_room\n    shots:\n"


def _shot(at: int) -> str:
    return _SHOT.replace("00000", f"{at:05}")


_HEAD = """project: {id: big, style: ink and wash}
concepts:
  - {id: mira, type: character, attributes: {appearance: {description: tall and grey}}}
  - {id: lamp_room, type: location, content: a round cold room}
scenes:
"""
_SHOT = """      - id: SH00000
        content: Mira climbs the last steps, number 00000.
        duration: 4.5s
        cast: [mira]
        media:
          - media_id: frame
            media_role: narrative_im
            media_spec: {type: stable_diffusion, prompt: "Mira on stair 00000", seed: 3}
          - media_id: clip
            media_role: video_cutscene
            media_spec: {type: video, from: frame, prompt: slow tilt up, seconds: 4}
"""

if __name__ == "__main__":
    for shots in SHOTS:
        print(measure(shots))  # noqa: T201 - a benchmark prints
