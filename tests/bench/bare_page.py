"""The page to compare with: what the house's page shows, in plain HTML under the same style sheet.

The same cards in the same lazily filled scenes, the same head with its ribbon and tally, and of
the inspector the parts that a change repaints; so both browsers have the same to paint.
"""

from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Any

from tests.bench.bare_script import SCRIPT
from tests.bench.production import BARE, SCENE, code, scene_id
from ui.components.flag_name import FlagName
from ui.components.ribbon import draw
from ui.components.tally import SHOWN

FRAMES = 96
"""Of one shot."""
LOOKS: Mapping[str, tuple[str, str | None, str]] = {
    "pending": ("pending", "1st", "1st in line · fake"),
    "running": ("running", None, "fake · take 1 shown"),
    "succeeded": ("done", None, "Take 1 · waits for review"),
    "cancelled": ("cancelled", None, "Stopped before a take came"),
    "empty": ("empty", None, "Nothing asked for yet"),
}
"""State → flag, the big word in the frame, the detail."""


def news(name: str, version: int, state: str) -> dict[str, Any]:
    """What a change makes of a card: its attributes and words."""
    flag, big, detail = LOOKS[state]
    at = int(name.rpartition("SH")[2])
    is_bare = at % BARE == 0
    dims = state in ("pending", "running")
    wears = {
        "state": state,
        "version": version,
        "kind": None if is_bare else "fake",
        "flag": flag,
        "frame": "void" if is_bare else "dim" if dims else "picture",
        "big": big,
        "clock": "" if state == "running" else None,
    }
    word = FlagName(flag).word
    label = f"{name}, {word}. {detail}. {told(at)}"
    return {
        "code": name,
        "version": version,
        "wears": wears,
        "word": word,
        "detail": detail,
        "label": label,
    }


def sums(flags: list[str]) -> dict[str, Any]:
    """What is counted over all shots, in the script's order."""
    known = [FlagName(one) for one in flags]
    stops, skyline = draw([(scene_id(at // SCENE + 1), FRAMES) for at in range(len(flags))], known)
    counts = Counter(known)
    return {
        "sums": {name.value: counts[name] for name in SHOWN},
        "all": len(flags),
        "missing": counts[FlagName.EMPTY] + counts[FlagName.CANCELLED],
        "stops": stops,
        "skyline": skyline,
    }


def first_flag(number: int) -> str:
    """Of the nth shot, from 1, before anything was changed."""
    return "empty" if number % BARE == 0 else "done"


def told(number: int) -> str:
    return f"Shot {number} of the bench, told in a line of common length."


def page(key: str, shots: int, pictures: int, opened: str | None) -> str:
    """The whole page: the first scene with its cards, all others with room for them."""
    numbers = range(1, (shots + SCENE - 1) // SCENE + 1)
    scenes = "".join(_scene(at, shots, pictures, built=at == 1) for at in numbers)
    known = sums([first_flag(at) for at in range(1, shots + 1)])
    scale = "".join(
        f'<span style="--d:{FRAMES * min(SCENE, shots - (at - 1) * SCENE)}">{scene_id(at)}</span>'
        for at in numbers
    )
    chips = "".join(
        f'<button class="chip" type="button" data-flag="{name}" data-word="{name.word}"'
        f"{'' if known['sums'][name] else ' data-none'}>{known['sums'][name]}</button>"
        for name in SHOWN
    )
    return PAGE.format(
        key=key,
        shots=shots,
        scenes=scenes,
        scale=scale,
        chips=chips,
        known=known,
        count=len(numbers),
        hidden="" if opened else " hidden",
        opened=escape(opened or ""),
        picture=_picture(int((opened or code(1)).rpartition("SH")[2]), pictures),
        script=SCRIPT,
    )


def _scene(number: int, shots: int, pictures: int, *, built: bool) -> str:
    count = min(SCENE, shots - (number - 1) * SCENE)
    return (
        f'<section class="scene" data-scene="{scene_id(number)}" data-n="{count}" '
        f'style="--n:{count}"><header class="slug" data-no="{scene_id(number)}">'
        f"<h2>INT. ROOM {number} OF THE TOWER - NIGHT</h2>"
        f'<span class="meta" data-time="1:40">{count} shots</span></header>'
        f'<div class="fill" data-fill="{number}">'
        f"{cards(number, shots, pictures) if built else ''}</div></section>"
    )


def cards(scene: int, shots: int, pictures: int) -> str:
    first = (scene - 1) * SCENE + 1
    made = "".join(_card(at, pictures) for at in range(first, min(first + SCENE, shots + 1)))
    return f'<div class="cards">{made}</div>'


def _picture(number: int, pictures: int) -> str:
    return "data:," if number % BARE == 0 else f"/pictures/{(number - 1) % pictures}.webp"


def _card(number: int, pictures: int) -> str:
    name = code(number)
    now = news(name, 1, "empty" if number % BARE == 0 else "succeeded")
    wears = " ".join(
        f'data-{key}="{value}"' for key, value in now["wears"].items() if value is not None
    )
    return (
        f'<div class="boundary"><article class="card" tabindex="-1" data-shot="{name}" {wears} '
        f'aria-label="{now["label"]}">'
        f'<img class="frame" src="{_picture(number, pictures)}" loading="lazy" decoding="async"'
        f' alt="{told(number)}">'
        f'<div class="code" data-dur="4.0 s">SH{number:05d}</div>'
        f'<div class="title">{told(number)}</div>'
        f'<div class="state" data-detail="{now["detail"]}">{now["word"]}</div>'
        "</article></div>"
    )


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Bare</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/theme.css"></head>
<body class="body--light"><header class="bar"><a class="brand" href="/">Bare</a></header>
<div class="content"><div class="wall" style="--ratio:1.77778"><div class="left">
<section class="head"><div class="top"><div><p class="sub">{count} scenes · {shots} shots</p>
<h1>Bench of {shots}</h1></div><p class="clock num">1:06:40</p><div class="acts">
<button class="btn big primary" id="make">Make {known[missing]} missing</button></div></div>
<div class="ribbon"><button class="cut" type="button"
style="--stops:{known[stops]};--skyline:{known[skyline]}"></button></div>
<div class="ribbon-x" aria-hidden="true">{scale}</div>
<div class="tally"><div class="cells" role="group"><button class="chip" type="button"
data-word="All" id="all">{shots}</button>{chips}</div></div></section>
<main class="strip" data-strip="{key}">{scenes}</main></div>
<div class="drawer"{hidden}><aside class="insp" data-inspector="{opened}">
<header class="ih"><h2>{opened}</h2></header>
<div class="stage" data-flag="done" data-frame="picture" data-kind="fake">
<img class="frame corners" src="{picture}" alt=""></div>
<div class="flagbar" data-flag="done"><div class="state" data-detail="Take 1">Ready</div>
<div class="acts"><button class="btn" data-verb="generate" data-code="{opened}">Generate</button>
</div></div></aside></div></div></div><script>{script}</script></body></html>"""
