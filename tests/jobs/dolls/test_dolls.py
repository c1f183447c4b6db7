"""Paper dolls: every word is drawn, in its layer, in one piece, where a hand or a belt is."""

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import resvg_py
from PIL import Image

from domain.media.paperdoll import ACCESSORIES, BODY_TYPES, OUTFITS, PARTS
from jobs.dolls.bodies import BODIES
from jobs.dolls.body import SIDES
from jobs.dolls.compose import DRAWN, HELD, SMALL, carry, compose
from jobs.dolls.outfits import OUTFITS as CUT
from jobs.dolls.sheet import HEIGHT, MIDDLE, PAPER, WIDTH, Layer
from storage.svg import check

ROOT = Path(__file__).parents[3]
EXAMPLE = ("female_athletic", "leather_armor", ("sword", "shield", "health_potion"))
SVG = "{http://www.w3.org/2000/svg}"


def drawing(svg: bytes, width: int = WIDTH) -> Image.Image:
    text = svg.decode()
    data = resvg_py.svg_to_bytes(svg_string=text, width=width, skip_system_fonts=True)
    return Image.open(io.BytesIO(data)).convert("RGBA")


def groups(svg: bytes) -> list[tuple[str, str]]:
    """(layer, part) from the back to the front."""
    found = ET.fromstring(svg).iter(f"{SVG}g")  # noqa: S314 - our own
    return [
        (one.get("data-layer", ""), one.get("data-part", ""))
        for one in found
        if one.get("data-part")
    ]


def alone(svg: bytes, part: str) -> Image.Image:
    """The doll with nothing left but one part."""
    root = ET.fromstring(svg)  # noqa: S314 - our own
    for parent in list(root.iter(f"{SVG}g")):
        for child in list(parent):
            if child.get("data-layer") and child.get("data-part") != part:
                parent.remove(child)
    root.remove(next(one for one in root if one.get("data-layer") == "paper"))
    return drawing(ET.tostring(root))


def left_over(doll: Image.Image) -> int:
    """Pixels of what is drawn on the paper that do not hang together with the rest of it."""
    pixels = np.asarray(doll).astype(int)
    paper = [int(PAPER[at : at + 2], 16) for at in (1, 3, 5)]
    drawn = (pixels[..., 3] > 128) & (np.abs(pixels[..., :3] - paper).max(2) > 10)
    seen = np.zeros_like(drawn)
    seen[tuple(np.argwhere(drawn)[0])] = True
    while True:
        more = seen.copy()
        more[1:] |= seen[:-1]
        more[:-1] |= seen[1:]
        more[:, 1:] |= more[:, :-1]
        more[:, :-1] |= more[:, 1:]
        more &= drawn
        if (more == seen).all():
            return int((drawn & ~seen).sum())
        seen = more


def test_every_word_of_the_script_has_a_drawing_and_no_other_has_r78() -> None:
    assert PARTS == {"body_type": BODY_TYPES, "outfit": OUTFITS, "accessories": ACCESSORIES}
    assert set(BODIES) == set(BODY_TYPES)
    assert set(CUT) == set(OUTFITS)
    assert set(DRAWN) == set(ACCESSORIES)
    assert (len(BODIES) >= 4, len(CUT) >= 6, len(DRAWN) >= 12) == (True, True, True)


def test_body_outfit_and_accessories_lie_in_their_layers_in_order_r78() -> None:
    layers = list(Layer)
    for body, outfit in zip(BODIES, CUT, strict=True):
        found = groups(compose(body, outfit, ACCESSORIES))
        given = [layer for layer, _ in found if layer]
        assert given == sorted(given, key=lambda one: layers.index(Layer(one)))
        assert {body, outfit, *ACCESSORIES} <= {part for _, part in found}
    assert groups(compose(*EXAMPLE)) == [
        ("back", "hair"),
        ("body", "female_athletic"),
        ("outfit", "leather_armor"),
        ("belt", "health_potion"),
        ("hands", "sword"),
        ("hands", "right_fingers"),
        ("hands", "shield"),
        ("head", "female_athletic"),
    ]


