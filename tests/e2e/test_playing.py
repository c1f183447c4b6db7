"""The story played in a browser: by itself, by keys, by choices, with sound after a press alone."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import PATIENCE_MS, House, connected, ready
from tests.e2e.people import card, inspector
from tests.e2e.test_inspecting import INSTANT
from tests.e2e.watching import Requests
from tests.services.server import Server
from tests.storage.media_files import clip, sound

pytestmark = [pytest.mark.e2e, pytest.mark.proof]

STORY = """
project:
  id: film
  title: The Film
  fps: 24
  providers: {image: fake, voice: fake}
concepts:
  - id: mira
    type: character
    title: Mira
    content: The keeper's daughter.
    media:
      - media_id: look
        media_role: concept_image
        media_spec: {type: stable_diffusion, prompt: portrait of Mira}
scenes:
  - id: sc1
    title: INT. LAMP ROOM - NIGHT
    shots:
      - id: A
        content: Mira climbs.
        duration: 1.5s
        cast: [mira]
        dialogue: [{speaker: mira, text: It went out.}]
        media:
          - media_id: frame
            media_role: narrative_im
            media_spec: {type: stable_diffusion, prompt: stairs}
            staging_hints: {placement: background, z_index: 0}
          - media_id: glow
            media_role: narrative_im
            media_spec: {type: stable_diffusion, prompt: a glow, width: 512, height: 512}
            staging_hints: {placement: foreground, orientation: square, z_index: 50, opacity: 0.6}
          - media_id: line
            media_role: dialog_vo
            media_spec: {type: tts, text: Out.}
          - media_id: score
            media_role: ambient_music
            media_path: assets/wind.wav
            staging_hints: {volume: 0.8}
      - id: B
        content: The lens is dark.
        duration: 1s
        media:
          - media_id: frame
            media_role: narrative_im
            media_spec: {type: stable_diffusion, prompt: lens}
          - media_id: clip
            media_role: video_cutscene
            media_spec: {type: video, from: frame, prompt: tilt up, seconds: 2}
      - id: C
        content: Nobody ever drew this.
        duration: 0.5s
        media:
          - media_id: frame
            media_role: narrative_im
            media_spec: {type: stable_diffusion, prompt: nothing, demo: content_policy}
        choices:
          - {text: Wait, to: D}
          - {text: Light it, to: E}
          - {text: Read the map, to: sc2_F}
      - id: D
        content: She waits.
        duration: 60s
        media:
          - media_id: frame
            media_role: narrative_im
            media_spec: {type: stable_diffusion, prompt: a clock}
      - {id: E, content: It burns., duration: 0.5s}
  - id: sc2
    shots:
      - id: F
        content: The map.
        duration: 0.5s
        media: [{media_id: map, hard_requirement: true, media_path: assets/map.png}]
"""
WATCH = """() => {
  window.shown = [];
  const root = document.querySelector(".theatre");
  const note = () => {
    const on = document.querySelector(".screen[data-now]");
    const now = root.dataset.phase === "playing" ? on && on.dataset.screen : root.dataset.phase;
    if (now && window.shown.at(-1) !== now) window.shown.push(now);
  };
  new MutationObserver(note).observe(root, {subtree: true, attributes: true});
}"""
SOUNDING = """() => Object.fromEntries([...document.querySelectorAll("audio")].map((one) =>
  [one.dataset.voice === undefined ? "music" : "voice",
   {heard: !one.paused && !one.ended, volume: one.volume, loop: one.loop}]))"""
HEARD = """(kind) => [...document.querySelectorAll("audio")].some((one) =>
  (one.dataset.voice === undefined ? "music" : "voice") === kind && one.currentTime > 0)"""


class Cinema:
    """The story with its media made, and people who watch it."""

    def __init__(self, house: House) -> None:
        self.house = house
        house.serves(STORY, env=INSTANT)
        self._post("/projects/film/generate")
        page = house.strip()
        for code in ("sc1_A", "sc1_B", "sc1_D"):
            expect(card(page, code)).to_have_attribute("data-state", "succeeded")
        self._bring("sc1_A", "score", "wind.wav", sound(5))
        self._bring("sc1_B", "clip", "tilt.mp4", clip())

    def _bring(self, code: str, media_id: str, name: str, data: bytes) -> None:
        """A person's own medium for a slot."""
        [slot] = [one for one in self.slots(code) if one["media_id"] == media_id]
        url = f"{self.house.server.url}/api/v1/slots/{slot['id']}/takes"
        answer = httpx.post(url, headers=self.house.owner, files={"file": (name, data)}, timeout=30)
        assert answer.is_success, answer.text

    def _post(self, path: str, **body: Any) -> Any:
        url = f"{self.house.server.url}/api/v1{path}"
        answer = httpx.post(url, headers=self.house.owner, json=body or None)
        assert answer.is_success, answer.text
        return answer.json()

    def make_another(self, code: str) -> None:
        """A further take of a shot's picture, and it is there."""
        [slot] = [s for s in self.slots(code) if s["media_id"] == "frame"]
        self._post(f"/slots/{slot['id']}/generate", seed=slot["takes"])

    def slots(self, code: str) -> Any:
        [shot] = [one for one in self.house.board()["shots"] if one["code"] == code]
        return shot["slots"]

    def seat(self, size: str = "desk", at: str | None = None) -> Page:
        page = self.house.visitor(size)
        page.goto(f"/p/film/play{f'?from={at}' if at else ''}")
        expect(theatre(page)).to_have_attribute("data-phase", "title")
        expect(page.locator(".screen[data-now]")).to_have_count(1)
        connected(page)
        return page


