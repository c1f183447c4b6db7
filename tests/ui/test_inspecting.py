"""What the inspector says is what the use cases know, in words."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.events import Event
from domain.media.adaptation import Step as Added
from domain.media.kind import ProviderKind
from domain.story.board import Line
from domain.usecases.takes import SlotHistory, TakeInput, TakeView
from domain.work.job import Submission, SubmissionState
from domain.work.take import Review
from domain.work.views import BoardView, ShotView
from tests.builders import BEGINNING
from ui.components.inspector_model import Said
from ui.components.zone import Zone
from ui.pages.gallery_fixtures import SCENE, shot
from ui.pages.inspecting import describe


def a_view(**slot: Any) -> ShotView:
    return shot("SH0010", "Mira climbs.", slot)


def a_board(*shots: ShotView) -> BoardView:
    return BoardView(
        project="film",
        title="Film",
        fps="24",
        aspect="16:9",
        revision=1,
        scenes=(SCENE,),
        shots=shots,
        concepts=(),
    )


def a_take(number: int = 1, **facts: Any) -> TakeView:
    made: dict[str, Any] = {
        "id": f"take{number}",
        "number": number,
        "slot": "slot",
        "kind": ProviderKind.FAKE,
        "origin": "made",
        "current": True,
        "late": False,
        "review": Review.TODO,
        "review_note": "",
        "realised": {"prompt": "as it was asked", "seed": 7, "model": "demo art", "style": ""},
        "job": "job1",
        "provider": "fake",
        "width": 640,
        "height": 360,
        "duration": None,
        "sha256": "ab" * 32,
        "media": None,
        "thumb": "/media/x",
        "created_at": BEGINNING,
    }
    return TakeView(**{**made, **facts})


def a_history(*takes: TakeView, **facts: Any) -> SlotHistory:
    known: dict[str, Any] = {
        "takes": takes,
        "submissions": (),
        "events": (),
        "authored": {"type": "stable_diffusion", "prompt": "in the script"},
        "adapted": {"type": "stable_diffusion", "prompt": "in the script, ink and wash"},
        "steps": (Added(source="style", field="prompt", added="ink and wash"),),
        "provider": "fake",
        "providers": ("fake",),
        "basis": "basis",
        "read_at": BEGINNING + timedelta(hours=20),
    }
    return SlotHistory(**{**known, **facts})


def test_without_a_history_it_shows_what_the_board_knows() -> None:
    view = a_view()
    model = describe(a_board(view), view, view.slots[0].id, None)
    assert model.where == SCENE.title
    assert [line.text for line in model.script] == ["Mira climbs."]
    assert (model.takes, model.steps, model.prompt) == ((), (), "")


def test_a_slot_that_the_shot_does_not_have_is_an_error() -> None:
    view = a_view()
    with pytest.raises(StopIteration):
        describe(a_board(view), view, "another", None)


def test_the_timecode_counts_the_shots_before() -> None:
    first = a_view().evolve(id="first", duration=48)
    second = a_view().evolve(id="second", duration=24)
    model = describe(a_board(first, second), second, second.slots[0].id, None)
    assert model.timecode == "0:02 to 0:03"


def test_dialogue_names_who_speaks() -> None:
    spoken = (Line(speaker="mira", text="It went out."), Line(speaker=None, text="Wind."))
    view = a_view().evolve(dialogue=spoken)
    model = describe(a_board(view), view, view.slots[0].id, None)
    kinds = [(line.kind, line.text) for line in model.script]
    assert kinds[1:] == [("who", "mira"), ("say", "It went out."), ("say", "Wind.")]


def test_the_prompt_is_that_of_the_take_in_the_frame() -> None:
    view = a_view(take="take2", take_number=2, takes=2, state="succeeded")
    history = a_history(a_take(2), a_take(1, realised={"prompt": "an older wish"}))
    slot_id = view.slots[0].id
    assert describe(a_board(view), view, slot_id, history).prompt == "as it was asked"
    older = describe(a_board(view), view, slot_id, history, opened="take1")
    assert older.prompt == "an older wish"


def test_without_a_take_the_prompt_is_what_would_be_sent_now() -> None:
    view = a_view()
    model = describe(a_board(view), view, view.slots[0].id, a_history())
    assert model.prompt == "in the script, ink and wash"
    assert [(step.source, step.words or step.added) for step in model.steps] == [
        ("Script", "in the script"),
        ("Style", "ink and wash"),
    ]
    assert model.offer.prompt == "in the script, ink and wash"


def test_what_was_added_is_told_with_whose_words_they_are() -> None:
    steps = (
        Added(source="camera", field="prompt", added="tilt up"),
        Added(source="shot", field="seconds", added=4.5, how="set"),
        Added(source="voice: mira", field="voice", added=None, how="set"),
    )
    view = a_view()
    told = describe(a_board(), view, view.slots[0].id, a_history(steps=steps)).steps
    assert [(one.source, one.words or one.added) for one in told] == [
        ("Script", "in the script"),
        ("Camera", "tilt up"),
        ("Shot", "seconds 4.5"),
    ]


def test_provenance_leaves_out_what_is_not_known() -> None:
    view = a_view(take="take1", take_number=1, takes=1, state="succeeded")
    model = describe(a_board(view), view, view.slots[0].id, a_history(a_take()))
    facts = {fact.name: fact.value for fact in model.provenance}
    assert facts == {
        "Made by": "fake (fake)",
        "Model": "demo art",
        "Seed": "7",
        "Size": "640 x 360",
        "Media": "abababababab",
    }
    assert model.takes[0].cost == "free"
    assert model.takes[0].is_shown


def test_provenance_tells_what_a_clip_was_made_from() -> None:
    clip = a_take(
        inputs=(
            TakeInput(media_id="frame", sha256="cd" * 32, number=2),
            TakeInput(media_id="line", sha256="ef" * 32, number=None),
        )
    )
    facts = describe(
        a_board(), (view := a_view(take=clip.id)), view.slots[0].id, a_history(clip)
    ).provenance
    [told] = [one.value for one in facts if one.name == "Made from"]
    assert told == "take 2 of frame and efefefefefef of line"
    bare = describe(
        a_board(), (view := a_view(take="take1")), view.slots[0].id, a_history(a_take())
    ).provenance
    assert "Made from" not in [one.name for one in bare]


def test_the_words_of_the_shown_line_come_with_their_times_and_no_others_do() -> None:
    words = [{"text": "Papa?", "start": 0.0, "end": 0.6}]
    line, other = a_take(realised={"text": "Papa?", "words": words}), a_take(2)
    view = a_view(take=line.id)
    known, slot = a_history(other, line), view.slots[0].id
    assert describe(a_board(), view, slot, known).said == (Said(text="Papa?", start=0, end=0.6),)
    assert describe(a_board(), view, slot, known, opened=other.id).said == ()


def test_history_says_who_did_what_and_why_it_went_wrong() -> None:
    view = a_view()
    events = [
        ("asked", "owner", {}),
        ("failed", None, {"error": "The provider is away."}),
        ("something_new", None, {}),
    ]
    told = tuple(
        Event(project_id="p", type="slot", action=action, actor=actor, detail=detail, at=BEGINNING)
        for action, actor, detail in events
    )
    model = describe(a_board(view), view, view.slots[0].id, a_history(events=told))
    assert [(one.flag, one.words) for one in model.history] == [
        ("pending", "Asked for by owner"),
        ("failed", "Failed: The provider is away."),
        ("done", "Something new"),
    ]


def test_a_submission_shows_its_error_before_its_number() -> None:
    view = a_view()
    facts: dict[str, Any] = {"job_id": "job1", "generation": 1, "provider": "fake"}
    facts |= {"created_at": BEGINNING, "updated_at": BEGINNING}
    made = (
        Submission(key="k2", state=SubmissionState.REJECTED, error="Too many.", **facts),
        Submission(key="k1", state=SubmissionState.DONE, provider_job_id="fake-1", **facts),
    )
    model = describe(a_board(view), view, view.slots[0].id, a_history(submissions=made))
    values = [(one.value, one.note, one.is_code) for one in model.submissions]
    assert values == [("Too many.", "rejected", False), ("fake-1", "done", True)]
    assert len({one.name for one in model.submissions}) == 1


def test_times_are_told_as_the_viewers_clock_has_them_and_machines_read_them_as_they_are() -> None:
    view = a_view()
    at = BEGINNING + timedelta(hours=1, seconds=5)
    event = Event(project_id="p", type="slot", action="picked", at=at)
    facts: dict[str, Any] = {"job_id": "job1", "generation": 1, "provider": "fake"}
    facts |= {"created_at": at, "updated_at": at, "state": SubmissionState.DONE}
    history = a_history(events=(event,), submissions=(Submission(key="k", **facts),))
    for zone, told in (
        (Zone(), "01:00:05"),
        (Zone(ZoneInfo("Asia/Kathmandu")), "1 Jan 06:45"),  # read after midnight there
        (Zone(ZoneInfo("America/New_York")), "31 Dec 2025 20:00"),
    ):
        model = describe(a_board(view), view, view.slots[0].id, history, zone=zone)
        [happening], [submission] = model.history, model.submissions
        assert (happening.when, submission.name) == (told, told)
        assert happening.at == submission.at == "2026-01-01T01:00:05+00:00"
