"""What every provider of the house keeps to: one suite, on each of them and each thing it makes."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from PIL import Image

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.inputs import tainted
from domain.work.provider import Ask, Handle, Input, Made, Provider
from jobs.pool import Pool
from jobs.providers.bed import BedProvider
from jobs.providers.camera_move import CameraMoveProvider
from jobs.providers.espeak import EspeakProvider
from jobs.providers.fake import FakeProvider
from jobs.providers.paperdoll import PaperdollProvider
from storage.clock import SystemClock
from storage.inspector import Inspector


@dataclass(frozen=True)
class Case:
    """One thing that one provider makes; ``frame`` is the kind of the picture it is made from."""

    provider: str
    media_type: MediaType
    spec: dict[str, Any] = field(hash=False)
    frame: ProviderKind | None = None

    def __str__(self) -> str:
        return f"{self.provider}-{self.media_type}{f'-of-{self.frame}' if self.frame else ''}"

    @property
    def inputs(self) -> tuple[Input, ...]:
        if self.frame is None:
            return ()
        return (Input(name="frame", file="a.webp", media_type=MediaType.IMAGE, kind=self.frame),)


PICTURE = {"type": "stable_diffusion", "prompt": "a lamp", "width": 128, "height": 96}
LINE = {"type": "tts", "text": "It went out.", "language": "en"}
MUSIC = {"type": "music", "prompt": "calm sea", "seconds": 1.0}
CLIP = {"type": "video", "from": "frame", "movement": "pan left", "seconds": 0.5, "fps": "12"}
DOLL = {"type": "svg_paperdoll", "body_type": "child"}
CASES = [
    Case("fake", MediaType.IMAGE, PICTURE),
    Case("fake", MediaType.VOICE, LINE),
    Case("fake", MediaType.MUSIC, MUSIC),
    Case("fake", MediaType.VIDEO, CLIP, ProviderKind.FAKE),
    Case("fake", MediaType.VIDEO, CLIP, ProviderKind.UPLOAD),
    Case("plain fake", MediaType.VIDEO, CLIP, ProviderKind.FAKE),
    Case("paperdoll", MediaType.VECTOR, DOLL),
    Case("espeak", MediaType.VOICE, LINE),
    Case("bed", MediaType.MUSIC, MUSIC),
    Case("camera_move", MediaType.VIDEO, CLIP, ProviderKind.UPLOAD),
    Case("camera_move", MediaType.VIDEO, CLIP, ProviderKind.LIVE),
    Case("camera_move", MediaType.VIDEO, CLIP, ProviderKind.FAKE),
]
Open = Callable[[str], Provider]


@pytest.fixture(scope="module")
def provider_named() -> Iterator[Open]:
    pool, clock = Pool(1), SystemClock()
    found: dict[str, Provider] = {
        "fake": FakeProvider(pool, clock, speed=0),
        "plain fake": FakeProvider(pool, clock, speed=0, art="plain"),
        "paperdoll": PaperdollProvider(),
        "espeak": EspeakProvider(),
        "camera_move": CameraMoveProvider(),
        "bed": BedProvider(),
    }
    yield found.__getitem__
    pool.close()


@pytest.fixture(scope="module")
def inspector() -> Iterator[Inspector]:
    inspector = Inspector()
    yield inspector
    inspector.close()


def ask_for(case: Case, **changes: Any) -> Ask:
    given: dict[str, Any] = {
        "key": "job.0",
        "spec": {**case.spec, "seed": 7},
        "media_type": case.media_type,
        "attempt": 0,
        "label": "SH0010",
        "inputs": case.inputs,
        "fetch": lambda _: still(),
    }
    return Ask(**given | changes)


def still() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((160, 90)).convert("RGB").save(out, "WEBP")
    return out.getvalue()


def make(provider: Provider, ask: Ask) -> Made:
    """As a worker does it: what is between the calls goes through a row of the database."""
    handle = Handle.model_validate(json.loads(json.dumps(provider.submit(ask).model_dump())))
    assert provider.poll(handle).phase == "ready"
    return provider.result(ask, handle)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_makes_what_it_says_and_the_bytes_tell_its_kind_p7_p9(
    case: Case, provider_named: Open, inspector: Inspector
) -> None:
    provider = provider_named(case.provider)
    assert provider.check().is_ready
    assert provider.capabilities.can(case.media_type, case.spec)
    ask = ask_for(case)
    made = make(provider, ask)
    found = inspector.inspect(made.data)
    assert found.media_type is case.media_type or found.media_type.is_sound
    kind = tainted(provider.capabilities.kind, case.inputs)
    assert found.marked_fake is (kind is ProviderKind.FAKE)
    assert made.realised.items() >= ask.spec.items()
    assert made.realised["model"]
    assert json.dumps(made.realised)
    if found.duration is not None and "seconds" in case.spec:
        assert found.duration == pytest.approx(case.spec["seconds"], abs=0.1)


@pytest.mark.parametrize(
    "case", [*{one.provider + one.media_type: one for one in CASES}.values()], ids=str
)
def test_the_same_ask_gives_the_same_bytes_in_another_process_p9(
    case: Case, provider_named: Open
) -> None:
    provider, ask = provider_named(case.provider), ask_for(case)
    assert make(provider, ask).data == make(provider, ask).data


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_cancel_is_never_an_error_p9(case: Case, provider_named: Open) -> None:
    provider = provider_named(case.provider)
    handle = provider.submit(ask_for(case))
    provider.cancel(handle)
    provider.cancel(handle)


@pytest.mark.parametrize("case", [case for case in CASES if case.spec is CLIP], ids=str)
def test_a_clip_tells_how_far_it_is_p9(case: Case, provider_named: Open) -> None:
    told: list[float | None] = []
    make(provider_named(case.provider), ask_for(case, tell=told.append))
    known = [one for one in told if one is not None]
    assert known == sorted(known)
    assert case.provider == "plain fake" or known
