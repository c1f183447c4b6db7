import pytest

from jobs.art.brief import read
from jobs.art.look import Hat, Kind
from jobs.art.shot import Angle, Place, Size, Time


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("A storm over the sea, the lighthouse is dark", Place.HEADLAND),
        ("Mira runs up the cliff path to the lighthouse", Place.CLIFF),
        ("The harbour village, the lighthouse far off", Place.HARBOUR),
        ("A boat at sea, the lighthouse beam in the distance", Place.BOAT),
        ("The fisherman on deck", Place.DECK),
        ("Lamp room: Mira looks down at the boat", Place.LAMP_ROOM),
        ("Mira climbs the iron stairs", Place.FLIGHT),
        ("Low angle up the spiral stairs", Place.WELL),
        ("The keeper in the kitchen, the sea outside", Place.KITCHEN),
        ("A green valley", Place.MOUNTAIN),
        ("Close-up of Mira in the lamp room, the lamp is dark", Place.LAMP_ROOM),
        ("Close-up of the lamp", Place.LENS),
        ("Close-up of Mira's hands on the lantern", Place.LANTERN),
        ("Portrait of Mira, yellow raincoat", Place.BACKDROP),
    ],
)
def test_the_words_choose_the_place(prompt: str, place: Place) -> None:
    assert read(prompt, 1).place is place


def test_the_time_of_day_wins_over_the_weather() -> None:
    assert read("rain over the harbour at night", 1).time is Time.NIGHT
    assert read("rain over the harbour", 1).time is Time.STORM


@pytest.mark.parametrize("coat", ["raincoat", "rain coat"])
def test_a_raincoat_is_no_rain(coat: str) -> None:
    brief = read(f"Mira in a yellow {coat} at the harbour", 1)
    assert not brief.rain
    assert brief.time is not Time.STORM


def test_camera_words_choose_size_and_angle() -> None:
    brief = read("Low angle, medium shot of Mira", 1)
    assert (brief.size, brief.angle) == (Size.MEDIUM, Angle.LOW)
    assert read("Over the shoulder of Mira: the boat", 1).angle is Angle.SHOULDER


@pytest.mark.parametrize(
    ("prompt", "lit"),
    [
        ("night: the lamp has gone out", False),
        ("night: the lighthouse", True),
        ("noon: the lighthouse", False),
        ("the lamp that was dark burns again", True),
    ],
)
def test_the_lamp_burns_when_the_words_or_the_hour_say_so(prompt: str, *, lit: bool) -> None:
    assert read(prompt, 1).lamp_lit is lit


def test_somebody_wears_what_the_prompt_says() -> None:
    (look,) = read("Portrait of a girl in a yellow raincoat, a red scarf and a blue cap", 1).people
    assert (look.kind, look.hat) == (Kind.GIRL, Hat.CAP)
    assert look.coat[0] > look.coat[2]
    assert look.scarf is not None
    assert look.scarf[0] > look.scarf[1] * 2
    assert look.hat_colour[2] > look.hat_colour[0]


def test_a_name_alone_is_the_same_person_in_every_shot() -> None:
    here, there = (read(text, 1).people[0] for text in ("Mira on deck", "Mira at the harbour"))
    assert (here.coat, here.hair, here.skin) == (there.coat, there.hair, there.skin)


def test_two_people_are_told_apart() -> None:
    told = "Medium: Mira in a yellow raincoat, and Tomas, an old man with a grey beard"
    mira, tomas = read(told, 1).people
    assert (mira.old, mira.beard, tomas.old, tomas.beard) == (False, False, True, True)
    assert mira.coat != tomas.coat


def test_an_empty_room_has_nobody_in_it() -> None:
    assert read("The empty kitchen, her chair", 1).people == ()
