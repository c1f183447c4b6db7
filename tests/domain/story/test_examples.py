import pytest

from domain.media.staging import MediaType
from domain.story.board import Policy
from domain.story.script import MediaItem
from tests.domain.story.scripts import EXAMPLES, build, example, slot

NAMES = sorted(file.stem for file in EXAMPLES.glob("*.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_every_example_compiles_without_a_finding(name: str) -> None:
    assert example(name).diagnostics == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_script_without_a_header_is_named_after_its_file(name: str) -> None:
    assert example(name).script.key == name


def test_r20_a_block_carries_its_two_media_items_as_authored() -> None:
    [shot] = example("dragon_lair").script.shots
    background, roar = shot.media
    assert shot.code == "dragon_lair"
    assert background.path == "assets/lair.png"
    assert background.hints.orientation == "landscape"
    assert roar.spec is not None
    assert roar.spec["style"] == "photorealistic"
    assert (roar.role, roar.hints.orientation) == ("narrative_im", "portrait")


def test_r20_the_entrance_keeps_hints_of_picture_and_sound() -> None:
    [shot] = example("dragon_lair_entrance").script.shots
    background, glow, breathing = shot.media
    assert background.hints.z_index == 0
    assert (glow.hints.z_index, glow.hints.opacity, glow.hints.orientation) == (50, 0.6, "square")
    assert (breathing.hints.loop, breathing.hints.volume) == (True, 0.3)
    assert breathing.media_type is MediaType.MUSIC
    assert shot.content.count(".") == 2


def test_r21_concepts_carry_media_items_too() -> None:
    [portrait] = _media("warrior_npc")
    [doll] = _media("player_avatar")
    assert portrait.role == "concept_image"
    assert doll.media_type is MediaType.VECTOR
    assert doll.spec is not None
    assert doll.spec["accessories"] == ["sword", "shield", "health_potion"]
    assert (doll.hints.placement, doll.hints.z_index) == ("hud", 100)


def test_r24_an_item_becomes_a_slot_that_keeps_all_of_it_and_has_no_take() -> None:
    board = build((EXAMPLES / "dragon_lair.yaml").read_text()).board
    roar = slot(board, "dragon_lair", "dragon_roar")
    [item] = [one for one in _media("dragon_lair") if one.media_id == "dragon_roar"]
    assert roar.owner_id == board.shots[0].id
    assert (roar.source, roar.hints, roar.role) == (item.source, item.hints, item.role)
    assert (roar.takes, roar.picked) == (0, None)


def test_r25_media_is_soft_and_any_policy_will_do_unless_it_says_so() -> None:
    [item] = _media("tavern")
    assert (item.hard, item.policy) == (False, Policy.ANY)


def test_r74_a_characters_own_picture_gets_its_appearance() -> None:
    board = build((EXAMPLES / "warrior_npc.yaml").read_text()).board
    adapted = slot(board, "warrior_npc", "warrior_portrait").adapted
    assert adapted is not None
    assert adapted["prompt"].startswith("portrait of warrior")
    assert "grey braid" in adapted["prompt"]
    assert (adapted["width"], adapted["height"]) == (512, 768)


def _media(name: str) -> tuple[MediaItem, ...]:
    script = example(name).script
    items = [item for concept in script.concepts for item in concept.media]
    return (*items, *(item for shot in script.shots for item in shot.media))
