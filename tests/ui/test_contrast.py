"""Every pair of colours that is read meets WCAG: 4.5 for text, 3 for big words and controls."""

import re

import pytest

from ui.components.flag import FlagName
from ui.theme import stylesheet

Rgb = tuple[float, float, float]
FLAGS = sorted(set(FlagName) - {FlagName.CHANGED})  # which wears the colours of approved


def tokens(selector: str) -> dict[str, str]:
    """The custom properties a block of the sheet sets."""
    found: dict[str, str] = {}
    for block in re.findall(
        rf"^{re.escape(selector)} \{{(.*?)^\}}", stylesheet(), re.DOTALL | re.MULTILINE
    ):
        found.update(re.findall(r"--([\w-]+): ([^;]+);", block))
    return found


LIGHT = tokens("body")
DARK = {**LIGHT, **tokens("body.body--dark")}
THEMES = {"dark": DARK, "light": LIGHT}


def rgb(value: str) -> Rgb:
    assert re.fullmatch(r"#[0-9a-f]{6}", value), value
    return tuple(int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))  # type: ignore[return-value]


def mix(top: Rgb, percent: float, ground: Rgb) -> Rgb:
    share = percent / 100
    return tuple(a * share + b * (1 - share) for a, b in zip(top, ground, strict=True))  # type: ignore[return-value]


def luminance(colour: Rgb) -> float:
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Rgb, other: Rgb) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["ink", "ink-2", "ink-3"])
@pytest.mark.parametrize("ground", ["wall", "rail", "card", "raise", "well", "field"])
def test_ink_is_read_on_every_surface(theme: str, ink: str, ground: str) -> None:
    colours = THEMES[theme]
    assert contrast(rgb(colours[ink]), rgb(colours[ground])) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("flag", FLAGS)
def test_the_word_and_the_detail_are_read_on_the_flag(theme: str, flag: str) -> None:
    colours = THEMES[theme]
    card = rgb(colours["card"])
    text = rgb(colours[f"s-{flag}"])
    fill = rgb(colours.get(f"f-{flag}", colours[f"s-{flag}"]))
    on = rgb(colours.get(f"on-{flag}", colours["ink-inv"]))
    if flag in ("failed", "blocked"):
        assert contrast(on, fill) >= 4.5
        return
    quiet = flag in ("empty", "pending", "done", "cancelled")
    tint = 6.0 if quiet else float(colours["tint"].rstrip("%"))
    row = mix(text if quiet else fill, tint, card)
    assert contrast(text, row) >= 4.5
    assert contrast(rgb(colours["ink-2"]), row) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("flag", FLAGS)
def test_a_glyph_is_seen_in_the_frame_on_its_tile_and_as_a_mark(theme: str, flag: str) -> None:
    colours = THEMES[theme]
    text = rgb(colours[f"s-{flag}"])
    fill = rgb(colours.get(f"f-{flag}", colours[f"s-{flag}"]))
    on = rgb(colours.get(f"on-{flag}", colours["ink-inv"]))
    assert contrast(text, rgb(colours["well"])) >= 4.5
    assert contrast(on, fill) >= 4.5
    if flag not in ("failed", "blocked"):
        assert contrast(text, mix(text, 12, rgb(colours["card"]))) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("on-hand", "hand", 4.5),
        ("on-hand", "hand-press", 4.5),
        ("hand-ink", "card", 4.5),
        ("hand-ink", "rail", 4.5),
        ("on-fix", "fix", 4.5),
        ("leader-ink", "leader-bone", 4.5),
        ("ring", "wall", 3),
        ("ring", "card", 3),
        ("hand-line", "card", 3),
        ("line-2", "card", 3),
        ("line-2", "rail", 3),
        ("line-2", "wall", 3),
        ("wall", "ink", 4.5),
        ("on-picture", "house", 4.5),
        ("on-picture", "house-raise", 4.5),
        ("on-picture", "house-screen", 4.5),
        ("house-2", "house", 4.5),
        ("house-2", "house-raise", 4.5),
        ("house-2", "house-screen", 4.5),
        ("house-line", "house", 3),
        ("house-ring", "house", 3),
        ("leader-ink", "house-ring", 4.5),
    ],
)
def test_controls_are_seen_and_their_words_read(
    theme: str, one: str, other: str, least: float
) -> None:
    colours = THEMES[theme]
    assert contrast(rgb(colours[one]), rgb(colours[other])) >= least


@pytest.mark.parametrize("theme", THEMES)
def test_old_and_new_inputs_are_read_on_their_box(theme: str) -> None:
    colours = THEMES[theme]
    box = mix(rgb(colours["s-stale"]), float(colours["tint"].rstrip("%")), rgb(colours["card"]))
    assert contrast(rgb(colours["ink-2"]), box) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_a_big_word_is_read_on_the_whitest_dimmed_picture(theme: str) -> None:
    white = (0.34, 0.34, 0.34)  # brightness(.34) of white
    assert contrast(rgb(THEMES[theme]["big-on-dim"]), white) >= 3


@pytest.mark.parametrize("ink", ["on-picture", "house-2"])
def test_a_caption_is_read_on_the_whitest_picture(ink: str) -> None:
    [shade, share] = re.findall(r"rgba\((.*), ([.\d]+)\)", LIGHT["over-picture"])[0]
    plate: Rgb = tuple(int(one) / 255 for one in shade.split(","))  # type: ignore[assignment]
    assert contrast(rgb(LIGHT[ink]), mix(plate, 100 * float(share), (1.0, 1.0, 1.0))) >= 4.5
