"""One step of the story for a client, whatever became of its media (R31, R47, R56-R69, R83)."""

import json
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from domain.access import OWNER, Role, User
from domain.errors import Forbidden, NotFound, Unavailable
from domain.media.delivery import Client
from domain.usecases.generation import Further
from domain.usecases.playback import Playback
from domain.work.blocking import Reason
from domain.work.provider import ProviderError
from domain.work.state import Delivered, State
from tests.domain.usecases.workshop import Workshop
from tests.fakes import ScriptedProvider

SCRIPT = """
project: {id: lighthouse, fps: 24, providers: {image: fake}}
concepts:
  - id: mira
    type: character
    title: Mira
    content: The keeper's daughter.
    media:
      - media_id: look
        media_role: concept_image
        media_spec: {type: stable_diffusion, prompt: Mira}
  - {id: tower, type: location, content: A tower.}
  - {id: sea, type: location, content: The sea.}
scenes:
  - id: sc010
    location: tower
    shots:
      - id: SH0010
        content: Mira climbs.
        duration: 4.5s
        cast: [mira]
        dialogue: [{speaker: mira, text: It went out.}]
        media:
          - media_id: frame
            media_role: narrative_im
            media_spec: {type: stable_diffusion, prompt: stairs}
          - media_id: line
            media_role: ui_icon
            fallback_text: A small voice.
            media_spec: {type: stable_diffusion, prompt: a balloon}
          - {media_id: score, media_role: ambient_music, media_path: assets/none.ogg}
        choices:
          - {text: Light it, to: SH0020}
          - {text: Leave}
          - {text: Wait, to: SH0030}
      - id: SH0020
        content: The lamp burns.
        media:
          - media_id: frame
            media_role: narrative_im
            media_spec: {type: stable_diffusion, prompt: lamp}
          - {media_id: map, hard_requirement: true, media_path: assets/map.png}
      - {id: SH0030, content: Night.}
"""
AT_HOME = OWNER.evolve(local=True)


class Reader:
    """Reads a production as a client does."""

    def __init__(self, workshop: Workshop, script: str = SCRIPT) -> None:
        self.workshop = workshop
        workshop.productions.create(OWNER, script.encode(), key="lighthouse")
        self.playback = Playback(workshop.tools)

    def make(self) -> "Reader":
        self.workshop.generation.generate(OWNER, "lighthouse")
        self.workshop.settle()
        return self

    def at(self, cursor: str | None = None, **how: Any) -> State:
        return self.playback.state(AT_HOME, "lighthouse", cursor, **how)

    def media(self, cursor: str | None = None, **how: Any) -> dict[str, Delivered]:
        found = self.at(cursor, **how).fragments
        return {one.media_id: one for one in found if isinstance(one, Delivered)}


@pytest.fixture
def reader(open_workshop: Callable[..., Workshop]) -> Reader:
    return Reader(open_workshop(ScriptedProvider()))


def outline(state: State) -> list[str]:
    return [getattr(one, "media_id", one.fragment_type) for one in state.fragments]


def test_a_step_has_its_fragments_its_choices_and_the_cursor_r56(reader: Reader) -> None:
    state = reader.make().at()
    assert state.cursor == "sc010_SH0010"
    assert outline(state) == [
        *("prose", "prose", "frame", "line"),
        *("concept", "look", "concept"),
        *("choice",) * 3,
    ]
    assert [one.text for one in state.choices] == ["Light it", "Leave", "Wait"]
    assert state.fragments[-3:] == state.choices
    assert "sea" not in {one.source_id for one in state.fragments}


def test_only_the_step_that_is_asked_for_is_told_r56(reader: Reader) -> None:
    state = reader.make().at("sc010_SH0030")
    assert [one.model_dump()["content"] for one in state.fragments] == ["Night.", "A tower."]
    assert (state.previous, state.next, state.choices) == ("sc010_SH0020", None, ())


def test_a_shot_is_found_by_its_code_and_by_its_id(reader: Reader) -> None:
    board = reader.workshop.viewing.board(OWNER, "lighthouse")
    assert reader.at(board.shots[1].id).cursor == reader.at("sc010_SH0020").cursor
    for nothing in ("SH0010", "sc010_SH9999"):
        with pytest.raises(NotFound, match=nothing):
            reader.at(nothing)


def test_a_shot_tells_how_long_it_lasts(reader: Reader) -> None:
    first, last = reader.at().shot, reader.at("sc010_SH0030").shot
    assert first is not None
    assert last is not None
    assert (first.seconds, last.seconds) == (4.5, None)
    assert (first.scene, first.viable) == ("sc010", True)


