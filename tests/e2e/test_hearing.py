"""Clips and lines in the inspector: played in place, nothing fetched before, each word lit."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import House, ready
from tests.e2e.people import inspector

pytestmark = pytest.mark.e2e

SCRIPT = """\
project: {id: film, title: The Film, fps: 12, providers: {image: fake}}
blocks:
  - id: A
    content: The lamp goes out.
    duration: 2s
    camera: {movement: pan left}
    media:
      - media_id: frame
        media_role: narrative_im
        media_spec: {type: stable_diffusion, prompt: a lamp, width: 320, height: 180}
      - media_id: line
        media_role: dialog_vo
        media_spec: {type: tts, text: "It went out in the night.", pace: slow}
      - media_id: clip
        media_role: video_cutscene
        media_spec: {type: video, from: frame}
"""
INSTANT = {"FRAMEWRIGHT_FAKE_SPEED": "0", "FRAMEWRIGHT_FAKE_ART": "plain"}


def open_slot(page: Page, name: str) -> None:
    inspector(page).get_by_role("tab", name=name).click()


def test_a_clip_waits_for_its_frame_to_be_selected_and_is_then_there_to_be_played_p3(
    house: House,
) -> None:
    house.serves(SCRIPT, env=INSTANT)
    page = house.strip()
    page.get_by_role("button", name="Make 3 missing").click()
    page.goto("/p/film/s/A")
    ready(page)
    open_slot(page, "Clip")
    expect(inspector(page).get_by_role("note")).to_contain_text("Select a frame for video")
    open_slot(page, "Frame")
    inspector(page).get_by_role("button", name="Select for video").click()
    open_slot(page, "Clip")
    video = inspector(page).locator("video")
    expect(video).to_be_visible(timeout=60_000)
    expect(video).to_have_attribute("preload", "none")
    expect(video).to_have_attribute("poster", re.compile(r"^/media/\w+[.]mp4[?].*w=640"))
    assert video.evaluate("e => e.readyState") == 0
    expect(inspector(page)).to_contain_text("take 1 of frame and take 1 of line")
    expect(inspector(page)).to_contain_text("camera_move (fake)")
    prompt = inspector(page).get_by_label("Prompt", exact=True)
    expect(prompt).to_have_value("pan left")
    open_slot(page, "Voice")
    expect(prompt).to_have_value("It went out in the night.")


def test_a_line_is_heard_and_its_words_are_lit_one_by_one_r79(house: House) -> None:
    house.serves(SCRIPT, env=INSTANT)
    page = house.strip()
    page.get_by_role("button", name="Make 3 missing").click()
    page.goto("/p/film/s/A")
    ready(page)
    open_slot(page, "Voice")
    audio = inspector(page).locator("audio")
    expect(audio).to_be_visible(timeout=60_000)
    expect(audio).to_have_attribute("aria-label", "Voice of The lamp goes out.")
    words = inspector(page).locator(".said > span")
    expect(words).to_have_text(["It", "went", "out", "in", "the", "night."])
    expect(inspector(page).locator(".said > [data-now]")).to_have_count(0)
    audio.evaluate("e => { e.muted = true; return e.play() }")
    lit = inspector(page).locator(".said > [data-now]")
    expect(lit).to_have_count(1)
    expect(words.last).to_have_attribute("data-now", "")