@pytest.fixture(scope="module")
def cinema(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Cinema]:
    """One for all: watching changes nothing."""
    expect.set_options(timeout=PATIENCE_MS)
    folder = tmp_path_factory.mktemp("cinema")
    with ExitStack() as stack:

        def start(
            *arguments: str | Path,
            data: Path | None = None,
            port: int = 0,
            env: Mapping[str, str] = {},
        ) -> Server:
            started = Server(data or folder, *arguments, port=port, env=env)
            stack.callback(started.kill)
            return started

        yield Cinema(House(folder, browser, start))


@pytest.fixture(autouse=True)
def _everybody_leaves(cinema: Cinema) -> Iterator[None]:
    yield
    cinema.house.close()


def theatre(page: Page) -> Locator:
    return page.locator(".theatre")


def is_at(page: Page, code: str) -> None:
    expect(page.locator(".screen[data-now]")).to_have_attribute("data-screen", code)


def is_in(page: Page, phase: str) -> None:
    expect(theatre(page)).to_have_attribute("data-phase", phase)


def test_it_plays_by_itself_to_a_choice_and_from_there_to_the_end(cinema: Cinema) -> None:
    page = cinema.seat()
    page.evaluate(WATCH)
    asked = Requests(page)
    page.keyboard.press("Space")
    is_in(page, "choosing")
    page.keyboard.press("2")
    is_in(page, "over")
    assert page.evaluate("() => window.shown") == [
        *("sc1_A", "sc1_B", "sc1_C", "choosing", "sc1_E", "sc2_F", "over")
    ]
    assert asked.scripted == []
    assert asked.sockets == []
    assert all("/media/" in one for one in asked.addresses), asked.addresses
    expect(page.get_by_role("heading", name="The end")).to_be_visible()
    page.get_by_role("button", name="Watch again").click()
    is_at(page, "sc1_A")
    is_in(page, "playing")
    assert cinema.house.errors == []


def test_a_shot_lasts_as_long_as_the_script_says(cinema: Cinema) -> None:
    page = cinema.seat()
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    is_in(page, "paused")
    for code, lasts in (("sc1_A", "1.5s"), ("sc1_B", "1s"), ("sc1_C", "0.5s")):
        is_at(page, code)
        expect(page.locator(".reel .light")).to_have_css("animation-duration", lasts)
        expect(page.locator(".reel .light")).to_have_css("animation-play-state", "paused")
        page.keyboard.press("ArrowRight")


