"""Scripts as texts: what was asked for is put back, and going back and forth makes nothing."""

from typing import Any

import pytest

from domain.access import OWNER, Role, User
from domain.errors import Conflict, Forbidden, NotFound
from domain.story.board import Slot
from domain.usecases.generation import Further
from domain.usecases.scripts import Edited, Scripts
from domain.work.take import Take, shown
from tests.domain.usecases.workshop import Workshop

FILM = b"""\
project: {id: film, style: ink and wash, providers: {image: fake}}   # ours
concepts:
  - {id: mira, type: character, title: Mira, content: red scarf}
blocks:
  - id: A
    cast: [mira]
    camera: {size: wide}
    media:
      - {media_id: frame, media_role: narrative_im, media_spec: {type: stable_diffusion, prompt: stairs}}
      - {media_id: map, media_path: assets/map.png}
  - id: B
    media:
      - media_role: narrative_im   # has no name
        media_spec:
          type: stable_diffusion
          prompt: "the lamp."
"""  # noqa: E501


class Desk:
    """A production that is made, and its texts."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.scripts = Scripts(workshop.tools)
        workshop.productions.create(OWNER, FILM)
        workshop.generation.generate(OWNER, "film")
        workshop.settle()

    def slot(self, owner: str, media_id: str = "frame") -> Slot:
        board = self.workshop.viewing.structure(OWNER, "film")
        owners = {one.id: one.code for one in board.shots} | {
            one.id: one.key for one in board.concepts
        }
        [slot] = [
            one for one in board.slots if (owners[one.owner_id], one.media_id) == (owner, media_id)
        ]
        return slot

    def further(self, slot: Slot, **wish: Any) -> list[Take]:
        """New takes, made."""
        before = {one.id for one in self.workshop.takes(slot)}
        self.workshop.generation.generate_slot(OWNER, slot.id, Further(**wish))
        self.workshop.settle()
        return [one for one in self.workshop.takes(slot) if one.id not in before]

    def shown(self, slot: Slot) -> tuple[int, str]:
        """(number, currency) of what the slot shows."""
        view = self.workshop.viewing.slot(OWNER, slot.id)
        return view.take_number or 0, view.currency

    def put(self, slot: Slot, **asked: Any) -> Edited:
        return self.scripts.put(OWNER, slot.id, asked)

    def text(self) -> str:
        return self.scripts.read(OWNER, "film")[1]

    def jobs(self) -> int:
        return len(self.workshop.jobs())


@pytest.fixture
def desk(workshop: Workshop) -> Desk:
    return Desk(workshop)


def adapted(slot: Slot) -> str:
    return str((slot.adapted or {})["prompt"])


def test_a_prompt_is_put_in_the_scripts_own_words_and_its_take_is_current(desk: Desk) -> None:
    slot = desk.slot("A")
    whole = adapted(slot)
    assert whole == "stairs. ink and wash. Mira: red scarf. wide shot"
    asked = whole.replace("stairs", "iron stairs")
    [take] = desk.further(slot, prompt=asked)
    assert desk.shown(slot) == (2, "current")  # not born stale: the script asked for a take
    jobs = desk.jobs()
    preview = desk.scripts.put(OWNER, slot.id, {"prompt": asked}, preview=True)
    assert preview.before == desk.text() == FILM.decode()
    done = desk.put(slot, prompt=asked)
    assert done.after == FILM.decode().replace("prompt: stairs", "prompt: iron stairs")
    assert desk.text() == done.after
    assert desk.shown(slot) == (2, "current")
    assert desk.workshop.slot(slot).basis != take.basis
    assert desk.workshop.generation.plan(OWNER, "film", "all").regenerate == ()
    desk.scripts.restore(OWNER, "film", 1)
    assert desk.text() == FILM.decode()
    assert desk.shown(slot) == (2, "current")
    assert desk.jobs() == jobs


def test_an_edit_makes_stale_just_what_asks_for_something_else(desk: Desk) -> None:
    a, b = desk.slot("A"), desk.slot("B", "narrative_im")
    old = adapted(a)
    done = desk.put(a, prompt=old.replace("stairs", "a ladder"))
    assert (done.imported.stale, done.imported.again) == (("A",), ())
    assert (desk.shown(a), desk.shown(b)) == ((1, "stale"), (1, "current"))
    done = desk.put(a, prompt=old)
    assert (done.imported.stale, done.imported.again) == ((), ("A",))
    assert desk.shown(a) == (1, "current")
    assert desk.text() == FILM.decode()


def test_a_picked_take_stays_and_the_current_one_is_offered(desk: Desk) -> None:
    slot = desk.slot("A")
    [take] = desk.further(slot, prompt=adapted(slot) + ", rain")
    first = next(one for one in desk.workshop.takes(slot) if one.number == 1)
    desk.workshop.reviewing.use(OWNER, first.id)
    desk.scripts.put_take(OWNER, take.id)
    view = desk.workshop.viewing.slot(OWNER, slot.id)
    assert (view.take, view.currency, view.newer_number) == (first.id, "stale", 2)


def test_words_that_lack_what_adaptation_adds_are_put_whole(desk: Desk) -> None:
    slot = desk.slot("A")
    done = desk.put(slot, prompt="iron stairs")
    assert "prompt: iron stairs}" in done.after
    assert adapted(desk.slot("A")) == "iron stairs. ink and wash. Mira: red scarf. wide shot"


def test_an_item_without_a_name_and_a_sentence_that_ends_are_found(desk: Desk) -> None:
    slot = desk.slot("B", "narrative_im")
    assert adapted(slot) == "the lamp. ink and wash"
    done = desk.put(slot, prompt="the lamp, lit. ink and wash")
    assert 'prompt: "the lamp, lit"\n' in done.after
    assert "# has no name" in done.after


def test_a_take_is_put_with_all_that_was_asked_otherwise_and_without_its_chosen_seed(
    desk: Desk,
) -> None:
    slot = desk.slot("A")
    [take] = desk.further(slot, prompt=adapted(slot) + ", rain", spec={"steps": 30})
    done = desk.scripts.put_take(OWNER, take.id)
    assert "prompt: " in done.after
    assert "steps: 30" in done.after
    assert "seed" not in done.after
    assert desk.shown(slot) == (take.number, "current")
    assert desk.workshop.slot(slot).basis in take.asked


def test_a_seed_that_was_asked_for_is_put_where_all_else_agrees(desk: Desk) -> None:
    slot = desk.slot("A")
    [take] = desk.further(slot, seed=7)
    done = desk.scripts.put_take(OWNER, take.id)
    assert "prompt: stairs, seed: 7}" in done.after
    assert desk.shown(slot) == (take.number, "current")
    first = next(one for one in desk.workshop.takes(slot) if one.number == 1)
    now = desk.workshop.slot(slot)
    assert shown([first], picked=None, basis=now.basis) == first
    assert not first.is_for(now.basis)


def test_several_takes_at_once_have_seeds_of_their_own(desk: Desk) -> None:
    takes = desk.further(desk.slot("A"), count=3)
    assert len({one.realised["seed"] for one in takes}) == 3
    assert len({one.tag_id for one in takes}) == 3
    more = desk.further(desk.slot("A"), count=2, seed=5)
    assert [one.realised["seed"] for one in more] == [5, 6]


def test_what_the_script_says_already_is_not_put_again(desk: Desk) -> None:
    slot = desk.slot("A")
    [first] = desk.workshop.takes(slot)
    with pytest.raises(Conflict) as refused:
        desk.put(slot, prompt=adapted(slot))
    assert refused.value.code == "nothing_to_put"
    desk.scripts.put_take(OWNER, first.id)  # its seed, which the script leaves open
    with pytest.raises(Conflict):
        desk.scripts.put_take(OWNER, first.id)


def test_what_has_no_spec_can_not_be_put_into(desk: Desk) -> None:
    with pytest.raises(Conflict) as refused:
        desk.put(desk.slot("A", "map"), prompt="x")
    assert refused.value.code == "no_spec"
    with pytest.raises(NotFound):
        desk.scripts.put_take(OWNER, "nope")


def test_who_may_not_write_puts_nothing(desk: Desk) -> None:
    slot = desk.slot("A")
    [take] = desk.workshop.takes(slot)
    viewer = User(name="vera", role=Role.VIEWER)
    with pytest.raises(Forbidden):
        desk.scripts.put(viewer, slot.id, {"prompt": "x"})
    with pytest.raises(Forbidden):
        desk.scripts.put_take(viewer, take.id)


def test_of_two_who_put_at_the_same_revision_the_second_is_told(desk: Desk) -> None:
    slot = desk.slot("A")
    desk.scripts.put(OWNER, slot.id, {"prompt": "one"}, revision=1)
    with pytest.raises(Conflict) as refused:
        desk.scripts.put(OWNER, slot.id, {"prompt": "two"}, revision=1)
    assert refused.value.code == "stale_revision"
    assert "one" in desk.text()
