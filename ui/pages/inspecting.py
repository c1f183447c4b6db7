"""From use-case facts to the inspector's words: pure, so that a test can read it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from domain.media.adaptation import Step as Added
from domain.usecases.takes import SlotHistory, TakeInput, TakeView
from domain.work.views import BoardView, ShotView, SlotView
from ui.components.inspector_model import (
    Fact,
    Happening,
    InspectorModel,
    Offer,
    Said,
    ScriptLine,
    Step,
)
from ui.components.takes import TakeModel
from ui.components.timecode import running_time
from ui.components.zone import Zone

FLAGS = {
    "asked": "pending",
    "attached": "pending",
    "waits": "pending",
    "began": "running",
    "reclaimed": "running",
    "retries": "failed",
    "succeeded": "new",
    "reuse": "new",
    "attach": "new",
    "failed": "failed",
    "blocked": "blocked",
    "cancelled": "cancelled",
    "cancel_asked": "cancelled",
    "picked": "selected",
    "selected": "selected",
    "review_approved": "approved",
    "review_retake": "retake",
}
WORDS = {
    "asked": "Asked for",
    "attached": "Joined a making of the same",
    "waits": "Waits",
    "waits_no_more": "Waits no more",
    "inputs": "What it is made from changed",
    "began": "Began",
    "reclaimed": "Taken up again after a stop",
    "retries": "Stumbled, tries again",
    "succeeded": "Take arrived",
    "reuse": "Reused what was made before",
    "attach": "Bound to its file",
    "failed": "Failed",
    "blocked": "Blocked",
    "cancelled": "Cancelled",
    "cancel_asked": "Cancel was asked",
    "picked": "Picked",
    "released": "Released",
    "selected": "Selected for video",
    "unselected": "No longer for video",
    "review_approved": "Approved",
    "review_retake": "Retake wanted",
    "removed": "Left the script",
}
PROVENANCE = (
    "model",
    "spoken_by",
    "movement",
    "seed",
    "steps",
    "guidance_scale",
    "style",
    "negative_prompt",
)


def describe(
    board: BoardView,
    shot: ShotView,
    slot_id: str,
    history: SlotHistory | None,
    *,
    opened: str | None = None,
    zone: Zone | None = None,
) -> InspectorModel:
    """The model of one slot; without a history only what the board knows.

    ``zone``: the viewer's, in which times are told.
    """
    zone = zone or Zone()
    slot = next(one for one in shot.slots if one.id == slot_id)
    scene = next((one for one in board.scenes if one.id == shot.scene), None)
    known = history.takes if history else ()
    seen = next((one for one in known if one.id == (opened or slot.take)), None)
    return InspectorModel(
        shot=shot,
        slot_id=slot_id,
        where=scene.title if scene else "",
        timecode=timecode(board, shot),
        play=play_from(board, shot),
        script=excerpt(shot),
        takes=tuple(take_model(one, slot) for one in known),
        opened=opened,
        steps=steps(history) if history else (),
        prompt=as_sent(seen, history) if history else "",
        provenance=provenance(seen) if seen else (),
        said=said(seen) if seen and opened in (None, seen.id) and seen.id == slot.take else (),
        submissions=submissions(history, zone) if history else (),
        history=happenings(history, zone) if history else (),
        offer=offer(slot, history) if history else Offer(),
    )


def timecode(board: BoardView, shot: ShotView) -> str:
    """Where the shot begins and ends in the film."""
    begin = 0
    for one in board.shots:
        if one.id == shot.id:
            end = begin + shot.duration
            return f"{running_time(begin, board.fps)} to {running_time(end, board.fps)}"
        begin += one.duration
    return ""


def play_from(board: BoardView, shot: ShotView) -> str | None:
    """Where the film is played from this shot on; None for a look."""
    if all(one.id != shot.id for one in board.shots):
        return None
    return f"/p/{quote(board.project, safe='')}/play?from={quote(shot.code, safe='')}"


def excerpt(shot: ShotView) -> tuple[ScriptLine, ...]:
    lines = [ScriptLine(kind="prose", text=shot.content)] if shot.content else []
    for line in shot.dialogue:
        if line.speaker:
            lines.append(ScriptLine(kind="who", text=line.speaker))
        lines.append(ScriptLine(kind="say", text=line.text))
    return tuple(lines)


def take_model(take: TakeView, slot: SlotView) -> TakeModel:
    seed = take.realised.get("seed")
    return TakeModel(
        id=take.id,
        number=take.number,
        kind=take.kind,
        provider=take.provider or None,
        seed=seed if isinstance(seed, int) else None,
        cost="free" if take.kind in ("fake", "local") else "",
        thumb=take.thumb,
        review=take.review,
        note=take.review_note,
        is_shown=take.id == slot.take,
        is_new=take.id == slot.newer,
        is_selected=take.id == slot.selected,
        is_late=take.late,
        actions=take.actions,
    )


def steps(history: SlotHistory) -> tuple[Step, ...]:
    """The script's words, then what each source added to them."""
    words = str((history.authored or {}).get("prompt") or (history.authored or {}).get("text", ""))
    first = (Step(source="Script", words=words),) if words else ()
    return first + tuple(
        Step(source=one.source.capitalize(), added=added(one))
        for one in history.steps
        if one.added is not None
    )


