"""Builders of made-up slots and shots for the gallery, with pictures drawn on the spot."""

from typing import Any
from urllib.parse import quote

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.blocking import Fix, Reason
from domain.work.job import JobState
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
        "provider_kind": ProviderKind.LOCAL,
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
