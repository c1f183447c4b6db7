"""The page to compare with: the same cards in the same lazily filled scenes, and nothing else.

Plain HTML and a screenful of script, under the house's own style sheet. No head that counts, no
ribbon, no tally: a change is told to one card, as little as there can be.
"""

from html import escape

from tests.bench.production import BARE, SCENE, code, scene_id

STATES = ("pending", "running", "cancelled")
"""What a change makes of a card, in turn."""
DETAILS = {"pending": "1st in line · fake", "running": "fake", "cancelled": "Stopped before a take"}


def page(key: str, shots: int, pictures: int, opened: str | None) -> str:
    """The whole page: the first scene with its cards, all others with room for them."""
    scenes = "".join(
        _scene(number, shots, pictures, built=number == 1)
        for number in range(1, (shots + SCENE - 1) // SCENE + 1)
    )
    return PAGE.format(
        key=key,
        shots=shots,
        scenes=scenes,
        hidden="" if opened else " hidden",
        opened=escape(opened or ""),
        script=SCRIPT,
    )


def _scene(number: int, shots: int, pictures: int, *, built: bool) -> str:
    count = min(SCENE, shots - (number - 1) * SCENE)
    return (
        f'<section class="scene" data-scene="{scene_id(number)}" data-n="{count}" '
        f'style="--n:{count}"><header class="slug" data-no="{scene_id(number)}">'
        f"<h2>INT. ROOM {number} OF THE TOWER - NIGHT</h2>"
        f'<span class="meta">{count} shots</span></header>'
        f'<div class="fill" data-fill="{number}">'
        f"{cards(number, shots, pictures) if built else ''}</div></section>"
    )


def cards(scene: int, shots: int, pictures: int) -> str:
    first = (scene - 1) * SCENE + 1
    made = "".join(_card(at, pictures) for at in range(first, min(first + SCENE, shots + 1)))
    return f'<div class="cards">{made}</div>'


def _card(number: int, pictures: int) -> str:
    empty = number % BARE == 0
    told = f"Shot {number} of the bench, told in a line of common length."
    name = code(number)
    source = "data:," if empty else f"/pictures/{(number - 1) % pictures}.webp"
    state, flag = ("empty", "empty") if empty else ("succeeded", "done")
    detail = "Nothing asked for yet" if empty else "Take 1 · waits for review"
    return (
        f'<div class="boundary"><article class="card" tabindex="-1" data-shot="{name}" '
        f'data-state="{state}" data-version="1" data-kind="{"" if empty else "fake"}" '
        f'data-flag="{flag}" data-frame="{"void" if empty else "picture"}" '
        f'aria-label="{name}, {detail}. {told}">'
        f'<img class="frame" src="{source}" loading="lazy" decoding="async" alt="{told}">'
        f'<div class="code" data-dur="4.0 s">SH{number:05d}</div>'
        f'<div class="title">{told}</div><div class="state" data-detail="{detail}">{flag}</div>'
        "</article></div>"
    )


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Bare</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/theme.css"></head>
<body class="body--light"><header class="bar"><a class="brand" href="/">Bare</a></header>
<div class="content"><div class="wall" style="--ratio:1.77778"><div class="left">
<section class="head"><div class="top"><div><p class="sub">{shots} shots</p>
<h1>Bench of {shots}</h1></div></div></section>
<main class="strip" data-strip="{key}">{scenes}</main></div>
<div class="drawer"{hidden}><aside class="insp"><header class="ih"><h2>{opened}</h2></header>
<div class="flagbar"><button class="btn" data-verb="generate" data-code="{opened}">Generate</button>
</div></aside></div></div></div><script>{script}</script></body></html>"""

SCRIPT = """
const line = new WebSocket(`ws://${location.host}/ws${location.pathname}`);
const waiting = [];
const send = (order) => line.readyState === 1 ? line.send(order) : waiting.push(order);
line.onopen = () => { waiting.forEach((order) => line.send(order)); window.joined = true; };
line.onmessage = (event) => {
  const news = JSON.parse(event.data);
  if (news.fill) {
    document.querySelector(`[data-fill="${news.fill}"]`).innerHTML = news.html;
    return;
  }
  const card = document.querySelector(`[data-shot="${news.code}"]`);
  if (!card) return;
  card.dataset.state = card.dataset.flag = news.state;
  card.setAttribute("aria-label", `${news.code}, ${news.detail}`);
  const state = card.querySelector(".state");
  state.textContent = news.state;
  state.dataset.detail = news.detail;
  card.dataset.version = news.version;
};
const near = new IntersectionObserver((entries) => entries.forEach((entry) => {
  if (!entry.isIntersecting) return;
  near.unobserve(entry.target);
  send(`fill ${entry.target.dataset.fill}`);
}), { rootMargin: "900px 0px" });
document.querySelectorAll(".fill:empty").forEach((fill) => near.observe(fill));
document.querySelector("[data-verb]").addEventListener("click", (event) =>
  send(`ask ${event.target.dataset.code}`));
"""
