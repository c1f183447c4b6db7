"""Where choices lead: ``to`` looks in its own scene, then by code."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from domain.story.findings import Findings, Path
from domain.story.nodes import Node
from domain.story.script import ScriptScene, ScriptShot


@dataclass(frozen=True, slots=True)
class Way:
    """A choice with a target: the ``index``-th of the shot with a code, as written."""

    scene: str
    code: str
    index: int
    to: str
    node: Node
    path: Path


def resolve(
    scenes: Sequence[ScriptScene], ways: Sequence[Way], findings: Findings
) -> tuple[ScriptScene, ...]:
    """The scenes with every choice's target as a code; an unknown one is found and left open."""
    here = {(scene.key, shot.key): shot.code for scene in scenes for shot in scene.shots}
    codes = {code: code for code in here.values()}
    shots = {scene.key: [shot.key for shot in scene.shots] for scene in scenes}
    targets: dict[str, dict[int, str]] = defaultdict(dict)
    for way in ways:
        code = here.get((way.scene, way.to)) or codes.get(way.to)
        if code is not None:
            targets[way.code][way.index] = code
            continue
        near = findings.close(way.to, shots.get(way.scene, ())) or findings.close(way.to, codes)
        guess = f"; did you mean {near}?" if near is not None else ""
        message = f"no shot {way.to[:80]!r} here or by code{guess or '; write its id or code'}"
        findings.error("unknown_target", message, way.node, way.path)
    if not targets:
        return tuple(scenes)
    return tuple(
        scene.evolve(shots=tuple(_aimed(shot, targets.get(shot.code)) for shot in scene.shots))
        for scene in scenes
    )


def _aimed(shot: ScriptShot, targets: dict[int, str] | None) -> ScriptShot:
    if not targets:
        return shot
    choices = tuple(
        choice.evolve(to=targets.get(at, choice.to)) for at, choice in enumerate(shot.choices)
    )
    return shot.evolve(choices=choices)
