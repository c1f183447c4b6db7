import pytest

from domain.media.sizes import ratio, size_for


@pytest.mark.parametrize(
    ("aspect", "size"),
    [
        ("16:9", (640, 360)),
        ("16/9", (640, 360)),
        ("1:1", (480, 480)),
        ("9:16", (360, 640)),
        ("4:3", (552, 416)),
        ("2.39:1", (744, 312)),
        ("1.85", (656, 352)),
    ],
)
def test_an_aspect_gives_sides_of_about_the_same_area(aspect: str, size: tuple[int, int]) -> None:
    assert size_for(aspect) == size
    assert all(side % 8 == 0 for side in size)


def test_a_given_side_stays_and_the_other_follows() -> None:
    assert size_for("16:9", width=1024) == (1024, 576)
    assert size_for("16:9", height=720) == (1280, 720)
    assert size_for("16:9", width=100, height=100) == (100, 100)
    assert size_for("4:1", height=4096) == (4096, 4096)


@pytest.mark.parametrize("aspect", ["", "wide", "16:0", "0:9", "5:1", "1:5", "-16:9", "16:9:1"])
def test_another_aspect_is_refused(aspect: str) -> None:
    with pytest.raises(ValueError, match=r"aspect|between"):
        ratio(aspect)
