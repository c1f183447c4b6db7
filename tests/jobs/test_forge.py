"""From a script to a take: by the doll maker, by a provider of a test, and without any."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pytest
from pydantic import Field, ValidationError

from domain.access import OWNER
from domain.errors import Conflict
from domain.media.kind import ProviderKind
from domain.media.specs import SPEC_TYPES, MediaSpec, PaperdollSpec, Seed, from_dict, register
from domain.media.staging import MediaType
from domain.usecases.generation import Further
from domain.work.blocking import Reason
from domain.work.provider import (
    Ask,
    Capabilities,
    Handle,
    Made,
    ProviderError,
    Readiness,
    Update,
)
from jobs.providers.paperdoll import PaperdollProvider
from tests.jobs.workshop import Workshop

ROOT = Path(__file__).parents[2]
DOLL = (ROOT / "tests/scripts/player_avatar.yaml").read_text(encoding="utf-8")
BADGE = """\
blocks:
  - id: A
    content: A badge is pinned on.
    media: [{media_id: badge, media_spec: {type: test_badge, colour: "#b8402f"SEED}}]
"""


class BadgeProvider:
    """All that a new provider is."""

    name = "badges"
    capabilities = Capabilities(
        kind=ProviderKind.LOCAL,
        makes=frozenset({MediaType.VECTOR}),
        spec_types=frozenset({"test_badge"}),
    )
    asked: ClassVar[list[Ask]] = []

    def check(self) -> Readiness:
        return Readiness()

    def submit(self, ask: Ask) -> Handle:
        self.asked.append(ask)
        return Handle(provider_job_id=ask.key)

    def poll(self, handle: Handle) -> Update:  # noqa: ARG002 - the port has it
        return Update(phase="ready")

    def result(self, ask: Ask, handle: Handle) -> Made:  # noqa: ARG002 - the port has it
        drawn = f'<circle cx="8" cy="8" r="8" fill="{ask.spec["colour"]}"/>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{drawn}</svg>'
        return Made(data=svg.encode(), realised=ask.spec)

    def cancel(self, handle: Handle) -> None: ...


@pytest.fixture
def badges() -> Iterator[BadgeProvider]:
    """The spec type and its maker, registered as any other is."""

    @register
    class Badge(MediaSpec):
        type: str = "test_badge"
        colour: Annotated[str, Field(pattern="#[0-9a-f]{6}")]
        seed: Seed | None = None

        makes = MediaType.VECTOR
        required = ("colour",)

    BadgeProvider.asked.clear()
    yield BadgeProvider()
    del SPEC_TYPES["test_badge"]


def test_a_doll_goes_from_the_script_to_a_take_by_the_first_local_provider_r78(
    tmp_path: Path,
) -> None:
    with Workshop(tmp_path, [PaperdollProvider()]) as workshop:
        [slot] = workshop.make(DOLL, "player_avatar").values()
        assert (slot.state, slot.provider_kind) == ("succeeded", "local")
        with workshop.works(reading=True) as work:
            assert slot.take is not None
            take = work.takes.get(slot.take)
            assert take is not None
            [tag] = work.media.many([take.tag_id])
        assert take.realised["drawn"] == [
            "female_athletic",
            "leather_armor",
            "sword",
            "shield",
            "health_potion",
        ]
        assert (tag.mime, tag.media_type) == ("image/svg+xml", MediaType.VECTOR)
        assert b'data-part="sword"' in workshop.store.read(tag.file)
        poster = workshop.store.derived(tag.file, 640)
        assert poster is not None
        assert poster[8:12] == b"WEBP"


def test_an_unknown_body_fails_with_the_ones_there_are_r78() -> None:
    ask = Ask(
        key="k",
        spec={"type": "svg_paperdoll", "body_type": "centaur"},
        media_type=MediaType.VECTOR,
        attempt=0,
    )
    with pytest.raises(ProviderError, match="female_athletic") as refusal:
        PaperdollProvider().submit(ask)
    assert refusal.value.reason is Reason.INVALID_SPEC


def test_a_new_forge_is_a_spec_class_a_provider_and_a_script_r80(
    badges: BadgeProvider, tmp_path: Path
) -> None:
    with Workshop(tmp_path, [PaperdollProvider(), badges]) as workshop:
        slot = workshop.make(BADGE.replace("SEED", ""), "badge")["A/badge"]
        assert (slot.state, slot.provider_kind) == ("succeeded", "local")
        assert [one.spec["colour"] for one in badges.asked] == ["#b8402f"]


@pytest.mark.parametrize(("written", "recorded"), [("", int), (", seed: 0", 0), (", seed: 7", 7)])
def test_the_seed_is_recorded_and_zero_is_one_r76(
    badges: BadgeProvider, tmp_path: Path, written: str, recorded: Any
) -> None:
    with Workshop(tmp_path, [badges]) as workshop:
        slot = workshop.make(BADGE.replace("SEED", written), "badge")["A/badge"]
        with workshop.works(reading=True) as work:
            assert slot.take is not None
            take = work.takes.get(slot.take)
    assert take is not None
    seed = take.realised["seed"]
    assert seed == recorded if recorded is not int else type(seed) is int
    assert [one.spec["seed"] for one in badges.asked] == [seed]


def test_without_a_forge_a_slot_is_blocked_by_the_name_of_its_spec_and_waived_r75(
    badges: BadgeProvider, tmp_path: Path
) -> None:
    with Workshop(tmp_path, [PaperdollProvider()]) as workshop:
        slot = workshop.make(BADGE.replace("SEED", ""), "badge")["A/badge"]
        assert slot.reason is not None
        assert (slot.state, slot.reason.code) == ("blocked", Reason.NO_PROVIDER)
        receipt = workshop.studio.generation.plan(OWNER, "badge")
        assert receipt.waived_soft == (slot.id,)
        assert receipt.unresolved_hard == ()
        assert "vector from test_badge" in receipt.blocked[0].detail
        assert "works" not in receipt.blocked[0].detail
        for name in (None, "paperdoll"):
            with pytest.raises(Conflict, match="No provider for vector from test_badge") as refusal:
                workshop.studio.generation.generate_slot(OWNER, slot.id, Further(provider=name))
            assert refusal.value.code == Reason.NO_PROVIDER
        board = workshop.studio.viewing.board(OWNER, "badge")
        assert board.shots[0].content == "A badge is pinned on."


def test_a_spec_is_known_by_its_type_r71() -> None:
    doll = {"type": "svg_paperdoll", "body_type": "child", "accessories": ["hat"]}
    assert from_dict(doll) == PaperdollSpec(body_type="child", accessories=("hat",))
    with pytest.raises(ValueError, match=r"unknown spec type 'svg_puppet'; known are .*svg_pap"):
        from_dict({"type": "svg_puppet"})
    with pytest.raises(ValueError, match="unknown spec type None"):
        from_dict({})
    with pytest.raises(ValidationError, match="body_type"):
        from_dict({"type": "svg_paperdoll"})
