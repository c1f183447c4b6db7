"""Random edits of random scripts: each does what it says, and touches no other line."""

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from domain.errors import Invalid
from domain.story.compiler import compile_script
from domain.story.editing import edited
from domain.story.edits import Delete, Duplicate, Edit, Insert, Move, Set
from domain.story.script import Script, ScriptShot

WORDS = (
    "a lamp",
    "größer, 16:9",
    "yes",
    "010",
    "- no list",
    "a: b # c",
    "it's",
    'say "hi"',
    "{x}",
    "灯台 🎬",
    "",
    " edge ",
    "two\nlines",
    "two\nlines\n",
    "\ttab",
    "*no alias",
    "null",
    "…\u2028\u00ad\u0085",
    "\\n",
)
FORMS = ("block", "rows", "brackets", "lines")


class Writer:
    """Writes scripts in every form people use; the words of a shot's lines bear its id."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - not a secret
        self._number = 0

    def script(self) -> str:
        scenes = [line for name in ("one", "two", "drei") for line in self.scene(name)]
        lines = ["# a film\t# tab", "project: {id: film, fps: 24}  # head", "", "scenes:", *scenes]
        lines += ["concepts:", "  - id: mira  # the keeper", "    type: character"]
        end = self.dice.choice(("\n", "\n", "\r\n"))
        return end.join(lines) + self.dice.choice((end, ""))

    def scene(self, name: str) -> Iterator[str]:
        form = self.dice.choice(FORMS)
        shots = [self.shot() for _ in range(self.dice.randint(0, 4))]
        yield f"  - id: {name}"
        yield f"    title: '{name}'   # as it's told"
        deep = self.dice.choice(("    ", "      ")) if form in ("block", "rows") else "      "
        if not shots:
            yield self.dice.choice(("    shots: []", "    shots:  # none", "    shots: ~"))
        elif form == "brackets":
            yield f"    shots: [{', '.join(self.flow(one) for one in shots)}]  # all"
        elif form == "lines":
            yield "    shots: ["
            for at, one in enumerate(shots):
                is_last = at == len(shots) - 1
                comma = "" if is_last and self.dice.random() < 0.5 else ","
                yield f"      {self.flow(one)}{comma}{self.dice.choice(('', f' # {one}'))}"
            yield "    ]"
        else:
            yield "    shots:"
            airy = self.dice.random() < 0.3
            for one in shots:
                if self.dice.random() < 0.3:
                    yield f"{deep}# about {one}"
                if form == "rows" or self.dice.random() < 0.2:
                    yield f"{deep}- {self.flow(one)}{self.dice.choice(('', f'  # {one}'))}"
                else:
                    yield from (f"{deep}{line}" for line in self.block(one))
                if airy:
                    yield ""

    def shot(self) -> str:
        self._number += 1
        return f"S{self._number}"

    def flow(self, key: str) -> str:
        return (
            f"{{id: {key}, content: 'of {key}', media: [{{media_role: media, media_spec: "
            f'{{type: stable_diffusion, prompt: "p {key}", seed: 1}}}}]}}'
        )

    def block(self, key: str) -> Iterator[str]:
        dash = self.dice.choice(("- ", "-   "))
        pad = " " * len(dash)
        yield f"{dash}id: {key}  # {key}"
        match self.dice.randrange(5):
            case 0:
                yield f"{pad}content: of {key}"
            case 1:
                yield f"{pad}content: |"
                yield f"{pad}  of {key}"
                yield f"{pad}     more of {key}"
            case 2:
                yield f"{pad}content: >-"
                yield f"{pad}   of {key}"
            case 3:
                yield f'{pad}content: "of {key}'
                yield f'{pad}  and {key}"  # {key}'
            case _:
                yield f"{pad}content: of {key}"
                yield f"{pad}  and of {key}"
        if self.dice.random() < 0.5:
            yield f"{pad}camera:   # {key}"
            yield f"{pad}  size: wide {key}"
        if self.dice.random() < 0.5:
            yield f"{pad}# {key}:\tlater"
        yield f"{pad}media:  # {key}"
        yield f"{pad}- media_role: media   # {key}"
        yield f"{pad}  media_spec:  # {key}"
        yield f"{pad}    type: stable_diffusion  # {key}"
        yield f"{pad}    prompt: 'p {key}'"
        if self.dice.random() < 0.3:
            yield f"{pad}# end of {key}"


class Film:
    """A script that is edited, and what it says."""

    def __init__(self, seed: int) -> None:
        self.writer = Writer(seed)
        self.dice = self.writer.dice
        self.text = self.writer.script()

    def said(self) -> Script:
        compiled = compile_script(self.text)
        assert compiled.diagnostics == (), (compiled.diagnostics, self.text)
        return compiled.script

    def shots(self) -> list[ScriptShot]:
        return list(self.said().shots)

    def edit(self) -> Edit:
        shots = self.shots()
        kind = self.dice.choice(("insert", "duplicate", "delete", "move", "set", "set", "set"))
        if kind == "insert" or not shots:
            new = {"id": self.writer.shot(), "content": self.word(), "cast": ["mira"]}
            return Insert(op="insert", shot=new, **self.place(shots))
        shot = self.dice.choice(shots)
        if kind == "move":
            return Move(op="move", shot=shot.code, **self.place(shots))
        if kind == "set":
            return self.set(shot)
        return (Delete if kind == "delete" else Duplicate).model_validate(
            {"op": kind, "shot": shot.code}
        )

    def set(self, shot: ScriptShot) -> Edit:
        if self.dice.random() < 0.1:
            return Set(op="set", concept="mira", field="content", value=self.word())
        if shot.media and self.dice.random() < 0.4:
            field, value = self.dice.choice(
                (("media_spec.prompt", self.word() or "x"), ("media_spec.seed", 7), ("title", None))
            )
            return Set(op="set", shot=shot.code, media="media", field=field, value=value)
        field, value = self.dice.choice(
            (
                ("content", self.dice.choice((*WORDS, None))),
                ("camera.movement", self.dice.choice((self.word(), None))),
                ("duration", f"{self.dice.randint(1, 9)}s"),
            )
        )
        return Set(op="set", shot=shot.code, field=field, value=value)

    def word(self) -> str:
        return self.dice.choice(WORDS)

    def place(self, shots: list[ScriptShot]) -> dict[str, Any]:
        how = self.dice.choice(("after", "before", "scene"))
        if how == "scene" or not shots:
            return {"scene": self.dice.choice(("one", "two", "drei"))}
        return {how: self.dice.choice(shots).code}


def facts(script: Script) -> dict[str, Any]:
    """What each shot says by its code, and the order within each scene."""
    scenes = {scene.key: [shot.key for shot in scene.shots] for scene in script.scenes}
    return {
        "scenes": scenes,
        "shots": {shot.code: shot.model_dump(exclude={"line"}) for shot in script.shots},
        "concepts": [one.model_dump(exclude={"line"}) for one in script.concepts],
    }


def others(text: str, edit: Edit) -> list[str]:
    """Lines that speak of other shots than the edited one and its copies, and the frame."""
    whom = "" if isinstance(edit, Insert) else str(edit.shot).rpartition("_S")[2]
    name = f"S{whom.partition('_')[0]}"
    return [
        line
        for line in bare(text)
        if not line.startswith("    shots:")
        and (((names := re.findall(r"S[0-9]+", line)) and name not in names) or _FRAME.match(line))
    ]


def bare(text: str) -> list[str]:
    """Lines; of two that stand among brackets the first needs a comma."""
    return [line.rstrip("\r").replace("},", "}") for line in text.split("\n")]


_FRAME = re.compile(r"# a film|project:|scenes:|  - id: |    title:|concepts:|    type: char")


@pytest.mark.parametrize("seed", range(40))
def test_an_edit_does_what_it_says_and_touches_no_other_line(seed: int) -> None:
    film = Film(seed)
    refused = 0
    for _ in range(12):
        before, script = film.text, film.said()
        edit = film.edit()
        if is_refused(film, edit):
            refused += 1
            continue
        now = film.said()
        lines = iter(bare(film.text))
        assert all(one in lines for one in others(before, edit)), (edit, before, film.text)
        assert_done(edit, facts(script), facts(now))
        ends = "\r\n" in before
        assert ("\r\n" in film.text.replace("two\r\n", "")) == ends or not ends
        assert not ends or "\n" not in film.text.replace("\r\n", "")
    assert refused < 8


def is_refused(film: Film, edit: Edit) -> bool:
    """Do it; whether it can't be done, which is so of lines that should go among brackets."""
    try:
        film.text = edited(film.text, [edit])
    except Invalid as error:
        if error.code != "other_style":
            raise
        return True
    return False


