"""The fake provider: demo art and demo sound from our own code, marked for ever as such.

No network. A submission is only a time at which it will be ready, so it survives a restart: what
it makes follows from the ask alone.
"""

from dataclasses import replace

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.ports import Clock
from domain.work.provider import Ask, Capabilities, Handle, Made, Readiness, Update
from jobs.alone import run_alone
from jobs.art.ask import PictureAsk
from jobs.film.ask import FilmAsk
from jobs.film.request import film_ask
from jobs.film.shooting import shoot
from jobs.pool import Pool
from jobs.providers import theatre

NAME = "fake"
SHORTEST_S, SPREAD_S = 0.5, 0.7
"""An ordinary making takes between the one and the sum of both, by what is asked."""
POLL_S = 0.25
MODEL = "framewright demo art"
CHARACTERS_A_SECOND = 14
"""Of spoken English, about."""
LIMIT_S = 900.0
PLAIN_CLIP = 320, 180
"""Pixels of a clip that nobody looks at."""

CAPABILITIES = Capabilities(
    kind=ProviderKind.FAKE,
    makes=frozenset({MediaType.IMAGE, MediaType.VOICE, MediaType.MUSIC, MediaType.VIDEO}),
    progress="percent",
    resumable=True,
    concurrency=4,
    mixes_voice=True,
)


class FakeProvider:
    """`domain.work.provider.Provider`; ``media_spec.demo`` scripts how a submission goes."""

    name = NAME
    capabilities = CAPABILITIES

    def __init__(self, pool: Pool, clock: Clock, *, speed: float = 1.0, art: str = "scene") -> None:
        """``speed`` multiplies all delays, 0 for none; ``art`` is ``scene`` or ``plain``."""
        self._pool = pool
        self._clock = clock
        self._speed = speed
        self._art = art

    def check(self) -> Readiness:
        return Readiness()

    def submit(self, ask: Ask) -> Handle:
        step = theatre.step_for(ask.spec.get("demo"), ask.attempt)
        refusal = theatre.ending(step)
        if refusal is not None and step.word == "rate_limited":
            raise refusal
        told = step.seconds if step.seconds is not None and step.word != "rate_limited" else None
        seconds = self._speed * (_usual(ask.key) if told is None else told)
        now = self._clock.now().timestamp()
        return Handle(
            provider_job_id=f"fake-{ask.key}",
            facts={"step": step.word, "from": now, "until": now + seconds},
        )

    def poll(self, handle: Handle) -> Update:
        step = theatre.Step(handle.facts["step"], None)
        began, until = handle.facts["from"], handle.facts["until"]
        now = self._clock.now().timestamp()
        if step.word == "never":
            return Update(phase="running", next_poll_s=10.0)
        if now < until:
            progress = (now - began) / (until - began)
            wait = min(POLL_S, until - now)
            return Update(phase="running", progress=progress, next_poll_s=wait)
        refusal = theatre.ending(step)
        if refusal is not None:
            raise refusal
        return Update(phase="ready")

    def result(self, ask: Ask, handle: Handle) -> Made:
        match handle.facts["step"]:
            case "corrupt":
                data = b"\x89PNG\r\n\x1a\n and then nothing that a picture is made of"
            case "empty":
                data = b""
            case _:
                data = self._make(ask)
        realised = {**ask.spec, "model": MODEL, "seed_source": "sent"}
        return Made(data=data, realised=realised)

    def cancel(self, handle: Handle) -> None:
        """There is nobody to tell: what is not fetched is never made."""

    def _make(self, ask: Ask) -> bytes:
        spec, seed = ask.spec, int(ask.spec.get("seed") or 0)
        if ask.media_type is MediaType.IMAGE:
            picture = PictureAsk(
                prompt=str(spec.get("prompt", "")),
                seed=seed,
                width=int(spec.get("width") or 512),
                height=int(spec.get("height") or 512),
                label=ask.label,
            )
            return self._pool.run(_paint_plain if self._art == "plain" else _paint, picture)
        if ask.media_type is MediaType.VIDEO:
            return self._film(ask, seed)
        text = str(spec.get("text") or spec.get("prompt") or "")
        seconds = float(spec.get("seconds") or max(1.0, len(text) / CHARACTERS_A_SECOND))
        voice = ask.media_type is MediaType.VOICE
        return self._pool.run(_speak if voice else _play, text, seed, seconds)

    def _film(self, ask: Ask, seed: int) -> bytes:
        wanted = film_ask(ask, CAPABILITIES.kind)
        if self._art == "plain":
            told = f"{ask.spec.get('prompt', '')} {[one.sha256 for one in ask.inputs]}"
            card = PictureAsk(told, seed, *PLAIN_CLIP, label=ask.label)
            return self._pool.run(_film_plain, card, wanted)
        return run_alone(ask.tell, LIMIT_S, shoot, wanted).mp4


def _usual(key: str) -> float:
    """Seconds an ordinary making takes: always the same for the same ask."""
    return SHORTEST_S + SPREAD_S * (sum(key.encode()) % 16) / 15


# The children import what they run, and nothing else: these names are all they get.


def _paint(ask: PictureAsk) -> bytes:
    from jobs.art.picture import paint  # noqa: PLC0415

    return paint(ask)


def _paint_plain(ask: PictureAsk) -> bytes:
    from jobs.art.plain import plain  # noqa: PLC0415

    return plain(ask)


def _speak(text: str, seed: int, seconds: float) -> bytes:
    from jobs.art.tone import tone  # noqa: PLC0415

    return tone(text, seed, seconds)


def _play(text: str, seed: int, seconds: float) -> bytes:
    from jobs.art.bed import bed  # noqa: PLC0415

    return bed(text, seed, seconds)


def _film_plain(card: PictureAsk, wanted: FilmAsk) -> bytes:
    from jobs.art.plain import plain  # noqa: PLC0415

    still = replace(wanted, frame=plain(card), movement="static", is_demo_frame=True)
    return shoot(lambda _: None, still).mp4