def test_nothing_sounds_before_a_press_and_music_goes_under_the_voice(cinema: Cinema) -> None:
    page = cinema.seat()
    assert page.evaluate(SOUNDING) == {}
    page.get_by_role("button", name="Press Space to begin").click()
    page.wait_for_function(HEARD, arg="voice")
    page.keyboard.press("Space")
    is_in(page, "paused")
    now = page.evaluate(SOUNDING)
    assert (now["music"]["volume"], now["music"]["loop"]) == (pytest.approx(0.2), True)
    assert (now["voice"]["volume"], now["voice"]["loop"]) == (1, False)
    page.wait_for_function(f"() => Object.values(({SOUNDING})()).every((one) => !one.heard)")
    page.locator("audio[data-voice]").dispatch_event("ended")
    page.wait_for_function(f"() => Math.abs(({SOUNDING})().music.volume - 0.8) < 0.01")
    page.keyboard.press("Space")
    page.wait_for_function(f"() => ({SOUNDING})().music.heard")
    page.keyboard.press("ArrowRight")
    is_at(page, "sc1_B")
    page.wait_for_function(f"() => ({SOUNDING})().music.heard && !({SOUNDING})().voice")


def test_music_goes_on_through_its_scene_and_no_further(cinema: Cinema) -> None:
    page = cinema.seat()
    page.keyboard.press("Space")
    page.wait_for_function(HEARD, arg="music")
    page.keyboard.press("Space")
    page.evaluate("() => window.music = document.querySelector('audio:not([data-voice])')")
    for code in ("sc1_B", "sc1_C", "sc1_D", "sc1_E"):
        page.keyboard.press("ArrowRight")
        is_at(page, code)
        assert page.evaluate("() => window.music.isConnected && 'now' in window.music.dataset")
    page.keyboard.press("ArrowRight")
    is_at(page, "sc2_F")
    page.wait_for_function(f"() => !Object.keys(({SOUNDING})()).length")
    assert cinema.house.errors == []


def test_keys_walk_pause_and_leave(cinema: Cinema) -> None:
    page = cinema.seat()
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    is_in(page, "paused")
    for key, code in [
        ("ArrowRight", "sc1_B"),
        ("ArrowRight", "sc1_C"),
        ("ArrowLeft", "sc1_B"),
        ("Home", "sc1_A"),
        ("ArrowLeft", "sc1_A"),
    ]:
        page.keyboard.press(key)
        is_at(page, code)
        is_in(page, "paused")
    page.get_by_role("button", name="Next shot").click()
    is_at(page, "sc1_B")
    page.get_by_role("button", name="Next shot").focus()
    page.keyboard.press("Space")
    is_at(page, "sc1_C")
    is_in(page, "paused")
    page.keyboard.press("ArrowRight")
    is_at(page, "sc1_D")
    page.keyboard.press("Escape")
    ready(page)
    expect(page).to_have_url(re.compile("/p/film$"))


def test_captions_are_on_until_they_are_turned_off(cinema: Cinema) -> None:
    page = cinema.seat()
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    captions = page.get_by_role("group", name="Captions")
    expect(captions.get_by_text("Mira climbs.")).to_be_visible()
    expect(captions.get_by_text("It went out.")).to_be_visible()
    expect(captions.locator(".caption[data-who=Mira] img")).to_have_js_property(
        "complete", value=True
    )
    page.keyboard.press("c")
    expect(captions).to_be_hidden()
    page.keyboard.press("ArrowRight")
    is_at(page, "sc1_B")
    expect(captions).to_be_hidden()
    page.get_by_role("button", name="Captions").click()
    expect(captions.get_by_text("The lens is dark.")).to_be_visible()


def test_pictures_are_staged_by_their_hints(cinema: Cinema) -> None:
    page = cinema.seat(at="sc1_A")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    back, front = page.locator(".screen[data-now] .layer").all()
    expect(back).to_have_attribute("data-placement", "background")
    expect(front).to_have_css("opacity", "0.6")
    expect(front).to_have_css("z-index", "50")
    stage = page.locator(".picture").bounding_box()
    assert back.bounding_box() == stage
    square = front.bounding_box()
    assert square is not None
    assert square["width"] == pytest.approx(square["height"], abs=1)
    assert stage is not None
    assert stage["width"] / stage["height"] == pytest.approx(16 / 9, rel=0.01)
    expect(page.locator(".leader").filter(has_text="DEMO")).to_be_visible()


def test_a_clip_takes_the_place_of_its_picture(cinema: Cinema) -> None:
    page = cinema.seat(at="sc1_B")
    page.keyboard.press("Space")
    clip = page.locator(".screen[data-now] video.layer")
    expect(clip).to_be_visible()
    expect(page.locator(".screen[data-now] img.layer")).to_have_count(0)
    page.wait_for_function("() => document.querySelector('video').currentTime > 0")