def assert_done(edit: Edit, old: dict[str, Any], new: dict[str, Any]) -> None:
    order = {name: [*keys] for name, keys in old["scenes"].items()}
    match edit:
        case Set():
            assert order == new["scenes"]
            changed = {code for code in new["shots"] if new["shots"][code] != old["shots"][code]}
            assert changed <= {edit.shot}
            return
        case Delete():
            scene, key = edit.shot.split("_", 1)
            order[scene].remove(key)
        case Duplicate():
            scene, key = edit.shot.split("_", 1)
            [added] = set(new["shots"]) - set(old["shots"])
            order[scene].insert(order[scene].index(key) + 1, added.split("_", 1)[1])
            ours = {"key", "code", "was"}
            copy = {k: v for k, v in new["shots"][added].items() if k not in ours}
            assert copy == {k: v for k, v in old["shots"][edit.shot].items() if k not in ours}
        case Move():
            scene, key = edit.shot.split("_", 1)
            if edit.shot in (edit.after, edit.before):
                assert order == new["scenes"]
                return
            order[scene].remove(key)
            put(order, edit, key)
        case Insert():
            put(order, edit, str(edit.shot["id"]))
    assert order == new["scenes"]
    if not isinstance(edit, Move):
        kept = set(old["shots"]) & set(new["shots"])
        assert all(old["shots"][code] == new["shots"][code] for code in kept)


def put(order: dict[str, list[str]], edit: Move | Insert, key: str) -> None:
    if edit.scene is not None:
        order[edit.scene].append(key)
        return
    scene, beside = str(edit.after or edit.before).split("_", 1)
    order[scene].insert(order[scene].index(beside) + (edit.after is not None), key)
