"""The openai provider on its wire-fake, within a whole house."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.blocking import Reason
from domain.work.planning import keyed
from domain.work.price import Prices
from domain.work.provider import Ask, Input, ProviderError
from jobs.providers.openai import requests
from tests.wire.house import LINE, PICTURE, Keys, WireHouse, settings
from tests.wire.openai import EDITS, GENERATIONS, KEY, MODELS, SPEECH, OpenAIFake, error
from tests.wire.pictures import png
from tests.wire.server import Answer

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
ENV = "OPENAI_API_KEY"
PRICED = Prices.model_validate({"image": "0.04", "voice_1k": "0.015"})

MakeHouse = Callable[..., WireHouse]


@pytest.fixture
def fake() -> Iterator[OpenAIFake]:
    with OpenAIFake() as server:
        yield server


@pytest.fixture
def keys() -> Iterator[Keys]:
    with Keys({ENV: KEY}) as keys:
        yield keys


@pytest.fixture
def a_house(fake: OpenAIFake, keys: Keys, tmp_path: Path) -> Iterator[MakeHouse]:
    with ExitStack() as stack:

        def make(**changes: Any) -> WireHouse:
            told: dict[str, Any] = {"base_url": fake.base_url, "prices": PRICED} | changes
            one = settings("openai", **told)
            return stack.enter_context(WireHouse(tmp_path, [keys.connect(one)], keyring=keys))

        yield make


def test_a_picture_is_bought_once_and_everything_about_it_is_kept_p9(
    fake: OpenAIFake, a_house: MakeHouse
) -> None:
    house = a_house()
    slot = house.ask()
    assert (slot.state, slot.provider_kind) == ("succeeded", ProviderKind.LIVE)
    [take] = house.takes(slot)
    [submission] = house.submissions()
    assert (submission.provider_job_id, submission.charged) == ("req_1", "yes")
    assert submission.cost_micros == 40_000
    assert house.tag(take).kind is ProviderKind.LIVE
    assert take.realised["model"] == "gpt-image-2"
    assert take.realised["usage"]["total_tokens"] == 281
    assert (take.realised["size"], take.realised["seed_source"]) == ("640x352", "unknown")
    assert "seed" not in take.realised
    [asked] = fake.calls(GENERATIONS)
    assert asked.json == {"model": "gpt-image-2", "prompt": "a lamp", "n": 1, "size": "640x352"}
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert fake.bill == 1


def test_a_line_is_spoken_at_its_pace_and_in_its_language(
    fake: OpenAIFake, a_house: MakeHouse
) -> None:
    house = a_house()
    slot = house.ask(LINE)
    assert (slot.state, slot.media_type) == ("succeeded", MediaType.VOICE)
    assert fake.calls(SPEECH)[0].json == {
        "model": "gpt-4o-mini-tts",
        "input": "It went out.",
        "voice": "alloy",
        "response_format": "mp3",
        "speed": 0.85,
        "instructions": "Speak in the language de.",
    }
    assert house.submissions()[0].cost_micros == 180


def test_references_go_to_the_edits_route(fake: OpenAIFake, keys: Keys) -> None:
    provider = keys.connect(settings("openai", fake.base_url))
    look = Input(name="look", file="0.png", media_type=MediaType.IMAGE, kind=ProviderKind.LIVE)
    ask = Ask(
        key="k",
        spec={"type": "stable_diffusion", "prompt": "a lamp"},
        media_type=MediaType.IMAGE,
        attempt=0,
        inputs=(look, look.model_copy(update={"name": "place"})),
        fetch=lambda _input: png(),
    )
    made = provider.result(ask, provider.submit(ask))
    assert made.data == png()
    [asked] = fake.calls(EDITS)
    assert asked.headers["content-type"].startswith("multipart/form-data")
    assert asked.body.count(b'name="image[]"') == 2
    assert b'filename="look.webp"' in asked.body
    assert asked.body.count(png()) == 2


def test_a_dialect_says_what_else_a_compatible_server_takes(
    fake: OpenAIFake, a_house: MakeHouse
) -> None:
    fake.key = None
    flags = {"seed", "negative_prompt", "steps", "guidance_scale", "response_format", "any_size"}
    house = a_house(dialect=frozenset(flags), key_required=False, models={MediaType.IMAGE: "sdxl"})
    spec = "{type: stable_diffusion, prompt: a lamp, negative_prompt: fog, seed: 0, steps: 4}"
    [take] = house.takes(house.ask(spec))
    told = fake.calls(GENERATIONS)[0].json
    assert (told["seed"], told["negative_prompt"], told["num_inference_steps"]) == (0, "fog", 4)
    assert (told["response_format"], told["model"], told["prompt"]) == (
        "b64_json",
        "sdxl",
        "a lamp",
    )
    assert (take.realised["seed"], take.realised["seed_source"]) == (0, "sent")


def test_settings_of_a_server_cannot_be_slipped_in_by_a_prompt() -> None:
    spec = {
        "prompt": 'a lamp <sd_cpp_extra_args>{"seed":1}</sd_cpp_extra_args> <SD_CPP_extra_args>{"x',
        "negative_prompt": "fog</sd_cpp_extra_args>",
        "seed": 7,
        "steps": 2,
    }
    told = requests.picture(spec, model="m", dialect=frozenset({"sd_cpp"}))
    head, _, own = told["prompt"].partition(" <sd_cpp_extra_args>")
    assert head == "a lamp"
    assert json.loads(own.removesuffix("</sd_cpp_extra_args>")) == {
        "seed": 7,
        "negative_prompt": "fog",
        "sample_params": {"sample_steps": 2},
    }


@pytest.mark.parametrize(
    ("asked", "model", "sent"),
    [
        ((640, 360), "gpt-image-2", "640x352"),
        ((1280, 720), "gpt-image-2", "1280x720"),
        ((4096, 2304), "gpt-image-2", "3840x2160"),
        ((4096, 1024), "gpt-image-2", "3072x1024"),
        ((640, 360), "gpt-image-1.5", "1536x1024"),
        ((512, 768), "gpt-image-1-mini", "1024x1536"),
        ((512, 512), "chatgpt-image-latest", "1024x1024"),
    ],
)
def test_sizes_are_those_the_model_takes(asked: tuple[int, int], model: str, sent: str) -> None:
    spec = {"prompt": "x", "width": asked[0], "height": asked[1]}
    assert requests.picture(spec, model=model, dialect=frozenset())["size"] == sent


ROWS: list[tuple[Answer, str, Reason, str]] = [
    (error(401, "invalid_api_key"), "blocked", Reason.INVALID_CREDENTIALS, "no"),
    (error(401, "insufficient_quota"), "blocked", Reason.QUOTA_EXHAUSTED, "no"),
    (error(429, "insufficient_quota"), "blocked", Reason.QUOTA_EXHAUSTED, "no"),
    (error(400, "moderation_blocked"), "failed", Reason.CONTENT_POLICY, "no"),
    (error(400, "invalid_value"), "failed", Reason.INVALID_SPEC, "no"),
    (error(404, "model_not_found"), "blocked", Reason.MISSING_MODEL, "no"),
    (error(429, "rate_limit_exceeded"), "pending", Reason.RATE_LIMITED, "no"),
    (error(500, "server_error"), "pending", Reason.TRANSIENT, "no"),
    (
        Answer(200, {"error": {"code": "insufficient_quota", "message": "x"}}),
        "blocked",
        Reason.QUOTA_EXHAUSTED,
        "no",
    ),
    (Answer(502, b"<html>bad gateway</html>"), "blocked", Reason.OUTCOME_UNKNOWN, "maybe"),
    (Answer(200, b"{", {"content-length": "999"}), "blocked", Reason.OUTCOME_UNKNOWN, "maybe"),
    (Answer(200, {"data": []}), "failed", Reason.BAD_OUTPUT, "yes"),
    (Answer(200, {"data": [{"b64_json": "!"}]}), "failed", Reason.BAD_OUTPUT, "yes"),
    (Answer(200, {"data": [{"b64_json": "aGVsbG8="}]}), "failed", Reason.BAD_OUTPUT, "yes"),
    (
        Answer(200, b"<html>a portal</html>", {"content-type": "text/html"}),
        "failed",
        Reason.BAD_OUTPUT,
        "yes",
    ),
]


@pytest.mark.parametrize(("answer", "state", "reason", "charged"), ROWS)
def test_every_failure_ends_in_its_state_and_is_not_bought_again(  # noqa: PLR0917
    fake: OpenAIFake,
    a_house: MakeHouse,
    answer: Answer,
    state: str,
    reason: Reason,
    charged: str,
) -> None:
    fake.say(GENERATIONS, answer)
    house = a_house()
    slot = house.ask()
    job = house.job()
    assert (slot.state, job.reason) == (state, reason)
    assert [one.charged for one in house.submissions()] == [charged]
    assert job.error
    assert len(fake.calls(GENERATIONS)) == 1
    assert fake.bill == 0
    assert house.stored == []
    if state == "blocked":
        assert job.fails == (1 if reason is Reason.OUTCOME_UNKNOWN else 0)


def test_a_server_that_is_away_is_tried_again_and_nothing_was_charged(
    fake: OpenAIFake, a_house: MakeHouse
) -> None:
    house = a_house(base_url="http://127.0.0.1:9/v1")
    slot = house.ask()
    assert (slot.state, house.job().reason) == ("pending", Reason.TRANSIENT)
    assert "Is it running?" in (house.job().error or "")
    assert [one.charged for one in house.submissions()] == ["no"]


def test_a_key_that_is_missing_then_wrong_then_right_p8(
    fake: OpenAIFake, keys: Keys, a_house: MakeHouse
) -> None:
    keys.clear()
    house = a_house()
    slot = house.ask()
    assert slot.reason is not None
    assert (slot.state, slot.reason.code) == ("blocked", Reason.MISSING_CREDENTIALS)
    assert ENV in slot.reason.message
    assert fake.asked == []
    keys[ENV] = "sk-proj-WrongWrongWrong999"
    slot = house.retry()
    assert slot.reason is not None
    assert (slot.state, slot.reason.code) == ("blocked", Reason.INVALID_CREDENTIALS)
    assert "WrongWrong" not in slot.reason.message
    assert house.job().fails == 0
    keys[ENV] = KEY
    slot = house.retry()
    assert (slot.state, fake.bill) == ("succeeded", 1)


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/x.png",
        "http://127.0.0.1:1/x.png",
        "https://10.0.0.8/x.png",
        "https://evil.example/x.png",
        "file:///etc/passwd",
    ],
)
def test_a_hostile_result_is_refused_with_its_reason_and_not_bought_again(
    fake: OpenAIFake, a_house: MakeHouse, address: str
) -> None:
    fake.say(GENERATIONS, Answer(200, {"data": [{"url": address}]}))
    house = a_house()
    slot = house.ask()
    assert slot.reason is not None
    assert (slot.state, slot.reason.code) == ("failed", Reason.BAD_OUTPUT)
    assert "refused" in slot.reason.message
    assert [one.charged for one in house.submissions()] == ["yes"]
    assert house.stored == []
    assert house.work().state == "failed"
    assert len(fake.calls(GENERATIONS)) == 1


def test_a_result_on_the_own_server_is_fetched_and_looked_into(
    fake: OpenAIFake, a_house: MakeHouse
) -> None:
    address = f"{fake.url}/files/a.png"
    fake.say(GENERATIONS, Answer(200, {"data": [{"url": address}]}))
    fake.say("/files/a.png", Answer(200, png(), {"content-type": "image/png"}))
    house = a_house()
    assert house.ask().state == "succeeded"


def test_a_host_of_results_that_stumbles_is_asked_again_without_buying(
    fake: OpenAIFake, a_house: MakeHouse
) -> None:
    fake.say(GENERATIONS, Answer(200, {"data": [{"url": f"{fake.url}/files/a.png"}]}))
    fake.say("/files/a.png", Answer(503))
    house = a_house()
    assert house.ask().state in ("pending", "running")
    [submission] = house.submissions()
    assert (submission.charged, house.job().reason) == ("yes", Reason.TRANSIENT)
    assert len(fake.calls(GENERATIONS)) == 1


def test_another_model_in_the_settings_is_another_ask(fake: OpenAIFake, keys: Keys) -> None:
    spec = {"type": "stable_diffusion", "prompt": "a lamp"}

    def asked(model: str, spec: dict[str, str] = spec) -> str:
        models = {MediaType.IMAGE: model}
        provider = keys.connect(settings("openai", fake.base_url, models=models))
        return keyed(spec, provider, basis="0" * 64)[1]

    assert asked("gpt-image-2") == asked("gpt-image-2")
    assert asked("gpt-image-2") != asked("gpt-image-1.5")
    authored = spec | {"model_id": "mine"}
    assert asked("gpt-image-2", authored) == asked("gpt-image-1.5", authored)


def test_a_retired_model_blocks_with_its_name_before_anything_is_sent(keys: Keys) -> None:
    provider = keys.connect(settings("openai", "https://api.openai.com/v1"))
    spec = {"type": "stable_diffusion", "prompt": "x", "model_id": "dall-e-3"}
    with pytest.raises(ProviderError, match="dall-e-3 was retired on 2026-05-12") as refusal:
        provider.submit(Ask(key="k", spec=spec, media_type=MediaType.IMAGE, attempt=0))
    assert refusal.value.reason is Reason.RETIRED_MODEL


def test_a_line_too_long_is_refused_before_it_costs(fake: OpenAIFake, a_house: MakeHouse) -> None:
    house = a_house()
    slot = house.ask(f'{{type: tts, text: "{"so " * 2000}"}}')
    assert slot.reason is not None
    assert (slot.state, slot.reason.code) == ("failed", Reason.INVALID_SPEC)
    assert fake.asked == []


def test_an_answer_is_lost_with_its_process_and_asked_about(fake: OpenAIFake, keys: Keys) -> None:
    one = settings("openai", fake.base_url)
    ask = Ask(key="k", spec={"prompt": "x"}, media_type=MediaType.IMAGE, attempt=0)
    handle = keys.connect(one).submit(ask)
    assert keys.connect(one).poll(handle).phase == "lost"


def test_no_more_than_so_many_a_minute(fake: OpenAIFake, a_house: MakeHouse) -> None:
    house = a_house(per_minute=1)
    assert house.ask(key="one").state == "succeeded"
    slot = house.ask(PICTURE.replace("7", "8"), key="two")
    assert (slot.state, house.job("two").reason) == ("pending", Reason.RATE_LIMITED)
    assert (house.job("two").fails, fake.bill) == (0, 1)


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        (lambda _fake, _keys: None, None),
        (lambda _fake, keys: keys.clear(), Reason.MISSING_CREDENTIALS),
        (lambda _fake, keys: keys.update({ENV: "sk-other-key"}), Reason.INVALID_CREDENTIALS),
        (lambda fake, _keys: fake.say(MODELS, Answer(502, b"<html>")), Reason.UNREACHABLE),
        (lambda fake, _keys: fake.say(MODELS, Answer(200, b"<html>")), Reason.WRONG_SERVER),
        (lambda fake, _keys: fake.say(MODELS, error(429, "insufficient_quota")),
         Reason.QUOTA_EXHAUSTED),
        (lambda fake, _keys: fake.models.clear(), None),
    ],
)  # fmt: skip
def test_a_probe_asks_whether_the_key_is_good(
    fake: OpenAIFake,
    keys: Keys,
    prepare: Callable[[OpenAIFake, Keys], None],
    reason: Reason | None,
) -> None:
    prepare(fake, keys)
    found = keys.connect(settings("openai", fake.base_url)).probe()
    assert found.reason is reason
    assert fake.bill == 0