def test_words_nobody_draws_are_left_out_r78() -> None:
    plain = compose("child", "casual", ["hat"])
    assert compose("child", "casual", ["hat", "swrod", "hat"]) == plain
    assert compose("child", "tuxedo", ["hat"]) == compose("child", None, ["hat"])


@pytest.mark.parametrize("body", BODIES)
def test_a_doll_is_what_the_house_takes_and_smaller_than_a_telephone_minds(body: str) -> None:
    for outfit in (None, *CUT):
        svg = compose(body, outfit, ACCESSORIES)
        assert check(svg) == (WIDTH, HEIGHT)
        assert len(svg) < 100_000


def test_the_same_words_are_the_same_bytes_in_every_process() -> None:
    script = (
        "import sys; from jobs.dolls.compose import compose; "
        f"sys.stdout.buffer.write(compose(*{EXAMPLE!r}))"
    )
    for seed in ("1", "2"):
        ran = subprocess.run(  # noqa: S603
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PATH": os.defpath},
        )
        assert ran.stdout == compose(*EXAMPLE)


@pytest.mark.parametrize("body", BODIES)
def test_a_dressed_body_is_one_piece_and_on_the_sheet(body: str) -> None:
    for at, outfit in enumerate((None, *CUT)):
        doll = drawing(compose(body, outfit, ("sword", "shield") if at % 2 else ()), 140)
        assert left_over(doll) < 4, (body, outfit)
        box = doll.getbbox()
        assert box is not None
        assert box[0] > 0 < box[1], (body, outfit)
        assert box[2] < doll.width, (body, outfit)
        assert box[3] < doll.height, (body, outfit)


@pytest.mark.parametrize("body", BODIES)
def test_what_is_held_is_where_the_hand_is(body: str) -> None:
    for name, (_, side) in HELD.items():
        held = alone(compose(body, "coat", [name]), name)
        x, y = replace(BODIES[body], holds=frozenset({side})).hand(side)
        around = held.crop((int(x) - 6, int(y) - 6, int(x) + 6, int(y) + 6))
        assert around.getbbox() is not None, name


@pytest.mark.parametrize("body", BODIES)
def test_what_hangs_from_the_belt_is_where_the_belt_is(body: str) -> None:
    measures = BODIES[body]
    for name in SMALL:
        svg = compose(body, "casual", ["sword", "shield", name])
        box = alone(svg, name).getbbox()
        assert box is not None
        left, top, right, _ = box
        assert top < measures.belt_y + 14
        assert measures.belt_y - 40 < top
        assert MIDDLE - measures.hip - 30 < left < right < MIDDLE + measures.hip + 30
        assert ("belt", "strap") in groups(svg)


@pytest.mark.parametrize(
    ("things", "hands", "belt", "back"),
    [
        (["sword"], {"right": "sword"}, [], []),
        (["shield", "sword"], {"left": "shield", "right": "sword"}, [], []),
        (["sword", "staff"], {"right": "sword", "left": "staff"}, [], []),
        (["health_potion"], {"left": "health_potion"}, [], []),
        (["health_potion", "shield"], {"left": "shield", "right": "health_potion"}, [], []),
        (
            ["health_potion", "sword", "shield", "lantern", "bow"],
            {"right": "sword", "left": "shield"},
            ["health_potion", "lantern"],
            ["bow"],
        ),
    ],
)
def test_two_things_go_into_two_hands_and_the_rest_onto_belt_and_back(
    things: Sequence[str], hands: dict[str, str], belt: list[str], back: list[str]
) -> None:
    carried = carry(things)
    assert (carried.hands, carried.belt, carried.back) == (hands, belt, back)
    assert set(carried.hands) <= set(SIDES)
