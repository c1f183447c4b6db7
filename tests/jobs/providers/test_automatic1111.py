"""The automatic1111 provider on its wire-fakes: A1111 itself, and stable-diffusion.cpp's jobs."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from domain.access import OWNER
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.blocking import Reason
from domain.work.job import JobState
from domain.work.provider import Ask, Handle, Input, ProviderError, Stopped
from tests.wire.automatic1111 import (
    CHECKPOINTS,
    IMG2IMG,
    IMG_GEN,
    INTERRUPT,
    PROGRESS,
    TXT2IMG,
    A1111Fake,
    SdCppFake,
)
from tests.wire.house import PICTURE, Keys, WireHouse, settings
from tests.wire.pictures import png
from tests.wire.server import Answer

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
SPEC = {"type": "stable_diffusion", "prompt": "a lamp", "seed": 7}
OUT_OF_MEMORY = Answer(500, {"error": "OutOfMemoryError", "errors": "CUDA out of memory"})

MakeHouse = Callable[..., WireHouse]


@pytest.fixture
def fake() -> Iterator[A1111Fake]:
    with A1111Fake() as server:
        yield server


@pytest.fixture
def sdcpp() -> Iterator[SdCppFake]:
    with SdCppFake() as server:
        yield server


@pytest.fixture
def keys() -> Iterator[Keys]:
    with Keys() as keys:
        yield keys


@pytest.fixture
def a_house(keys: Keys, tmp_path: Path) -> Iterator[MakeHouse]:
    with ExitStack() as stack:

        def make(fake: A1111Fake, **changes: Any) -> WireHouse:
            one = settings("automatic1111", fake.url, **changes)
            return stack.enter_context(WireHouse(tmp_path, [keys.connect(one)]))

        yield make


def an_ask(**facts: Any) -> Ask:
    return Ask(**{"key": "k", "spec": SPEC, "media_type": MediaType.IMAGE, "attempt": 0} | facts)


def test_a_picture_is_made_with_the_seed_that_was_sent_p9(
    fake: A1111Fake, a_house: MakeHouse
) -> None:
    house = a_house(fake)
    slot = house.ask()
    assert (slot.state, slot.provider_kind) == ("succeeded", ProviderKind.LIVE)
    [take] = house.takes(slot)
    assert (take.realised["seed"], take.realised["seed_source"]) == (7, "reported")
    assert take.realised["model"] == "dreamshaper_8"
    [submission] = house.submissions()
    assert submission.provider_job_id == f"task({submission.key})"
    told = fake.calls(TXT2IMG)[0].json
    assert told["force_task_id"] == submission.provider_job_id
    assert (told["prompt"], told["seed"], told["steps"], told["cfg_scale"]) == (
        "a lamp",
        7,
        20,
        7.5,
    )
    assert (told["width"], told["height"], told["batch_size"], told["n_iter"]) == (640, 360, 1, 1)
    assert (told["send_images"], told["save_images"]) == (True, False)
    assert "override_settings" not in told


def test_a_references_picture_goes_to_img2img(fake: A1111Fake, keys: Keys) -> None:
    provider = keys.connect(settings("automatic1111", fake.url))
    look = Input(name="look", file="0.png", media_type=MediaType.IMAGE, kind=ProviderKind.LIVE)
    ask = an_ask(inputs=(look,), fetch=lambda _input: png())
    assert provider.result(ask, provider.submit(ask)).data == png()
    assert len(fake.calls(IMG2IMG)[0].json["init_images"]) == 1


@pytest.mark.parametrize(
    ("info", "source"), [("", "sent"), ("{", "sent"), (None, "sent"), ("usual", "reported")]
)
def test_a_server_may_tell_nothing_of_a_picture(
    fake: A1111Fake, keys: Keys, info: Any, source: str
) -> None:
    fake.info = info
    provider = keys.connect(settings("automatic1111", fake.url))
    made = provider.result(an_ask(), provider.submit(an_ask()))
    assert (made.realised["seed"], made.realised["seed_source"]) == (7, source)


def test_a_grid_is_not_taken_for_the_picture(fake: A1111Fake, keys: Keys) -> None:
    fake.grid = True
    provider = keys.connect(settings("automatic1111", fake.url))
    assert provider.result(an_ask(), provider.submit(an_ask())).data == png("#203040")


def test_the_model_is_sent_and_one_that_is_not_there_blocks_with_its_name(
    fake: A1111Fake, a_house: MakeHouse
) -> None:
    house = a_house(fake, models={MediaType.IMAGE: "lost_one"})
    slot = house.ask()
    assert slot.reason is not None
    assert (slot.state, slot.reason.code) == ("blocked", Reason.MISSING_MODEL)
    assert "lost_one" in slot.reason.message
    assert "dreamshaper_8" in slot.reason.message
    assert fake.calls(TXT2IMG) == []
    fake.checkpoints.append("lost_one")
    assert house.retry().state == "succeeded"
    told = fake.calls(TXT2IMG)[0].json
    assert told["override_settings"] == {"sd_model_checkpoint": "lost_one"}


def test_progress_is_the_servers_own_and_of_our_task_alone(fake: A1111Fake, keys: Keys) -> None:
    fake.hold[TXT2IMG] = threading.Event()
    told: list[float | None] = []

    def tell(progress: float | None) -> None:
        told.append(progress)
        fake.hold[TXT2IMG].set()

    provider = keys.connect(settings("automatic1111", fake.url))
    ask = an_ask(tell=tell)
    handle = provider.submit(ask)
    assert provider.result(ask, handle).data == png()
    assert told == [0.42]
    assert fake.calls(PROGRESS)[0].json["id_task"] == handle.provider_job_id


def test_who_leaves_off_interrupts_the_server(fake: A1111Fake, keys: Keys) -> None:
    fake.hold[TXT2IMG] = threading.Event()

    def tell(_progress: float | None) -> None:
        raise Stopped

    provider = keys.connect(settings("automatic1111", fake.url))
    ask = an_ask(tell=tell)
    with pytest.raises(Stopped):
        provider.result(ask, provider.submit(ask))
    assert len(fake.calls(INTERRUPT)) == 1


def test_somebody_elses_picture_is_not_interrupted(fake: A1111Fake, keys: Keys) -> None:
    provider = keys.connect(settings("automatic1111", fake.url))
    provider.cancel(Handle(provider_job_id="task(other)", facts={"api": "sdapi"}))
    assert fake.calls(INTERRUPT) == []


def test_memory_that_runs_out_twice_means_a_smaller_picture(fake: A1111Fake, keys: Keys) -> None:
    provider = keys.connect(settings("automatic1111", fake.url))
    for attempt, reason in ((0, Reason.TRANSIENT), (1, Reason.INVALID_SPEC)):
        fake.say(TXT2IMG, OUT_OF_MEMORY)
        ask = an_ask(attempt=attempt)
        with pytest.raises(ProviderError) as refusal:
            provider.result(ask, provider.submit(ask))
        assert refusal.value.reason is reason


ROWS: list[tuple[Answer, str, Reason]] = [
    (Answer(401, {"detail": "Incorrect username or password"}), "blocked",
     Reason.INVALID_CREDENTIALS),
    (Answer(404, {"detail": "Sampler not found"}), "failed", Reason.INVALID_SPEC),
    (Answer(404, {"detail": "Not Found"}), "blocked", Reason.WRONG_SERVER),
    (Answer(422, {"detail": [{"loc": ["body", "steps"], "msg": "bad", "type": "x"}]}), "failed",
     Reason.INVALID_SPEC),
    (OUT_OF_MEMORY, "pending", Reason.TRANSIENT),
    (Answer(503, b""), "pending", Reason.TRANSIENT),
    (Answer(200, {"images": [], "info": "{}"}), "failed", Reason.BAD_OUTPUT),
    (Answer(200, {"images": ["!"], "info": ""}), "failed", Reason.BAD_OUTPUT),
    (Answer(200, b"{", {"content-length": "999"}), "pending", Reason.TRANSIENT),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "state", "reason"), ROWS)
def test_every_failure_ends_in_its_state(
    fake: A1111Fake, a_house: MakeHouse, answer: Answer, state: str, reason: Reason
) -> None:
    fake.say(TXT2IMG, answer)
    house = a_house(fake)
    assert (house.ask().state, house.job().reason) == (state, reason)
    assert house.job().error
    assert house.stored == []


def test_name_and_password_go_as_basic_and_are_missed_by_name(
    fake: A1111Fake, keys: Keys, a_house: MakeHouse
) -> None:
    house = a_house(fake, key_required=True)
    slot = house.ask()
    assert slot.reason is not None
    assert slot.reason.code == Reason.MISSING_CREDENTIALS
    assert "AUTOMATIC1111_AUTH" in slot.reason.message
    keys["AUTOMATIC1111_AUTH"] = "keeper:lamp"
    assert house.retry().state == "succeeded"
    assert fake.calls(TXT2IMG)[0].headers["authorization"] == "Basic a2VlcGVyOmxhbXA="


def test_without_an_address_it_is_not_ready_and_says_where_to_write_one(keys: Keys) -> None:
    found = keys.connect(settings("automatic1111", None)).check()
    assert found.reason is Reason.NO_PROVIDER
    assert "[automatic1111]" in found.detail
    assert "base_url" in found.detail


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (None, None),
        (Answer(200, []), Reason.MISSING_MODEL),
        (Answer(404, {"detail": "Not Found"}), Reason.WRONG_SERVER),
        (Answer(200, {"a": "page"}), Reason.WRONG_SERVER),
        (Answer(503, b""), Reason.UNREACHABLE),
    ],
)
def test_a_probe_asks_for_checkpoints(
    fake: A1111Fake, keys: Keys, answer: Answer | None, reason: Reason | None
) -> None:
    if answer is not None:
        fake.say(CHECKPOINTS, answer)
    assert keys.connect(settings("automatic1111", fake.url)).probe().reason is reason


# stable-diffusion.cpp


def test_jobs_of_stable_diffusion_cpp_outlive_us(
    sdcpp: SdCppFake, keys: Keys, a_house: MakeHouse
) -> None:
    one = settings("automatic1111", sdcpp.url)
    ask = an_ask()
    handle = keys.connect(one).submit(ask)
    assert handle.provider_job_id == "job_1"
    later = keys.connect(one)
    assert later.poll(handle).phase == "queued"
    sdcpp.complete()
    assert later.poll(handle).phase == "ready"
    made = later.result(ask, handle)
    assert (made.realised["seed"], made.realised["seed_source"]) == (7, "reported")
    told = sdcpp.calls(IMG_GEN)[0].json
    assert told["sample_params"] == {"sample_steps": 20, "guidance": {"txt_cfg": 7.5}}
    assert (told["seed"], told["batch_count"]) == (7, 1)


def test_a_cancel_reaches_the_job_over_there(sdcpp: SdCppFake, a_house: MakeHouse) -> None:
    house = a_house(sdcpp)
    job_id = house.begin()
    house.fulfil(job_id)
    assert house.job().state is JobState.QUEUED
    house.studio.control.cancel(OWNER, job_id)
    house.fulfil(job_id)
    assert house.job().state is JobState.CANCELLED
    assert sdcpp.jobs["job_1"]["status"] == "cancelled"


@pytest.mark.parametrize(
    ("before", "message", "reason"),
    [
        (0, "generate_image returned empty results", Reason.TRANSIENT),
        (1, "generate_image returned empty results", Reason.PROVIDER_FAILED),
        (0, "ggml: out of memory", Reason.TRANSIENT),
        (1, "ggml: out of memory", Reason.INVALID_SPEC),
    ],
)
def test_a_job_that_failed_over_there_is_tried_once_more(
    sdcpp: SdCppFake, keys: Keys, before: int, message: str, reason: Reason
) -> None:
    provider = keys.connect(settings("automatic1111", sdcpp.url))
    handle = provider.submit(an_ask(attempt=before))
    sdcpp.complete(status="failed", error={"code": "generation_failed", "message": message})
    update = provider.poll(handle)
    assert (update.phase, update.reason) == ("failed", reason)


def test_an_unknown_word_is_still_running_and_logged_once(
    sdcpp: SdCppFake, keys: Keys, caplog: pytest.LogCaptureFixture
) -> None:
    provider = keys.connect(settings("automatic1111", sdcpp.url))
    handle = provider.submit(an_ask())
    sdcpp.complete(status="dreaming")
    assert provider.poll(handle).phase == "running"
    assert provider.poll(handle).phase == "running"
    assert caplog.text.count("dreaming") == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_job_that_is_gone_over_there_is_lost(sdcpp: SdCppFake, keys: Keys, status: int) -> None:
    provider = keys.connect(settings("automatic1111", sdcpp.url))
    handle = provider.submit(an_ask())
    sdcpp.say("/sdcpp/v1/jobs/job_1", Answer(status, {"error": "job not found"}))
    assert provider.poll(handle).phase == "lost"


def test_a_full_queue_waits_without_using_an_attempt(sdcpp: SdCppFake, a_house: MakeHouse) -> None:
    sdcpp.say(IMG_GEN, Answer(429, {"error": "job queue is full"}))
    house = a_house(sdcpp)
    assert house.ask(PICTURE).state == "pending"
    assert (house.job().reason, house.job().fails) == (Reason.RATE_LIMITED, 0)


def test_a_completed_job_without_a_picture_is_bad_output(sdcpp: SdCppFake, keys: Keys) -> None:
    provider = keys.connect(settings("automatic1111", sdcpp.url))
    handle = provider.submit(an_ask())
    sdcpp.complete()
    sdcpp.jobs["job_1"]["result"] = json.loads('{"images": []}')
    with pytest.raises(ProviderError) as refusal:
        provider.result(an_ask(), handle)
    assert refusal.value.reason is Reason.BAD_OUTPUT
