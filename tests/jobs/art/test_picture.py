import io
import pickle
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from jobs.art.ask import PictureAsk
from jobs.art.picture import paint
from jobs.art.plain import plain
from jobs.art.provenance import SOURCE_TYPE

Paint = Callable[[PictureAsk], bytes]
_PAINTERS = pytest.mark.parametrize("make", [paint, plain])
_PROMPTS = {
    "headland": "the lighthouse at dusk, a boat far out",
    "cliff": "low angle: Mira looks up from the cliff path to the lighthouse",
    "harbour": "the harbour village at dawn, a fisherman on the quay",
    "boat": "a boat fights the waves in the storm, lightning",
    "deck": "on deck at night, the man at the wheel",
    "shore": "a girl with a lantern walks on the beach",
    "lamp room": "lamp room: Mira beside the dark lens",
    "stairs": "Mira climbs the iron stairs",
    "well": "looking up the spiral stairs",
    "kitchen": "the keeper waits in the kitchen, a boat outside",
    "room": "apartment interior, a woman at the window",
    "street": "a street at night in the rain, dutch angle",
    "city": "rooftop over the city at night, a figure",
    "forest": "pine forest, mist, a child follows the path",
    "mountain": "mountain valley, snow, two friends",
    "desert": "two friends walk across the dunes",
    "lens": "close-up of the great lens",
    "hands": "close-up of hands lighting a lantern",
    "page": "insert: the logbook",
    "look": "portrait of an old man, grey beard, peaked cap",
    "two": "medium two-shot: Mira and Tomas at the harbour",
    "shoulder": "over the shoulder of Mira: the boat at sea",
}


def _ask(
    prompt: str = "the lighthouse at dusk", *, seed: int = 7, size: tuple[int, int] = (320, 180)
) -> PictureAsk:
    return PictureAsk(prompt, seed, *size, label="1A", caption="A storm is coming.")


def _open(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def _pixels(data: bytes) -> npt.NDArray[np.int16]:
    return np.asarray(_open(data).convert("RGB")).astype(np.int16)


@_PAINTERS
@pytest.mark.parametrize("size", [(640, 360), (512, 768), (64, 64), (4096, 64), (64, 4096)])
def test_a_picture_has_the_size_that_was_asked_for(make: Paint, size: tuple[int, int]) -> None:
    assert _open(make(_ask(size=size))).size == size


@_PAINTERS
@pytest.mark.parametrize("size", [(640, 360), (512, 768), (64, 64), (4096, 64)])
def test_an_amber_demo_plate_is_burnt_in_at_the_bottom_left(
    make: Paint, size: tuple[int, int]
) -> None:
    wide, tall = size
    corner = _pixels(make(_ask(size=size)))[-max(12, tall // 7) :, : max(20, wide // 6)]
    red, green, blue = (corner[..., i] for i in range(3))
    amber = (red > 200) & (green > 120) & (green < 200) & (blue < 110)
    assert amber.sum() > 60


@_PAINTERS
def test_the_metadata_says_an_algorithm_made_it(make: Paint) -> None:
    assert SOURCE_TYPE.encode() in _open(make(_ask())).info["xmp"]
    assert SOURCE_TYPE.endswith("algorithmicMedia")


@_PAINTERS
def test_the_same_ask_gives_the_same_bytes(make: Paint) -> None:
    assert make(_ask()) == make(_ask())


def test_the_same_ask_gives_the_same_pixels_in_another_process() -> None:
    program = (
        "import sys, hashlib; from jobs.art.ask import PictureAsk;"
        "from jobs.art.picture import paint;"
        "print(hashlib.sha256(paint(PictureAsk('a boat at sea', 3, 160, 90))).hexdigest())"
    )
    told = {
        subprocess.run(  # noqa: S603  -- our own interpreter on our own text
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert len(told) == 1


def test_another_seed_gives_another_picture() -> None:
    one, two = (_pixels(paint(_ask(seed=seed))) for seed in (1, 2))
    assert np.abs(one - two)[40:140].mean() > 4


def test_the_label_changes_the_mark_and_not_the_picture() -> None:
    one, two = (
        _pixels(paint(PictureAsk("a boat at sea", 1, 640, 360, label=label)))
        for label in ("1A", "22B")
    )
    assert np.array_equal(one[60:290], two[60:290])
    assert not np.array_equal(one[310:], two[310:])


def test_a_plain_card_differs_in_every_part_of_the_ask() -> None:
    asks = [
        _ask(),
        _ask("another"),
        _ask(seed=8),
        _ask(size=(322, 180)),
        PictureAsk("the lighthouse at dusk", 7, 320, 180, label="1B"),
    ]
    assert len({plain(ask) for ask in asks}) == len(asks)


@pytest.mark.parametrize("prompt", _PROMPTS.values(), ids=_PROMPTS.keys())
@pytest.mark.parametrize("size", [(384, 216), (64, 64), (171, 256)])
def test_every_place_can_be_painted_in_every_shape(prompt: str, size: tuple[int, int]) -> None:
    picture = _pixels(paint(_ask(prompt, size=size)))
    assert picture.shape[:2] == size[::-1]
    assert picture[size[1] // 4 : size[1] * 3 // 4].std() > 5


@pytest.mark.parametrize("seed", range(6))
def test_a_prompt_that_names_nothing_still_gets_a_picture(seed: int) -> None:
    assert _pixels(paint(_ask("", seed=seed))).std() > 5


def test_a_seed_may_be_any_integer() -> None:
    for seed in (0, -1, 2**31, 2**63, 2**80):
        assert paint(_ask(seed=seed, size=(64, 64)))


def test_black_and_white_is_grey_apart_from_the_mark() -> None:
    grey, colour = (
        np.ptp(_pixels(paint(_ask(prompt, size=(640, 360))))[60:290], axis=2).mean()
        for prompt in ("black and white: dunes at sunset", "dunes at sunset")
    )
    assert grey < 12 < colour


def test_an_ask_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(_ask())) == _ask()  # noqa: S301  -- our own bytes


@pytest.mark.parametrize("module", ["jobs.art", "jobs.art.ask", "jobs.art.plain"])
def test_importing_the_ask_does_not_import_numpy(module: str) -> None:
    program = f"import {module}, sys; sys.exit('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603  -- ours
    assert done.returncode == 0