def test_a_choice_to_a_shot_without_its_hard_media_is_disabled_with_the_reason_r31(
    reader: Reader,
) -> None:
    lit, left, waited = reader.make().at().choices
    assert lit.disabled
    assert "map" in (lit.reason or "")
    assert (left.to, left.disabled) == ("sc010_SH0020", True)
    assert (waited.to, waited.disabled, waited.reason) == ("sc010_SH0030", False, None)
    there = reader.at("sc010_SH0020").shot
    assert there is not None
    assert (there.viable, there.reason) == (False, lit.reason)


def test_before_anything_is_made_the_words_are_all_there_r47_r83(reader: Reader) -> None:
    state = reader.at()
    assert outline(state) == [*("prose",) * 3, "concept", "concept", *("choice",) * 3]
    told = {one.media_id: one.state for one in state.missing}
    assert told == dict.fromkeys(("frame", "line", "score", "look"), "empty")


def words(state: State) -> list[Any]:
    plain = ("concept", "choice")
    kept = [one for one in state.fragments if one.fragment_type in plain]
    prose = [one for one in state.fragments if one.fragment_type == "prose"]
    return [one.model_dump() for one in (*prose, *kept)]


def test_with_every_provider_raising_prose_and_choices_are_the_same_r83(
    open_workshop: Callable[..., Workshop],
) -> None:
    def told(provider: ScriptedProvider) -> list[list[Any]]:
        without_fallback = SCRIPT.replace("            fallback_text: A small voice.\n", "")
        reader = Reader(open_workshop(provider), without_fallback).make()
        codes = ("sc010_SH0010", "sc010_SH0020", "sc010_SH0030")
        return [words(reader.at(code)) for code in codes]

    broken = ScriptedProvider()
    broken.on_submit = [ProviderError(Reason.INVALID_SPEC, "out of order") for _ in range(100)]
    assert told(broken) == told(ScriptedProvider())
    assert broken.submitted


def test_failed_and_pending_media_are_told_with_their_state_r69(
    open_workshop: Callable[..., Workshop],
) -> None:
    provider = ScriptedProvider()
    provider.on_submit = [ProviderError(Reason.CONTENT_POLICY, "not this") for _ in range(100)]
    reader = Reader(open_workshop(provider))
    reader.workshop.generation.generate(OWNER, "lighthouse", shots=["sc010_SH0010"])
    asked = {one.media_id: one.state for one in reader.at().missing}
    assert (asked["frame"], asked["line"]) == ("pending", "pending")
    reader.workshop.settle()
    over = {one.media_id: one.state for one in reader.at().missing}
    assert (over["frame"], over["line"]) == ("failed", "failed")


@pytest.mark.parametrize("client", Client)
def test_media_whose_bytes_are_gone_give_their_words_and_say_so_r69(
    reader: Reader, client: Client
) -> None:
    reader.make()
    reader.workshop.store.files.clear()
    state = reader.at(client=client)
    assert outline(state) == [*("prose",) * 3, "concept", "concept", *("choice",) * 3]
    told = {one.media_id: one.state for one in state.missing}
    assert told == {**dict.fromkeys(("frame", "line", "look"), "unavailable"), "score": "blocked"}


@pytest.mark.parametrize("client", Client)
def test_a_store_out_of_reach_breaks_no_story_r69(reader: Reader, client: Client) -> None:
    reader.make()

    def broken(file: str) -> bool:
        raise Unavailable(file)

    reader.workshop.store.has = broken  # type: ignore[method-assign]
    assert {one.state for one in reader.at(client=client).missing} == {"unavailable", "blocked"}


def test_what_is_not_what_the_script_asks_for_today_says_so(reader: Reader) -> None:
    assert reader.make().media()["frame"].is_current
    edited = SCRIPT.replace("prompt: stairs", "prompt: iron stairs")
    reader.workshop.productions.change(OWNER, "lighthouse", edited.encode())
    found = reader.media()
    assert (found["frame"].is_current, found["line"].is_current) == (False, True)


def test_role_hints_and_kind_reach_every_client_with_the_treatment_r53_r54_r55(
    reader: Reader,
) -> None:
    reader.make()
    for client in Client:
        frame = reader.media(client=client)["frame"]
        assert (frame.media_role, frame.mime_type, frame.width) == ("narrative_im", "image/png", 64)
        assert (frame.provider_kind, frame.staging_hints) == ("fake", {})
        assert frame.treatment.layout == "frame"


