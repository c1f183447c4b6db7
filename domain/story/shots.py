"""One shot of a script."""

from fractions import Fraction

from domain.story import durations, names
from domain.story import nodes as tree
from domain.story.board import Camera, Choice, Line
from domain.story.choices import Way
from domain.story.concepts import Concepts
from domain.story.fields import Fields
from domain.story.findings import Findings, Path
from domain.story.media_items import Surroundings, read_items
from domain.story.script import ScriptShot
from domain.story.sources import Assets

KEYS = (
    "id",
    "was",
    "title",
    "content",
    "duration",
    "frames",
    "camera",
    "cast",
    "dialogue",
    "choices",
    "media",
)
EXAMPLE = "{id: SH0010, content: …}"
NO_CAMERA = Camera()


class ShotReader:
    """Reads shots one by one; ``rate`` in frames a second."""

    def __init__(
        self, findings: Findings, concepts: Concepts, rate: Fraction, assets: Assets | None
    ) -> None:
        self._findings = findings
        self._concepts = concepts
        self._rate = rate
        self._lengths: dict[str, int] = {}
        self._around = Surroundings(concepts=concepts.types.keys(), assets=assets)

    def read(
        self, node: tree.Node, path: Path, scene: str
    ) -> tuple[ScriptShot, Fields, list[Way]] | None:
        """The shot with its fields and its ways on, their targets still as written.

        None where it has no id of its own; what is wrong in it is found all the same.
        """
        fields = Fields.of(node, path, self._findings, known=KEYS, what="a shot", hint=EXAMPLE)
        if fields is None:
            return None
        key = fields.id("id")
        if key is None and fields.get("id") is None:
            fields.error("missing_id", "a shot needs an id; write id: SH0010")
        code = f"{scene}_{key}" if scene else key or ""
        choices, ways = self._choices(fields, scene, code)
        shot = ScriptShot(
            key=key or "",
            code=code,
            was=self._was(fields),
            title=fields.text("title") or "",
            content=fields.text("content") or "",
            duration=self._duration(fields),
            camera=self._camera(fields),
            cast=self._cast(fields),
            dialogue=self._dialogue(fields),
            choices=choices,
            media=read_items(fields, self._around),
            line=node.line,
        )
        return (shot, fields, ways) if key is not None else None

    def _was(self, fields: Fields) -> str | None:
        text = fields.text("was")
        if text is None:
            return None
        text = names.canonical(text)
        if names.is_code(text):
            return text
        message = f"was: {text[:80]!r} can't be a shot; write the id it had, such as SH0005"
        fields.error("bad_id", message, "was")
        return None

    def _duration(self, fields: Fields) -> int:
        written, frames = fields.text("duration"), fields.get("frames")
        if written is not None and frames is not None:
            message = "duration and frames say the same; write one of them"
            fields.error("bad_duration", message, "frames")
            return 0
        if frames is not None:
            return self._frames(fields, frames)
        if written is None:
            return 0
        if written not in self._lengths:
            try:
                self._lengths[written] = durations.frames(written, self._rate)
            except ValueError as problem:
                fields.error("bad_duration", str(problem), "duration")
                return 0
        return self._lengths[written]

    def _frames(self, fields: Fields, frames: tree.Node) -> int:
        value = frames.value if isinstance(frames, tree.Scalar) else None
        most = durations.most_frames(self._rate)
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most:
            return value
        message = f"frames must be a whole number from 1 to {most}; write frames: 108"
        fields.error("bad_duration", message, "frames")
        return 0

    def _camera(self, fields: Fields) -> Camera:
        node = fields.get("camera")
        if node is None:
            return NO_CAMERA
        camera = Fields.of(
            node,
            (*fields.path, "camera"),
            self._findings,
            known=("size", "angle", "movement"),
            what="camera",
            hint="camera: {size: wide, angle: low, movement: tilt up}",
        )
        if camera is None:
            return NO_CAMERA
        return Camera(
            size=camera.text("size"), angle=camera.text("angle"), movement=camera.text("movement")
        )

    def _cast(self, fields: Fields) -> tuple[str, ...]:
        cast: dict[str, None] = {}
        for node, path in fields.items("cast", "mira"):
            key = names.canonical(node.text) if isinstance(node, tree.Scalar) else ""
            if key in self._concepts.types:
                cast[key] = None
                continue
            guess = self._findings.guess(key, self._concepts.types) or "; declare it in concepts"
            message = f"{key[:80]!r} in the cast is no concept{guess}"
            self._findings.error("unknown_cast", message, node, path)
        return tuple(cast)

    def _dialogue(self, fields: Fields) -> tuple[Line, ...]:
        lines: list[Line] = []
        for node, path in fields.items("dialogue", "{speaker: mira, text: …}"):
            if isinstance(node, tree.Scalar):
                lines.append(Line(speaker=None, text=node.text))
                continue
            line = Fields.of(
                node,
                path,
                self._findings,
                known=("speaker", "text"),
                what="a line of dialogue",
                hint="{speaker: mira, text: …}",
            )
            text = line.text("text") if line is not None else None
            if line is None:
                continue
            if text is None:
                line.error("missing_field", "a line of dialogue needs its text; write text: …")
                continue
            lines.append(Line(speaker=self._speaker(line), text=text))
        return tuple(lines)

    def _speaker(self, line: Fields) -> str | None:
        speaker = line.text("speaker")
        if speaker is None:
            return None
        speaker = names.canonical(speaker)
        if speaker not in self._concepts.types:
            near = self._findings.close(speaker, self._concepts.types, cutoff=0.75)
            if near is not None:
                message = f"the speaker {speaker!r} is no concept; did you mean {near}?"
                line.warning("unknown_speaker", message, "speaker")
        return speaker

    def _choices(
        self, fields: Fields, scene: str, code: str
    ) -> tuple[tuple[Choice, ...], list[Way]]:
        choices: list[Choice] = []
        ways: list[Way] = []
        for node, path in fields.items("choices", "{text: Light it, to: SH0020}"):
            choice = Fields.of(
                node,
                path,
                self._findings,
                known=("text", "to"),
                what="a choice",
                hint="{text: Light it, to: SH0020}",
            )
            text = choice.text("text") if choice is not None else None
            if choice is None:
                continue
            if text is None:
                choice.error("missing_field", "a choice needs its text; write text: Light it")
                continue
            to = choice.text("to")
            if to is not None:
                target = choice.get("to")
                assert target is not None
                place = (*path, "to")
                ways.append(Way(scene, code, len(choices), names.canonical(to), target, place))
            choices.append(Choice(text=text, to=None))
        return tuple(choices), ways
