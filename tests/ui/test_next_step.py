"""Which verb is yellow: what comes next for the take in the frame, never what changes nothing."""

from typing import Any

import pytest

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.blocking import Fix
from domain.work.take import Review
from domain.work.views import ShotView
from ui.components.next_step import next_step
from ui.components.takes import TakeModel
from ui.components.verbs import Verb
from ui.pages.gallery_fixtures import shot

MADE: dict[str, Any] = {"state": "succeeded", "take": "take1", "take_number": 1, "takes": 1}
OF_THE_SHOWN = ("generate", "use", "approve", "retake", "select")
SETTLED = ("generate", "use", "retake", "select")
STEPS: list[tuple[str, dict[str, Any], tuple[str, ...], Verb | None]] = [
    ("nothing is there yet", {"takes": 0}, ("generate",), Verb.GENERATE),
    ("the only take waits for review", MADE, OF_THE_SHOWN, Verb.APPROVE),
    ("a retake is wanted", MADE | {"review": Review.RETAKE}, OF_THE_SHOWN, None),
    ("it is approved and no clip is asked for", MADE | {"review": Review.APPROVED}, SETTLED, None),
    ("it failed", MADE | {"state": "failed"}, ("retry", *OF_THE_SHOWN), Verb.RETRY),
    ("it is being made", {"state": "running", "takes": 0}, ("generate", "cancel"), None),
    ("nobody may do anything", MADE, (), None),
]


def a_view(actions: tuple[str, ...], **slot: Any) -> ShotView:
    return shot("SH0010", "Mira climbs.", {"actions": actions, **slot})


def a_take(number: int, *, is_shown: bool = False, actions: tuple[str, ...] = ()) -> TakeModel:
    return TakeModel(
        id=f"take{number}",
        number=number,
        kind=ProviderKind.FAKE,
        is_shown=is_shown,
        actions=actions,
    )


@pytest.mark.parametrize(
    ("facts", "actions", "lead"), [row[1:] for row in STEPS], ids=[row[0] for row in STEPS]
)
def test_the_lead_is_what_moves_the_slot_on(
    facts: dict[str, Any], actions: tuple[str, ...], lead: Verb | None
) -> None:
    view = a_view(actions, **facts)
    assert next_step(view, view.slots[0], None).lead is lead


def test_what_is_asked_for_already_is_not_asked_for_beside_it() -> None:
    for state, actions in (("running", ("generate", "cancel")), ("blocked", ("generate", "retry"))):
        view = a_view(actions, state=state, takes=0)
        step = next_step(view, view.slots[0], None)
        assert step.actions == {*actions} - {"generate"}
        assert not step.asks


def test_a_fix_that_is_no_verb_leads_before_all_else() -> None:
    fix = Fix(action="open", label="Edit prompt")
    view = a_view(OF_THE_SHOWN, **MADE | {"state": "failed", "fix": fix})
    step = next_step(view, view.slots[0], None)
    assert (step.fix, step.lead, step.asks) == (fix, None, False)
    looked_at = a_view((), **MADE | {"state": "failed", "fix": fix})
    assert next_step(looked_at, looked_at.slots[0], None).fix is None


def test_the_form_leads_where_nothing_else_does() -> None:
    view = a_view(OF_THE_SHOWN, **MADE | {"review": Review.RETAKE})
    assert next_step(view, view.slots[0], None).asks


def test_a_shown_take_that_is_looked_at_is_not_used_once_more() -> None:
    view = a_view(OF_THE_SHOWN, **MADE)
    opened = a_take(1, is_shown=True, actions=("use",))
    assert next_step(view, view.slots[0], opened).lead is Verb.APPROVE


def test_a_take_that_is_not_shown_leads_with_use_and_has_its_own_verbs() -> None:
    view = a_view(("generate", "cancel", "release", "unselect"), **MADE)
    opened = a_take(2, actions=("use", "approve"))
    step = next_step(view, view.slots[0], opened)
    assert step.lead is Verb.USE
    assert step.actions == {"generate", "cancel", "use", "approve"}


def test_a_slot_whose_newer_take_is_hidden_leads_with_that_take() -> None:
    """DESIGN.md, *Four axes*: a stale slot with a take of today offers *use take n*."""
    stale = MADE | {"currency": "stale", "newer": "take3", "newer_number": 3}
    view = a_view(("generate", "use", "approve", "release"), **stale)
    step = next_step(view, view.slots[0], None)
    assert (step.lead, step.use) == (Verb.USE, "Use take 3")


def test_an_approved_frame_of_a_shot_with_a_clip_leads_with_its_selection() -> None:
    view = a_view(SETTLED, **MADE, review=Review.APPROVED)
    clip = view.slots[0].evolve(id="clip", media_type=MediaType.VIDEO)
    view = view.evolve(slots=(*view.slots, clip))
    assert next_step(view, view.slots[0], None).lead is Verb.SELECT