def test_one_step_comes_in_the_form_each_client_can_use_r58_r60_r62(reader: Reader) -> None:
    reader.make()
    web = reader.media(client=Client.WEB)["frame"].model_dump()
    mobile = reader.media(client=Client.MOBILE)["frame"].model_dump()
    assert {"url", "data", "path", "xml"} & web.keys() == {"url"}
    assert {"url", "data", "path", "xml"} & mobile.keys() == {"data"}
    assert b64decode(mobile["data"]).startswith(b"picture of")


def test_bytes_are_base64_in_the_answer_r51(reader: Reader) -> None:
    awkward = bytes(range(256)) * 3
    reader.workshop.provider.on_result = [awkward] * 10
    answer = json.loads(reader.make().at(client=Client.MOBILE).model_dump_json())
    data = [one["data"] for one in answer["fragments"] if one["fragment_type"] == "media"]
    assert {b64decode(one, validate=True) for one in data} == {awkward}


def test_for_the_web_no_bytes_are_read_r59(reader: Reader) -> None:
    reader.make()

    def read(*_: object) -> Iterator[bytes]:
        raise AssertionError

    reader.workshop.store.read = read  # type: ignore[method-assign, assignment]
    reader.workshop.store.stream = read  # type: ignore[method-assign, assignment]
    assert set(reader.media(client=Client.WEB)) == {"frame", "line", "look"}


@pytest.mark.parametrize(
    "who",
    [
        OWNER,
        User(name="ada", role=Role.ARTIST, local=True),
        User(name="vic", role=Role.VIEWER, local=True),
    ],
)
def test_paths_are_for_the_owner_at_this_machine_alone_r62(reader: Reader, who: User) -> None:
    with pytest.raises(Forbidden) as caught:
        reader.playback.state(who, "lighthouse", client=Client.DESKTOP)
    assert caught.value.code == "desktop_is_local"
    assert reader.playback.state(who, "lighthouse").cursor


def test_the_take_that_a_person_picked_is_the_one_that_is_handed_over(reader: Reader) -> None:
    first = reader.make().media()["frame"].url
    board = reader.workshop.viewing.board(OWNER, "lighthouse")
    frame = board.shots[0].slots[0]
    reader.workshop.generation.generate_slot(OWNER, frame.id, Further(prompt="another"))
    reader.workshop.settle()
    assert reader.media()["frame"].url != first
    reader.workshop.reviewing.use(OWNER, frame.take or "")
    assert reader.media()["frame"].url == first


def test_with_the_board_at_hand_the_step_is_the_same(reader: Reader) -> None:
    reader.make()
    structure = reader.workshop.viewing.structure(OWNER, "lighthouse")
    for code in ("sc010_SH0010", "sc010_SH0020", "sc010_SH0030"):
        assert reader.at(code, structure=structure) == reader.at(code)


def test_with_the_board_at_hand_a_new_take_is_seen(reader: Reader) -> None:
    structure = reader.workshop.viewing.structure(OWNER, "lighthouse")
    assert reader.media(structure=structure) == {}
    reader.make()
    assert set(reader.media(structure=structure)) == {"frame", "line", "look"}


def test_a_script_without_a_shot_is_one_step_of_its_concepts(
    open_workshop: Callable[..., Workshop],
) -> None:
    script = SCRIPT[: SCRIPT.index("scenes:")]
    reader = Reader(open_workshop(), script).make()
    state = reader.at()
    assert outline(state) == ["concept", "look", "concept", "concept"]
    assert (state.cursor, state.shot, state.choices, state.next) == (None, None, (), None)
    with pytest.raises(NotFound):
        reader.at("SH0010")


def test_two_of_one_name_are_not_mixed_up(open_workshop: Callable[..., Workshop]) -> None:
    spec = "media_spec: {type: stable_diffusion, prompt: "
    script = f"""
project: {{id: lighthouse, providers: {{image: fake}}}}
concepts: [{{id: tower, type: prop, media: [{{media_id: m, fallback_text: A model., {spec} a}}}}]}}]
blocks: [{{id: tower, content: x, cast: [tower], media: [{{media_id: m, {spec} b}}}}]}}]
"""
    reader = Reader(open_workshop(), script)
    assert outline(reader.at()) == ["prose", "concept", "prose"]
    reader.make()
    assert outline(reader.at()) == ["prose", "m", "concept", "m"]
