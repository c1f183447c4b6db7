"""Made-up shots for the gallery: every flag, every mark, with pictures drawn on the spot."""

from typing import Any
from urllib.parse import quote

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.blocking import Fix, Reason
from domain.work.job import JobState
from domain.work.take import Review
from domain.work.views import JobBrief, ReasonView, SceneView, ShotView, SlotView

FPS = "24"
SCENE = SceneView(
    id="sc010", title="Ext. Lighthouse point — dusk", location=None, episode=None, duration=840
)


def picture(hue: int) -> str:
    """A landscape of one hue as a data address: it stands for content, not for the theme."""
    sky = (
        f"<stop stop-color='hsl({hue} 55% 24%)'/>"
        f"<stop offset='1' stop-color='hsl({hue + 45} 75% 64%)'/>"
    )
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 160 90' width='640' height='360'>"
        f"<linearGradient id='s' x2='0' y2='1'>{sky}</linearGradient>"
        "<path fill='url(#s)' d='M0 0h160v90H0z'/>"
        f"<circle cx='{40 + hue % 80}' cy='44' r='9' fill='hsl({hue + 50} 90% 86%)'/>"
        f"<path fill='hsl({hue} 40% 20%)' d='M0 62l34-16 28 14 40-24 58 26v28H0z'/>"
        f"<path fill='hsl({hue} 45% 11%)' d='M0 74l48-9 44 8 68-12v29H0z'/></svg>"
    )
    return f"data:image/svg+xml,{quote(svg)}"


def slot(owner: str, media_id: str = "frame", **facts: Any) -> SlotView:
    """An empty frame slot; ``facts`` say what is different."""
    empty: dict[str, Any] = {
        "id": f"{owner}-{media_id}",
        "media_id": media_id,
        "owner": owner,
        "role": "narrative_im",
        "media_type": MediaType.IMAGE,
        "title": "",
        "state": "empty",
        "currency": "missing",
        "review": None,
        "take": None,
        "picked": None,
        "selected": None,
        "newer": None,
        "takes": 0,
        "job": None,
        "provider_kind": None,
        "reason": None,
        "fix": None,
        "actions": (),
        "version": 1,
    }
    return SlotView(**{**empty, **facts})


def shown(number: int, hue: int, **facts: Any) -> dict[str, Any]:
    """The facts of a slot that shows take ``number``."""
    return {
        "state": "succeeded",
        "currency": "current",
        "take": f"take{number}",
        "take_number": number,
        "takes": number,
        "provider_kind": ProviderKind.LIVE,
        "thumb": picture(hue),
        **facts,
    }


def job(state: JobState = JobState.RUNNING, **facts: Any) -> JobBrief:
    return JobBrief(**{"id": "job1", "state": state, "attempt": 1, "provider": "openai", **facts})


def problem(code: Reason, action: str, label: str, **facts: Any) -> dict[str, Any]:
    reason = ReasonView(code=code, message="Told at length in the inspector.")
    return {"reason": reason, "fix": Fix(action=action, label=label), **facts}


def shot(key: str, content: str, primary: dict[str, Any], *others: SlotView) -> ShotView:
    """A shot of the scene with its frame first."""
    code = f"{SCENE.id}_{key}"
    frame = slot(code, **primary)
    kinds = [one.provider_kind for one in (frame, *others) if one.thumb]
    return ShotView(
        id=code,
        code=code,
        scene=SCENE.id,
        title="",
        content=content,
        duration=36 + 12 * (len(content) % 8),
        cast=("mira",),
        primary=frame.id,
        state=frame.state,
        version=frame.version,
        kind=ProviderKind.FAKE if ProviderKind.FAKE in kinds else frame.provider_kind,
        viable=frame.take is not None,
        slots=(frame, *others),
    )


def clip(**facts: Any) -> SlotView:
    return slot("x", "clip", media_type=MediaType.VIDEO, **facts)


def voice(**facts: Any) -> SlotView:
    return slot("x", "line1", media_type=MediaType.VOICE, **facts)


def music(**facts: Any) -> SlotView:
    return slot("x", "bed", media_type=MediaType.MUSIC, **facts)


def ready() -> dict[str, Any]:
    return {"state": "succeeded", "currency": "current", "take": "t", "take_number": 1, "takes": 1}


