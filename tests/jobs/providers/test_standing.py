"""What one refused key stops, and what sets it going again: a new key, a probe, a person."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.access import OWNER, Role, User
from domain.errors import Forbidden, NotFound
from domain.work.blocking import Reason
from tests.wire.house import Keys, WireHouse, settings
from tests.wire.openai import GENERATIONS, KEY, MODELS, OpenAIFake, error
from tests.wire.server import Answer

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
ENV = "OPENAI_API_KEY"
WRONG = "sk-proj-WrongWrongWrong999"
HERE = OWNER.evolve(local=True)
THREE = ", ".join(
    f"{{media_id: m{n}, media_spec: {{type: stable_diffusion, prompt: lamp {n}}}}}"
    for n in range(3)
)
SCRIPT = (
    f"project: {{id: wire, providers: {{image: openai}}}}\nblocks: [{{id: A, media: [{THREE}]}}]"
)


@pytest.fixture
def fake() -> Iterator[OpenAIFake]:
    with OpenAIFake() as server:
        yield server


@pytest.fixture
def keys() -> Iterator[Keys]:
    with Keys({ENV: WRONG}) as keys:
        yield keys


@pytest.fixture
def house(fake: OpenAIFake, keys: Keys, tmp_path: Path) -> Iterator[WireHouse]:
    provider = keys.connect(settings("openai", fake.base_url))
    with WireHouse(tmp_path, [provider], keyring=keys) as house:
        yield house


def states(house: WireHouse) -> list[str]:
    return [slot.state for slot in house.slots("wire").values()]


def reasons(house: WireHouse) -> set[str]:
    return {slot.reason.code for slot in house.slots("wire").values() if slot.reason}


def test_a_refused_key_stops_all_that_would_use_it(house: WireHouse, fake: OpenAIFake) -> None:
    slots = house.make(SCRIPT, "wire")
    assert [one.state for one in slots.values()] == ["blocked"] * 3
    assert reasons(house) == {Reason.INVALID_CREDENTIALS}
    assert {slot.fix.label for slot in slots.values() if slot.fix} == {"Mend key"}
    assert len(fake.calls(GENERATIONS)) == 1
    [view] = house.studio.providers.listing(OWNER)
    assert (view.state, view.reason) == ("blocked", Reason.INVALID_CREDENTIALS)
    assert view.credentials.origin == "pasted"
    asked = house.studio.generation.generate(OWNER, "wire")
    assert (asked.jobs, len(asked.blocked)) == ((), 3)


def test_another_key_sets_everything_going_without_a_restart(
    house: WireHouse, fake: OpenAIFake
) -> None:
    house.make(SCRIPT, "wire")
    view = house.studio.providers.give_key(HERE, "openai", KEY)
    assert view.state == "ready"
    house.resume()
    assert states(house) == ["succeeded"] * 3
    assert fake.bill == 3
    assert KEY not in house.studio.providers.listing(OWNER)[0].model_dump_json()


def test_a_key_that_was_missing_sets_everything_going_too(
    house: WireHouse, keys: Keys, fake: OpenAIFake
) -> None:
    keys.clear()
    house.make(SCRIPT, "wire")
    assert reasons(house) == {Reason.MISSING_CREDENTIALS}
    house.studio.providers.give_key(HERE, "openai", KEY)
    house.resume()
    assert states(house) == ["succeeded"] * 3
    view = house.studio.providers.give_key(HERE, "openai", None)
    assert (view.reason, view.credentials.origin) == (Reason.MISSING_CREDENTIALS, None)


def test_a_key_that_came_while_nobody_worked_is_used_after_a_restart(
    house: WireHouse, keys: Keys, fake: OpenAIFake, tmp_path: Path
) -> None:
    keys.clear()
    house.make(SCRIPT, "wire")
    keys[ENV] = KEY
    provider = keys.connect(settings("openai", fake.base_url))
    with WireHouse(tmp_path, [provider], keyring=keys) as later:
        later.resume()
        assert states(later) == ["succeeded"] * 3


def test_retrying_one_asks_again_and_frees_the_others_for_the_next_batch(
    house: WireHouse, fake: OpenAIFake
) -> None:
    fake.say(GENERATIONS, error(429, "insufficient_quota"))
    house.studio.providers.give_key(HERE, "openai", KEY)
    house.make(SCRIPT, "wire")
    assert reasons(house) == {Reason.QUOTA_EXHAUSTED}
    slot = next(iter(house.slots("wire").values()))
    assert slot.job is not None
    house.studio.control.retry(OWNER, slot.job.id)
    house.studio.generation.generate(OWNER, "wire")
    house.resume()
    assert states(house) == ["succeeded"] * 3
    assert len(fake.calls(GENERATIONS)) == 4


def test_a_probe_is_kept_and_one_that_passes_sets_everything_going(
    house: WireHouse, fake: OpenAIFake
) -> None:
    fake.key = KEY
    house.make(SCRIPT, "wire")
    told = house.studio.providers.probe(OWNER, "openai").probe
    assert told is not None
    assert told.reason is Reason.INVALID_CREDENTIALS
    assert "WrongWrong" not in told.detail
    fake.key = WRONG
    told = house.studio.providers.probe(OWNER, "openai").probe
    assert told is not None
    assert told.reason is None
    house.resume()
    assert states(house) == ["succeeded"] * 3


def test_a_server_that_is_away_for_a_moment_stops_nothing(
    house: WireHouse, fake: OpenAIFake
) -> None:
    fake.key = WRONG
    fake.say(MODELS, Answer(503, b""))
    view = house.studio.providers.probe(OWNER, "openai")
    assert view.probe is not None
    assert (view.probe.reason, view.state) == (Reason.UNREACHABLE, "ready")
    house.make(SCRIPT, "wire")
    assert states(house) == ["succeeded"] * 3


@pytest.mark.parametrize(
    "user",
    [OWNER, User(name="a", role=Role.ARTIST, local=True), User(name="v", role=Role.VIEWER)],
    ids=["owner from afar", "artist", "viewer"],
)
def test_only_the_owner_at_the_machine_gives_keys(house: WireHouse, keys: Keys, user: User) -> None:
    with pytest.raises(Forbidden):
        house.studio.providers.give_key(user, "openai", KEY)
    assert keys[ENV] == WRONG


def test_a_key_needs_a_provider_that_takes_one(house: WireHouse) -> None:
    with pytest.raises(NotFound, match="no provider 'nobody'"):
        house.studio.providers.give_key(HERE, "nobody", KEY)
    with pytest.raises(NotFound, match="no provider 'nobody'"):
        house.studio.providers.probe(HERE, "nobody")


def test_what_was_spent_is_told_by_provider(house: WireHouse) -> None:
    house.studio.providers.give_key(HERE, "openai", KEY)
    house.make(SCRIPT, "wire")
    [view] = house.studio.providers.listing(OWNER)
    assert (view.spent_micros, view.bill.unknown) == (None, 3)