def test_without_a_picture_the_words_stand_in_its_place(cinema: Cinema) -> None:
    page = cinema.seat(at="sc1_C")
    page.keyboard.press("Space")
    slate = page.locator(".screen[data-now] .slate")
    expect(slate.get_by_text("Nobody ever drew this.")).to_be_visible()
    expect(slate.get_by_text("No picture yet: failed")).to_be_visible()
    expect(page.get_by_role("group", name="Captions")).to_be_hidden()


def test_a_choice_is_a_button_and_a_closed_one_says_why(cinema: Cinema) -> None:
    page = cinema.seat(at="sc1_C")
    page.keyboard.press("Space")
    is_in(page, "choosing")
    closed = page.get_by_role("button", name="Read the map")
    expect(closed).to_be_disabled()
    expect(closed).to_contain_text("map")
    page.keyboard.press("3")
    page.keyboard.press("4")
    page.get_by_role("button", name="Light it").click()
    is_at(page, "sc1_E")


def test_a_take_that_comes_while_it_plays_is_in_the_next_showing(cinema: Cinema) -> None:
    page = cinema.seat(at="sc1_C")
    page.keyboard.press("Space")
    waiting = page.locator(".screen:not([data-now])[data-screen=sc1_D] img.layer")
    first = waiting.get_attribute("src") or ""
    cinema.make_another("sc1_D")
    expect(waiting).not_to_have_attribute("src", first)
    second = waiting.get_attribute("src") or ""
    page.keyboard.press("1")
    is_at(page, "sc1_D")
    shown = page.locator(".screen[data-now] img.layer")
    expect(shown).to_have_attribute("src", second)
    cinema.make_another("sc1_D")
    fresh = cinema.seat(at="sc1_D")
    expect(fresh.locator(".screen[data-now] img.layer")).not_to_have_attribute("src", second)
    expect(shown).to_have_attribute("src", second)
    page.keyboard.press("ArrowLeft")
    is_at(page, "sc1_C")
    page.keyboard.press("ArrowRight")
    is_at(page, "sc1_D")
    expect(shown).not_to_have_attribute("src", second)
    assert cinema.house.errors == []


def test_before_it_begins_the_title_lies_on_the_picture_of_today(cinema: Cinema) -> None:
    page = cinema.seat(at="sc1_D")
    picture = page.locator(".screen[data-now] img.layer")
    before = picture.get_attribute("src") or ""
    cinema.make_another("sc1_D")
    expect(picture).not_to_have_attribute("src", before)


@pytest.mark.parametrize("seconds", [5, pytest.param(60, marks=pytest.mark.proof)])
def test_a_page_that_does_not_play_asks_for_nothing(cinema: Cinema, seconds: int) -> None:
    page = cinema.seat()
    page.wait_for_load_state("networkidle")
    asked = Requests(page)
    page.wait_for_timeout(seconds * 1000)
    assert asked.addresses == []
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    is_in(page, "paused")
    page.wait_for_load_state("networkidle")
    asked = Requests(page)
    page.wait_for_timeout(seconds * 1000)
    assert asked.addresses == []
    assert asked.sockets == []
    is_at(page, "sc1_A")


def test_the_strip_leads_to_it_and_a_shot_to_its_place_in_it(cinema: Cinema) -> None:
    page = cinema.house.strip()
    page.evaluate("() => window.stayed = true")
    page.get_by_role("link", name="Play", exact=True).first.click()
    expect(page.get_by_role("heading", name="The Film")).to_be_visible()
    theatre(page).get_by_role("link", name="Strip").click()
    ready(page)
    card(page, "sc1_B").click()
    inspector(page).get_by_role("link", name="Play from here").click()
    is_at(page, "sc1_B")
    page.keyboard.press("Space")
    is_in(page, "playing")
    assert page.evaluate("() => window.stayed")


@pytest.mark.parametrize("size", ["phone", "tablet", "desk"])
def test_everything_is_within_the_window_in_every_size(cinema: Cinema, size: str) -> None:
    page = cinema.seat(size, at="sc1_C")
    page.keyboard.press("Space")
    is_in(page, "choosing")
    for name in ("1 Wait", "2 Light it", "Play", "Next shot"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
