"""The journal: what a reader of one shot gets, in a fixed order (R46-R52)."""

import ast
from pathlib import Path
from typing import Any

import domain.story
from domain.media.staging import MediaType, StagingHints
from domain.story.board import Choice, Concept, Line, Project, Shot, Slot
from domain.story.fragments import ConceptFragment, Fragment, MediaFragment, Step, journal
from tests.builders import a_board, a_concept, a_shot, a_slot, a_tag

PROJECT: Project = a_board().project


class Reader:
    """A shot with media of its own and of its cast, all of which are there unless left out."""

    def __init__(self, **fields: Any) -> None:
        self.shot: Shot = a_shot(PROJECT, **{"content": "The lamp is out.", **fields})
        self.concepts: list[Concept] = []
        self.slots: dict[str, list[Slot]] = {}
        self.without: set[str] = set()

    def has(self, media_id: str, *, owner: Concept | None = None, **fields: Any) -> Slot:
        of = owner or self.shot
        slot = a_slot(of, media_id, **fields)
        self.slots.setdefault(of.id, []).append(slot)
        return slot

    def meets(self, key: str, **fields: Any) -> Concept:
        self.concepts.append(a_concept(PROJECT, key, **fields))
        return self.concepts[-1]

    def reads(self, **more: Any) -> tuple[Fragment, ...]:
        every = [slot for slots in self.slots.values() for slot in slots]
        bound = {s.id: a_tag(PROJECT.id) for s in every if s.media_id not in self.without}
        step = Step(shot=self.shot, concepts=self.concepts, slots=self.slots, bound=bound, **more)
        return journal(step)


def outline(fragments: tuple[Fragment, ...]) -> list[str]:
    return [one.fragment_type for one in fragments]


def test_every_bound_item_is_one_fragment_in_the_order_it_was_written_r46() -> None:
    reader = Reader()
    slots = [reader.has(name) for name in ("frame", "clip", "aside")]
    found = [one for one in reader.reads() if isinstance(one, MediaFragment)]
    assert [one.slot_id for one in found] == [slot.id for slot in slots]


def test_soft_media_that_is_not_there_is_passed_over_r47() -> None:
    reader = Reader()
    reader.has("frame")
    reader.has("clip")
    reader.without = {"clip"}
    fragments = reader.reads()
    assert outline(fragments) == ["prose", "media"]
    assert fragments[0].model_dump()["content"] == "The lamp is out."


def test_what_stands_in_for_missing_media_is_read_in_its_place_r47() -> None:
    reader = Reader()
    reader.has("sting", fallback_text="A horn, far off.")
    reader.has("frame")
    assert outline(reader.reads()) == ["prose", "media", "media"]
    reader.without = {"sting"}
    fragments = reader.reads()
    assert outline(fragments) == ["prose", "prose", "media"]
    assert fragments[1].model_dump()["content"] == "A horn, far off."


def test_a_concepts_picture_is_a_square_beside_the_words_unless_it_says_otherwise_r48() -> None:
    reader = Reader()
    mira = reader.meets("mira", title="Mira")
    reader.has("look", owner=mira)
    reader.has("old_look", owner=mira, hints=StagingHints(orientation="portrait"))
    reader.has("badge", owner=mira, role="ui_icon", hints=StagingHints(placement="hud"))
    look, old, badge = (one for one in reader.reads() if isinstance(one, MediaFragment))
    assert (look.source_id, look.source_label, look.media_role) == ("mira", "Mira", "concept_image")
    assert (look.staging_hints.orientation, look.staging_hints.placement) == ("square", "inline")
    assert (old.staging_hints.orientation, old.staging_hints.placement) == ("portrait", "inline")
    assert badge.staging_hints == StagingHints(placement="hud")


def test_a_shots_hints_are_left_as_they_are_r48_r53() -> None:
    reader = Reader()
    reader.has("frame")
    reader.has("portrait", role="concept_image")
    for one in reader.reads():
        if isinstance(one, MediaFragment):
            assert one.staging_hints == StagingHints()


def test_prose_then_media_then_concepts_then_choices_r49() -> None:
    reader = Reader(choices=(Choice(text="Light it"), Choice(text="Leave")))
    for key in ("mira", "tomas"):
        reader.has("look", owner=reader.meets(key))
    reader.has("frame")
    reader.has("wind", role="ambient_music", media_type=MediaType.MUSIC)
    fragments = reader.reads()
    assert outline(fragments) == [
        *("prose", "media", "media"),
        *("concept", "media", "concept", "media"),
        *("choice", "choice"),
    ]
    people = [one.source_id for one in fragments if isinstance(one, ConceptFragment)]
    assert people == ["mira", "tomas"]


def test_who_speaks_is_named_after_what_happens_r49() -> None:
    lines = (
        Line(speaker="mira", text="Papa?"),
        Line(text="Knocking."),
        Line(speaker="A", text="?"),
    )
    fragments = Reader(dialogue=lines).reads(names={"mira": "Mira"})
    assert [one.model_dump()["speaker"] for one in fragments] == [None, "Mira", None, "A"]
    assert outline(fragments) == ["prose"] * 4


def test_a_media_fragment_holds_its_tag_and_how_it_is_used_r50() -> None:
    reader = Reader()
    hints = StagingHints(z_index=50, opacity=0.6)
    slot = reader.has("frame", hints=hints)
    [one] = [one for one in reader.reads() if isinstance(one, MediaFragment)]
    assert one.content.media_type is MediaType.IMAGE
    assert one.model_dump(exclude={"content"}) == {
        "fragment_type": "media",
        "content_format": "rit",
        "content_type": "image/png",
        "slot_id": slot.id,
        "media_role": "narrative_im",
        "staging_hints": hints.model_dump(),
        "source_id": reader.shot.code,
        "source_label": reader.shot.code,
    }


def test_a_choice_without_a_target_leads_on_and_at_the_end_ends_r49() -> None:
    reader = Reader(choices=(Choice(text="On"), Choice(text="Up", to="TOWER")))
    targets = [one.model_dump().get("to") for one in reader.reads(following="NEXT")[1:]]
    assert targets == ["NEXT", "TOWER"]
    assert reader.reads()[1].model_dump()["to"] is None


def test_a_choice_to_where_hard_media_lacks_is_there_disabled_with_the_reason_r31() -> None:
    reader = Reader(choices=(Choice(text="Up", to="TOWER"), Choice(text="Out", to="SEA")))
    up, out = (one.model_dump() for one in reader.reads(closed={"TOWER": "No map yet."})[1:])
    assert (up["to"], up["disabled"], up["reason"]) == ("TOWER", True, "No map yet.")
    assert (out["to"], out["disabled"], out["reason"]) == ("SEA", False, None)


def test_no_fragment_tells_an_address_r52() -> None:
    reader = Reader(choices=(Choice(text="On"),))
    reader.has("frame")
    reader.has("look", owner=reader.meets("mira"))
    for fragment in reader.reads():
        text = fragment.model_dump_json()
        assert "url" not in text
        assert "://" not in text


def test_the_story_knows_no_way_of_handing_media_over_r52() -> None:
    imported: set[str] = set()
    for file in Path(domain.story.__file__ or "").parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported |= {f"{node.module}.{name.name}" for name in node.names}
            elif isinstance(node, ast.Import):
                imported |= {name.name for name in node.names}
    assert "domain.media.tag.MediaTag" in imported
    ways = ("domain.media.delivery", "domain.ports", "domain.usecases", "domain.work")
    assert [name for name in imported if name.startswith(ways)] == []
