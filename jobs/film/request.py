"""From an ask of the forge to what a camera needs."""

from fractions import Fraction

from domain.media.kind import ProviderKind
from domain.media.sizes import ratio
from domain.story.durations import frame_rate
from domain.work.blocking import Reason
from domain.work.inputs import tainted
from domain.work.provider import Ask, ProviderError
from jobs.film.ask import FilmAsk

USUAL_S = 4.0


def film_ask(ask: Ask, kind: ProviderKind) -> FilmAsk:
    """What a provider of ``kind`` films; its inputs are fetched here. Raises ProviderError."""
    frame = next((one for one in ask.inputs if one.media_type.is_picture), None)
    if frame is None or ask.fetch is None:
        message = "There is no frame to make this clip from."
        raise ProviderError(Reason.INVALID_SPEC, message)
    spec = ask.spec
    fps, aspect = shape_of(ask)
    return FilmAsk(
        frame=ask.fetch(frame),
        movement=str(spec.get("movement") or spec.get("prompt") or ""),
        seconds=float(spec.get("seconds") or USUAL_S),
        fps=fps,
        aspect=aspect,
        seed=int(spec.get("seed") or 0),
        voices=tuple(ask.fetch(one) for one in ask.inputs if one.media_type.is_sound),
        is_demo=tainted(kind, ask.inputs) is ProviderKind.FAKE,
        is_demo_frame=frame.kind is ProviderKind.FAKE,
        label=ask.label,
    )


def shape_of(ask: Ask) -> tuple[Fraction, Fraction]:
    """Frames a second, and width over height. Raises ProviderError (invalid)."""
    try:
        fps = frame_rate(str(ask.spec.get("fps") or "24"))
        return fps, ratio(str(ask.spec.get("aspect") or "16:9"))
    except ValueError as error:
        raise ProviderError(Reason.INVALID_SPEC, f"A clip can't be so: {error}.") from error