def added(step: Added) -> str:
    """Words as they are, any other field by its name: ``seconds 4.5``."""
    if step.field in ("prompt", "text"):
        return str(step.added)
    return f"{step.field.replace('_', ' ')} {step.added}"


def as_sent(seen: TakeView | None, history: SlotHistory) -> str:
    """What the take in the frame was made from; without one, what would be sent now."""
    spec = (seen.realised if seen else None) or history.adapted or {}
    return str(spec.get("prompt") or spec.get("text") or "")


def provenance(take: TakeView) -> tuple[Fact, ...]:
    facts = [Fact(name="Made by", value=f"{take.provider or take.origin} ({take.kind})")]
    if take.inputs:
        facts.append(Fact(name="Made from", value=" and ".join(map(_input, take.inputs))))
    for name in PROVENANCE:
        value = take.realised.get(name)
        if value not in (None, ""):
            facts.append(
                Fact(name=name.replace("_", " ").capitalize(), value=str(value), is_code=True)
            )
    if take.width:
        facts.append(Fact(name="Size", value=f"{take.width} x {take.height}", is_code=True))
    if take.duration:
        facts.append(Fact(name="Length", value=f"{take.duration:.1f} s", is_code=True))
    facts.append(Fact(name="Media", value=take.sha256[:12], is_code=True))
    return tuple(facts)


def _input(one: TakeInput) -> str:
    """``take 2 of frame``; a take that is gone by its content."""
    take = one.sha256[:12] if one.number is None else f"take {one.number}"
    return f"{take} of {one.media_id}"


def said(take: TakeView) -> tuple[Said, ...]:
    """The words of a spoken line, where its maker told their times."""
    return tuple(
        Said(text=str(word["text"]), start=float(word["start"]), end=float(word["end"]))
        for word in take.realised.get("words", ())
    )


def submissions(history: SlotHistory, zone: Zone) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            name=zone.moment(one.created_at, history.read_at),
            at=one.created_at.isoformat(),
            value=one.error or one.provider_job_id or one.key,
            note=one.state,
            is_code=not one.error,
        )
        for one in history.submissions
    )


def happenings(history: SlotHistory, zone: Zone) -> tuple[Happening, ...]:
    told = []
    for event in history.events:
        words = WORDS.get(event.action, event.action.replace("_", " ").capitalize())
        if event.actor:
            words = f"{words} by {event.actor}"
        if error := event.detail.get("error"):
            words = f"{words}: {error}"
        flag = FLAGS.get(event.action, "done")
        when = zone.moment(event.at, history.read_at)
        told.append(Happening(flag=flag, words=words, when=when, at=event.at.isoformat()))
    return tuple(told)


def offer(slot: SlotView, history: SlotHistory) -> Offer:
    adapted: Mapping[str, Any] = history.adapted or {}
    stays = f"Take {slot.take_number} stays" if slot.take_number else ""
    return Offer(
        providers=history.providers,
        provider=history.provider,
        prompt=str(adapted.get("prompt") or adapted.get("text") or ""),
        note=stays,
        is_open="generate" in slot.actions,
    )
