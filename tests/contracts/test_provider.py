"""What every provider must do: fake, local, and live ones over real sockets (P9, P10)."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any, Protocol

import pytest

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.blocking import Reason
from domain.work.provider import Ask, Handle, Provider, ProviderError, Remote
from jobs.pool import Pool
from jobs.providers.bed import BedProvider
from jobs.providers.espeak import EspeakProvider
from jobs.providers.fake import FakeProvider
from jobs.providers.paperdoll import PaperdollProvider
from storage.clock import SystemClock
from storage.inspector import Inspector
from tests.wire.automatic1111 import A1111Fake, SdCppFake
from tests.wire.house import Keys, settings
from tests.wire.openai import KEY, OpenAIFake

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
PICTURE = {"type": "stable_diffusion", "prompt": "a lamp", "width": 64, "height": 64, "seed": 7}
LINE = {"type": "tts", "text": "It went out.", "seed": 7}
TUNE = {"type": "music", "prompt": "calm sea", "seconds": 1.0, "seed": 7}
DOLL = {"type": "svg_paperdoll", "body_type": "child"}


class Case:
    """One provider, and one thing that it makes."""

    def __init__(self, provider: Provider, media_type: MediaType, spec: dict[str, Any]) -> None:
        self.provider = provider
        self.media_type = media_type
        self.spec = spec

    def ask(self, key: str = "job.0") -> Ask:
        return Ask(key=key, spec=self.spec, media_type=self.media_type, attempt=0, label="A")

    def ready(self) -> None:
        """Let what is made elsewhere be made."""


class SdCppCase(Case):
    def __init__(self, provider: Provider, fake: SdCppFake) -> None:
        super().__init__(provider, MediaType.IMAGE, PICTURE)
        self._fake = fake

    def ready(self) -> None:
        self._fake.complete()


class Make(Protocol):
    def __call__(self, stack: ExitStack) -> Case: ...


def fake(stack: ExitStack) -> Case:
    pool = stack.enter_context(closing(Pool(1)))
    provider = FakeProvider(pool, SystemClock(), speed=0, art="plain")
    return Case(provider, MediaType.IMAGE, PICTURE)


def local(provider: type[Provider], media_type: MediaType, spec: dict[str, Any]) -> Make:
    def make(stack: ExitStack) -> Case:
        return Case(provider(), media_type, spec)

    return make


def openai(media_type: MediaType, spec: dict[str, Any]) -> Make:
    def make(stack: ExitStack) -> Case:
        keys = stack.enter_context(Keys({"OPENAI_API_KEY": KEY}))
        server = stack.enter_context(OpenAIFake())
        return Case(keys.connect(settings("openai", server.base_url)), media_type, spec)

    return make


def a1111(stack: ExitStack) -> Case:
    keys, server = stack.enter_context(Keys()), stack.enter_context(A1111Fake())
    provider = keys.connect(settings("automatic1111", server.url))
    return Case(provider, MediaType.IMAGE, PICTURE)


def sdcpp(stack: ExitStack) -> Case:
    keys, server = stack.enter_context(Keys()), stack.enter_context(SdCppFake())
    return SdCppCase(keys.connect(settings("automatic1111", server.url)), server)


MAKERS: dict[str, Make] = {
    "fake": fake,
    "paperdoll": local(PaperdollProvider, MediaType.VECTOR, DOLL),
    "espeak": local(EspeakProvider, MediaType.VOICE, LINE),
    "bed": local(BedProvider, MediaType.MUSIC, TUNE),
    "openai pictures": openai(MediaType.IMAGE, PICTURE),
    "openai speech": openai(MediaType.VOICE, LINE),
    "automatic1111": a1111,
    "stable-diffusion.cpp": sdcpp,
}


@pytest.fixture(params=MAKERS)
def case(request: pytest.FixtureRequest) -> Iterator[Case]:
    with ExitStack() as stack:
        yield MAKERS[request.param](stack)


def test_it_says_what_it_is_and_can(case: Case) -> None:
    can = case.provider.capabilities
    assert can.can(case.media_type, case.spec)
    assert case.provider.check().is_ready
    assert can.kind in (ProviderKind.FAKE, ProviderKind.LOCAL, ProviderKind.LIVE)
    assert isinstance(case.provider, Remote) == (can.kind is ProviderKind.LIVE)
    if not can.billable:
        assert can.price(case.media_type, case.spec) == 0


def test_what_it_makes_is_media_of_the_kind_that_was_asked_for(case: Case) -> None:
    ask = case.ask()
    handle = case.provider.submit(ask)
    case.ready()
    update = case.provider.poll(handle)
    assert update.phase == "ready"
    made = case.provider.result(ask, handle)
    with closing(Inspector()) as inspector:
        found = inspector.inspect(made.data)
    both_sound = found.media_type.is_sound and case.media_type.is_sound
    assert found.media_type is case.media_type or both_sound
    is_fake = case.provider.capabilities.kind is ProviderKind.FAKE
    assert found.marked_fake == is_fake
    assert made.realised["type"] == case.spec["type"]
    assert made.realised["model"]


def test_a_result_may_be_fetched_again(case: Case) -> None:
    ask = case.ask()
    handle = case.provider.submit(ask)
    case.ready()
    case.provider.poll(handle)
    first = case.provider.result(ask, handle)
    assert case.provider.result(ask, handle).data == first.data


def test_a_handle_is_kept_as_json_and_found_again_by_it(case: Case) -> None:
    handle = case.provider.submit(case.ask())
    case.ready()
    assert handle.provider_job_id
    kept = Handle.model_validate_json(handle.model_dump_json())
    assert case.provider.poll(kept).phase == "ready"


def test_a_cancel_is_taken_without_a_word(case: Case) -> None:
    handle = case.provider.submit(case.ask())
    assert case.provider.cancel(handle) is None  # type: ignore[func-returns-value]


def test_a_probe_of_a_server_never_raises() -> None:
    with Keys({"OPENAI_API_KEY": KEY}) as keys:
        for adapter in ("openai", "automatic1111"):
            away = keys.connect(settings(adapter, "http://127.0.0.1:9"))
            assert away.probe().reason is Reason.UNREACHABLE
            ask = Ask(key="k", spec=PICTURE, media_type=MediaType.IMAGE, attempt=0)
            with pytest.raises(ProviderError) as refusal:
                away.submit(ask)
            assert (refusal.value.reason, refusal.value.outcome_known) == (Reason.TRANSIENT, True)