def every_flag(now: float) -> list[ShotView]:
    """One shot per flag, and the cases that go wrong easily."""
    failed = problem(Reason.CONTENT_POLICY, "edit_prompt", "Edit prompt", state="failed")
    timeout = problem(Reason.TIMEOUT, "retry", "Retry")
    key = problem(Reason.MISSING_CREDENTIALS, "open_providers", "Add key", state="blocked")
    look = problem(Reason.LOOK_NOT_APPROVED, "open_look", "Open look")
    running = job(progress=0.64, started_at=now - 42)
    untold = job(provider="comfyui", started_at=now - 42)
    second = job(attempt=2, progress=0.31, started_at=now - 9)
    queued = job(JobState.QUEUED, position=3)
    again = job(JobState.QUEUED, attempt=1)
    return [
        shot("SH0080", "She strikes it. For one second the sea is white.", {}, clip(), voice()),
        shot(
            "SH0060",
            "Her hand on the iron door, cold enough to stick.",
            {"state": "pending", "job": queued},
            clip(),
        ),
        shot(
            "SH0040",
            "A sail turns, too late, toward the rocks.",
            shown(1, 265, state="running", job=running),
            clip(),
        ),
        shot(
            "SH0041",
            "Mira (off): “It went out. So I lit it again.”",
            shown(1, 30),
            clip(),
            voice(state="failed"),
        ),
        shot(
            "SH0030",
            "The lantern room is dark. One pane is cracked.",
            shown(2, 285, newer="take3", newer_number=3, takes=3),
            clip(),
            voice(**ready()),
        ),
        shot("SH0050", "She runs. The stairs count back.", failed, clip(), voice(state="failed")),
        shot(
            "SH0070",
            "Inside the lamp: a nest, and in it, a match.",
            {**key, "job": job(JobState.BLOCKED, provider="fal")},
            clip(),
            music(state="blocked"),
        ),
        shot("SH0051", "Books in two rows. One is missing.", {"state": "cancelled"}, clip()),
        shot(
            "SH0031",
            "On the table: the match, burned to the end.",
            shown(1, 210, currency="stale", newer="take2", newer_number=2),
            clip(**{**ready(), "currency": "stale"}),
        ),
        shot(
            "SH0010",
            "The last light goes down behind the point. Nobody has lit the lamp.",
            shown(4, 300, review=Review.APPROVED, selected="take4"),
            clip(**ready()),
            voice(**ready()),
            music(**ready()),
        ),
        shot(
            "SH0090",
            "Dusk from the water. The beam sweeps over us.",
            shown(3, 320, review=Review.APPROVED, review_current=False, selected="take3"),
            clip(**{**ready(), "currency": "stale"}),
            music(**ready()),
        ),
        shot(
            "SH0021",
            "She has not taken off the coat.",
            shown(2, 20, review=Review.RETAKE, review_note="Lower angle, lose the lamp"),
            clip(),
            voice(**ready()),
        ),
        shot(
            "SH0020",
            "Mira, red scarf, stands below the tower and counts under her breath.",
            shown(2, 275, selected="take2"),
            clip(state="running"),
            voice(**ready()),
            music(**ready()),
        ),
        shot(
            "SH0100",
            "Demo art: made by the fake provider. The leader is on the picture.",
            shown(1, 35, provider_kind=ProviderKind.FAKE),
            clip(**ready()),
            music(**ready()),
        ),
        shot(
            "SH0110",
            "No progress told: the clock runs, in the browser alone.",
            {"state": "running", "job": untold},
            clip(state="pending"),
        ),
        shot(
            "SH0120",
            "The old picture stays after a failure.",
            shown(1, 45, **{**timeout, "state": "failed"}),
            clip(),
        ),
        shot(
            "SH0130",
            "The old picture stays while a new one is made.",
            shown(2, 120, state="running", job=second),
            clip(**{**ready(), "currency": "stale"}),
        ),
        shot(
            "SH0140",
            "A gate: waits for a look, and keeps what it has.",
            shown(1, 160, **{**look, "state": "blocked"}),
        ),
        shot(
            "SH0150",
            "Waits to be tried again, after a stumble of the provider.",
            {"state": "pending", "job": again},
            voice(**{**ready(), "review": Review.APPROVED}),
        ),
        shot(
            "SH0160_A_VERY_LONG_CODE",
            "Your own picture; the longest title that a card can carry is cut at the end of "
            "the second line, wherever that may be.",
            shown(12, 190, provider_kind=ProviderKind.UPLOAD, review=Review.WFA),
            clip(state="blocked"),
            voice(state="failed"),
            music(state="running"),
        ),
    ]
