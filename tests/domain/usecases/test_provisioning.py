"""From an item of the script to its media: found, attached, reused, made, or done without."""

import base64
from typing import Any

import pytest

from domain.access import OWNER
from domain.errors import ScriptRefused
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.media.tag import MediaTag
from domain.story.board import Slot
from domain.usecases.generation import Further, Scope
from domain.usecases.library import Brought, Library
from domain.usecases.productions import Files
from domain.work.blocking import Reason
from domain.work.planning import PHASES, Receipt
from domain.work.provider import ProviderError
from domain.work.take import currency, shown
from domain.work.views import ConceptView, ShotView, SlotView
from tests.domain.usecases.workshop import Workshop

KEY = "lighthouse"
SPEC = "media_spec: {type: stable_diffusion, prompt: a lamp}"
HEADER = "project: {id: lighthouse, providers: {image: fake}}\n"


def script(*items: str, concepts: str = "") -> bytes:
    """A block an item: A, B, C, …, whose media item is called frame unless it says otherwise."""
    blocks = "\n".join(
        f"  - {{id: {chr(65 + at)}, content: x, media: [{{{_named(item)}}}]}}"
        for at, item in enumerate(items)
    )
    return f"{HEADER}{concepts}blocks:\n{blocks}\n".encode()


def _named(item: str) -> str:
    return item if "media_id" in item else f"media_id: frame, {item}"


class Board:
    """A production in a workshop, by the names of its slots."""

    def __init__(
        self, workshop: Workshop, source: bytes, files: dict[str, bytes] | None = None
    ) -> None:
        self.workshop = workshop
        workshop.inspector.marked_fake = False
        workshop.productions.create(OWNER, source, files=Files(files or {}))
        workshop.inspector.marked_fake = True
        self.library = Library(workshop.tools)

    def edit(self, source: bytes, files: dict[str, bytes] | None = None) -> None:
        self.workshop.inspector.marked_fake = False
        self.workshop.productions.change(OWNER, KEY, source, files=Files(files or {}))
        self.workshop.inspector.marked_fake = True

    def plan(self, scope: Scope = "missing") -> Receipt:
        return self.workshop.generation.plan(OWNER, KEY, scope)

    def generate(self, scope: Scope = "missing") -> dict[str, Any]:
        asked = self.workshop.generation.generate(OWNER, KEY, scope)
        self.workshop.settle()
        return {name: ids for name, ids in asked.model_dump().items() if ids}

    def view(self, name: str) -> SlotView:
        return self.views()[name]

    def views(self) -> dict[str, SlotView]:
        board = self.workshop.viewing.board(OWNER, KEY)
        owners: list[ShotView | ConceptView] = [*board.shots, *board.concepts]
        return {f"{s.owner}/{s.media_id}": s for one in owners for s in one.slots}

    def tag(self, name: str) -> MediaTag | None:
        """The tag of what a slot shows (`get_media_rit`)."""
        slot = self.slot(name)
        with self.workshop.database.works(reading=True) as work:
            take = shown(work.takes.of_slots([slot.id]), picked=slot.picked, basis=slot.basis)
            return None if take is None else work.media.many([take.tag_id])[0]

    def slot(self, name: str) -> Slot:
        with self.workshop.database.works(reading=True) as work:
            found = work.slots.get(self.view(name).id)
        assert found is not None
        return found

    def upload(self, data: bytes, alias: str, **more: Any) -> str:
        self.workshop.inspector.marked_fake = False
        brought = Brought(data=data, name="mine.png")
        tag = self.library.upload(OWNER, KEY, brought, alias=alias, **more)
        self.workshop.inspector.marked_fake = True
        return tag.id

    @property
    def calls(self) -> int:
        return len(self.workshop.provider.submitted)


# What exists


def test_what_goes_by_an_alias_is_found_by_it_r32(workshop: Workshop) -> None:
    board = Board(workshop, script("media_id: tavern_bg, policy: existing"))
    tag = board.upload(b"tavern", "tavern_bg")
    [attach] = board.plan().attach
    assert attach == board.view("A/tavern_bg").id
    board.generate()
    found = board.tag("A/tavern_bg")
    assert found is not None
    assert (found.id, board.calls) == (tag, 0)


def test_an_alias_that_is_missing_leaves_the_slot_empty_r28(workshop: Workshop) -> None:
    item = "media_id: tavern_bg, policy: existing, fallback_text: A tavern."
    board = Board(workshop, script(item))
    assert board.generate() == {}
    slot = board.view("A/tavern_bg")
    assert (slot.state, slot.take, slot.job) == ("empty", None, None)
    assert board.slot("A/tavern_bg").fallback_text == "A tavern."
    [blocked] = board.plan().blocked
    assert blocked.reason is Reason.SOURCE_MISSING
    assert "tavern_bg" in blocked.detail
    assert (board.calls, board.library.listing(OWNER, KEY)) == (0, [])


def test_an_alias_is_looked_up_in_the_pinned_scope_alone_r16(workshop: Workshop) -> None:
    names = ("bg", "library:bg", "project:bg", "built_in:bg")
    board = Board(workshop, script(*(f'media_id: "{name}"' for name in names)))
    shared = board.upload(b"shared", "bg", scope="library")
    own = board.upload(b"own", "bg")
    board.generate()
    tags = [board.tag(f"{letter}/{name}") for letter, name in zip("ABCD", names, strict=True)]
    assert [tag and tag.id for tag in tags] == [own, shared, own, None]


def test_another_owners_media_is_found_by_owner_and_media_id(workshop: Workshop) -> None:
    board = Board(workshop, script(SPEC, "media_id: A/frame", "media_id: frame"))
    assert {one.slot_id for one in board.plan().blocked} == {
        board.view("B/A/frame").id,
        board.view("C/frame").id,
    }
    board.generate()
    board.generate()
    assert board.tag("B/A/frame") == board.tag("A/frame")
    assert board.view("B/A/frame").provider_kind is ProviderKind.FAKE
    assert board.tag("C/frame") is None  # a bare name is an alias, never another's media_id


@pytest.mark.parametrize("alone", [False, True])
def test_an_item_that_names_anothers_is_attached_by_the_same_request(
    workshop: Workshop, *, alone: bool
) -> None:
    """In whatever order they stand, and through one that names a third."""
    items = ("media_id: B/C/frame", "media_id: C/frame", "media_path: c.png")
    board = Board(workshop, script(*items), {"c.png": b"sea"})
    assert len(board.plan().attach) == 3
    if alone:
        slots = [board.view("C/frame").id]
        workshop.generation.generate(OWNER, KEY, slots=slots)
        slots = [board.view("B/C/frame").id]
        workshop.generation.generate(OWNER, KEY, slots=slots)
        assert board.tag("B/C/frame") == board.tag("C/frame")
        return
    assert len(board.generate()["attached"]) == 3
    tags = [board.tag(name) for name in ("A/B/C/frame", "B/C/frame", "C/frame")]
    assert tags[0] is not None
    assert tags[0] == tags[1] == tags[2]


def test_an_item_with_a_source_is_never_satisfied_by_anothers_media_id(
    workshop: Workshop,
) -> None:
    items = (SPEC, "media_id: A/frame, media_path: a.png", "media_id: A/frame, media_path: b.png")
    with pytest.raises(ScriptRefused):
        Board(workshop, script(*items))
    board = Board(workshop, script(SPEC, "media_path: a.png", "media_data: aGVsbG8="))
    board.generate()
    assert board.tag("B/frame") is None
    found = board.tag("C/frame")
    assert found is not None
    assert workshop.store.read(found.file) == b"hello"


# What comes with the script


def test_two_items_whose_files_are_identical_have_one_tag_r33_r35(workshop: Workshop) -> None:
    files = {"a.png": b"sky", "b.png": b"sky"}
    items = ("media_path: a.png", "media_path: b.png", "media_path: none.png")
    board = Board(workshop, script(*items), files)
    assert len(board.generate()["attached"]) == 2
    tag = board.tag("A/frame")
    assert tag is not None
    assert tag == board.tag("B/frame")
    assert (tag.origin, tag.kind, board.calls) == ("a.png", ProviderKind.FILE, 0)
    [listed] = board.library.listing(OWNER, KEY)
    assert listed.aliases == ("a.png", "b.png")
    assert board.view("C/frame").state == "blocked"


def test_data_is_decoded_stored_and_attached_r36(workshop: Workshop) -> None:
    data = b"a picture inside the script"
    encoded = base64.b64encode(data).decode()
    board = Board(workshop, script(f"media_data: {encoded}", "media_data: YmFk"))
    assert board.plan().attach == (board.view("A/frame").id,)
    board.generate()
    tag = board.tag("A/frame")
    assert tag is not None
    assert workshop.store.read(tag.file) == data
    bad = board.view("B/frame")
    assert bad.reason is not None
    assert (bad.state, bad.reason.code) == ("blocked", Reason.SOURCE_MISSING)
    assert "data" in bad.reason.message


def test_what_is_not_taken_is_left_out_and_said_with_its_place(workshop: Workshop) -> None:
    source = script(SPEC, "media_path: a.png", "media_path: b.jpg", "media_data: YmFk")
    files = Files({"a.png": b"bad", "b.jpg": b"sky"})
    found = workshop.productions.create(OWNER, source, files=files).diagnostics
    assert [(one.severity, one.code, one.line) for one in found] == [
        ("warning", "invalid", 4),
        ("warning", "type_mismatch", 5),
        ("warning", "invalid", 6),
    ]
    assert [one.message.partition(" ")[0] for one in found] == ["a.png", "b.jpg", "script/frame"]
    assert not workshop.store.files


def test_what_can_not_stand_there_is_not_attached(workshop: Workshop) -> None:
    """The inspector finds a picture, and the item is a clip by its name."""
    board = Board(workshop, script("media_role: video_cutscene, media_data: aGVsbG8="))
    assert board.generate() == {"blocked": (board.view("A/frame").id,)}


def test_a_file_that_is_replaced_makes_its_slots_stale_and_is_attached_anew(
    workshop: Workshop,
) -> None:
    source = script("media_path: a.png", "media_path: b.png")
    board = Board(workshop, source, {"a.png": b"sky", "b.png": b"sea"})
    board.generate()
    board.edit(source)
    assert {one.currency for one in board.views().values()} == {"current"}
    board.edit(source, {"a.png": b"another sky"})
    assert [one.currency for one in board.views().values()] == ["stale", "current"]
    assert board.generate("stale") == {"attached": (board.view("A/frame").id,)}
    assert board.view("A/frame").currency == "current"
    board.upload(b"another sea", "b.png")
    assert board.view("B/frame").currency == "stale"
    board.edit(source, {"b.png": b"sea"})
    assert board.view("B/frame").currency == "current"
    assert board.generate("all") == {}


def test_media_whose_bytes_are_gone_is_offered_to_nobody_r7_r34(workshop: Workshop) -> None:
    source = script(SPEC, "media_path: a.png", "media_id: bg")
    board = Board(workshop, source, {"a.png": b"sky"})
    board.upload(b"tavern", "bg")
    board.generate()
    assert board.calls == 1
    items = (SPEC, "media_path: a.png", "media_id: bg")
    board.edit(script(*items, *items))
    plan = board.plan()
    assert (len(plan.reuse), len(plan.attach), len(plan.create)) == (1, 2, 0)
    workshop.store.files.clear()
    plan = board.plan()
    assert (len(plan.reuse), len(plan.attach), len(plan.create)) == (0, 0, 1)
    assert len(plan.blocked) == 2
    board.generate()
    assert board.calls == 2


def test_the_same_bytes_by_path_and_as_data_are_one_tag_r5(workshop: Workshop) -> None:
    encoded = base64.b64encode(b"sky").decode()
    board = Board(
        workshop, script("media_path: a.png", f"media_data: {encoded}"), {"a.png": b"sky"}
    )
    board.generate()
    assert board.tag("A/frame") is not None
    assert board.tag("A/frame") == board.tag("B/frame")


# What is made


def test_a_spec_is_made_once_for_all_that_ask_for_just_this_r37_r38(workshop: Workshop) -> None:
    board = Board(workshop, script(SPEC, SPEC, "media_spec: {type: stable_diffusion, prompt: b}"))
    assert len(set(board.generate()["jobs"])) == 2
    tag, twin = board.tag("A/frame"), board.tag("B/frame")
    assert tag is not None
    assert (board.calls, tag) == (2, twin)
    board.edit(script(SPEC, SPEC, SPEC))
    assert board.generate("all") == {"reused": (board.view("C/frame").id,)}
    assert (board.calls, board.tag("C/frame")) == (2, tag)


def test_a_made_tag_keeps_what_was_asked_and_what_ran_r40(workshop: Workshop) -> None:
    board = Board(
        workshop, script("media_spec: {type: stable_diffusion, prompt: a, seed: 0}", SPEC)
    )
    board.generate()
    zero, tag = board.tag("A/frame"), board.tag("B/frame")
    assert zero is not None
    assert tag is not None
    assert zero.realised is not None
    assert tag.adapted is not None
    assert tag.realised is not None
    assert zero.realised["seed"] == 0
    assert isinstance(tag.realised["seed"], int)
    assert tag.adapted["prompt"].startswith("a lamp")
    assert (tag.media_type, tag.origin) == (MediaType.IMAGE, "fake")
    with workshop.database.works(reading=True) as work:
        assert list(work.media.by_reuse_key(tag.reuse_key or "", tag.project_id or "")) == [tag]


def test_one_spec_on_two_characters_gives_two_pictures_r39(workshop: Workshop) -> None:
    concepts = "concepts:\n" + "".join(
        f"  - {{id: {name}, type: character, attributes: {{appearance: {{description: {look}}}}},"
        f" media: [{{media_id: look, {SPEC}}}]}}\n"
        for name, look in (("mira", "tall"), ("jon", "small"))
    )
    board = Board(workshop, script(SPEC, concepts=concepts))
    board.generate()
    mira, jon = board.tag("mira/look"), board.tag("jon/look")
    assert mira is not None
    assert jon is not None
    assert mira.id != jon.id
    assert mira.reuse_key != jon.reuse_key
    assert "tall" in (mira.adapted or {})["prompt"]
    assert board.slot("mira/look").source.spec == board.slot("jon/look").source.spec


def test_an_item_that_wants_its_own_is_made_again_r29(workshop: Workshop) -> None:
    board = Board(workshop, script(SPEC))
    board.generate()
    board.edit(script(SPEC, f"{SPEC}, policy: create"))
    assert len(board.generate()["jobs"]) == 1
    assert board.calls == 2
    first, second = board.tag("A/frame"), board.tag("B/frame")
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert board.generate("all") == {}


@pytest.mark.parametrize("turned", [False, True])
def test_what_exists_goes_before_what_could_be_made_r41(
    workshop: Workshop, *, turned: bool
) -> None:
    board = Board(workshop, script(SPEC))
    key = board.workshop.generation.generate(OWNER, KEY).jobs
    [job] = [one for one in workshop.jobs() if one.id in key]
    workshop.control.cancel(OWNER, job.id)
    slot = board.slot("A/frame")
    found = [
        MediaTag(
            id=f"{letter}-{turned}",
            project_id=slot.project_id,
            sha256=workshop.store.put(letter.encode(), "png"),
            extension="png",
            mime="image/png",
            media_type=MediaType.IMAGE,
            size=1,
            kind=ProviderKind.FAKE,
            reuse_key=job.reuse_key,
            created_at=workshop.clock.now(),
        )
        for letter in "ab"
    ]
    with workshop.database.works() as work:
        for tag in reversed(found) if turned else found:
            work.media.add(tag)
        work.commit()
    assert board.generate()["reused"] == (slot.id,)
    chosen = board.tag("A/frame")
    assert chosen is not None
    assert chosen.sha256 == min(tag.sha256 for tag in found)
    assert board.calls == 0


# The plan


def test_before_planning_nothing_is_there_and_after_it_a_tag_r3_r30(workshop: Workshop) -> None:
    board = Board(workshop, script(SPEC))
    slot = board.slot("A/frame")
    assert (slot.adapted is not None, board.tag("A/frame")) == (True, None)
    assert currency(None, basis=slot.basis) == "missing"
    assert board.library.listing(OWNER, KEY) == []
    board.generate()
    assert board.tag("A/frame") is not None
    assert board.view("A/frame").currency == "current"


def test_a_shot_without_its_hard_media_is_not_viable_and_says_why_r31(workshop: Workshop) -> None:
    hard = "media_id: bg, hard_requirement: true"
    soft = "media_id: bg"
    board = Board(workshop, script(hard, soft, f"{hard}, policy: existing, title: The inn"))

    def shots() -> list[tuple[bool, str | None]]:
        found = workshop.viewing.board(OWNER, KEY).shots
        return [(one.viable, one.not_viable_because) for one in found]

    assert shots() == [(False, "Needs bg."), (True, None), (False, "Needs The inn.")]
    board.generate()
    plan = board.plan()
    assert plan.unresolved_hard == (board.view("A/bg").id, board.view("C/bg").id)
    assert plan.waived_soft == (board.view("B/bg").id,)
    board.upload(b"tavern", "bg")
    board.generate()
    assert shots() == [(True, None)] * 3


def test_the_receipt_tells_each_slot_and_the_four_phases_r42_r44(workshop: Workshop) -> None:
    board = Board(workshop, script(SPEC))
    board.generate()
    other = "media_spec: {type: stable_diffusion, prompt: other}"
    items = (
        other,
        SPEC,
        "media_path: a.png",
        other,
        "media_path: none.png, hard_requirement: false",
    )
    board.edit(script(*items), {"a.png": b"sky"})
    ids = {name: one.id for name, one in board.views().items()}
    plan = board.plan("all")
    assert plan.phases == PHASES == ("index", "offer", "apply", "summarise")
    assert plan.regenerate == (ids["A/frame"],)
    assert plan.reuse == (ids["B/frame"],)
    assert plan.attach == (ids["C/frame"],)
    assert plan.create == (ids["D/frame"],)
    assert plan.waived_soft == (ids["E/frame"],)
    asked = workshop.generation.generate(OWNER, KEY, "all")
    shows = {name for name, one in board.views().items() if one.take is not None}
    assert shows == {"A/frame", "B/frame", "C/frame"}
    assert len(set(asked.jobs)) == 1
    workshop.settle()
    assert board.view("D/frame").take is not None


def test_a_failing_provider_leaves_casting_and_prose_as_they_are_r43(workshop: Workshop) -> None:
    concepts = "concepts:\n  - {id: mira, type: character, content: The keeper's daughter.}\n"
    board = Board(workshop, script(SPEC, f"{SPEC}, hard_requirement: true", concepts=concepts))

    def told() -> list[tuple[object, ...]]:
        found = workshop.viewing.board(OWNER, KEY)
        return [(one.code, one.content, one.cast, one.dialogue) for one in found.shots]

    before = told()
    workshop.provider.on_submit += [ProviderError(Reason.CONTENT_POLICY, "Never.")] * 9
    board.generate()
    assert {one.state for one in board.views().values()} == {"failed"}
    assert told() == before


def test_planning_twice_changes_nothing_r45(workshop: Workshop) -> None:
    items = (SPEC, SPEC, "media_path: a.png", "media_id: nothing")
    board = Board(workshop, script(*items), {"a.png": b"sky"})
    board.generate()
    before = board.views(), board.calls, board.library.listing(OWNER, KEY), len(workshop.jobs())
    for scope in ("missing", "all", "stale"):
        assert "jobs" not in board.generate(scope)
        board.plan(scope)
    after = board.views(), board.calls, board.library.listing(OWNER, KEY), len(workshop.jobs())
    assert after == before


# Currency


def spoken(prompt: str) -> str:
    return f"media_spec: {{type: stable_diffusion, prompt: '{prompt}'}}"


def test_an_edit_makes_stale_just_what_it_changed_and_going_back_undoes_it(
    workshop: Workshop,
) -> None:
    board = Board(workshop, script(spoken("one"), spoken("two")))
    board.generate()
    first = board.view("A/frame").take
    board.edit(script(spoken("one more"), spoken("two")))
    assert [one.currency for one in board.views().values()] == ["stale", "current"]
    assert board.view("A/frame").take == first
    board.edit(script(spoken("one"), spoken("two")))
    assert [one.currency for one in board.views().values()] == ["current", "current"]
    assert board.generate("all") == {}


def test_a_picked_take_hides_one_of_today_which_is_reused_and_not_made_again(
    workshop: Workshop,
) -> None:
    board = Board(workshop, script(spoken("one")))
    board.generate()
    board.edit(script(spoken("two")))
    board.generate("stale")
    [_, second] = workshop.takes(board.slot("A/frame"))
    workshop.reviewing.use(OWNER, second.id)
    board.edit(script(spoken("one")))
    slot = board.view("A/frame")
    assert (slot.currency, slot.take) == ("stale", second.id)
    calls = board.calls
    for scope in ("stale", "all"):
        assert board.plan(scope).reuse == (slot.id,)
        assert board.generate(scope) == {"reused": (slot.id,)}
    assert board.calls == calls
    assert len(workshop.takes(board.slot("A/frame"))) == 2


def test_a_take_of_an_edited_prompt_is_not_born_stale(workshop: Workshop) -> None:
    board = Board(workshop, script(spoken("one")))
    board.generate()
    slot = board.view("A/frame")
    workshop.generation.generate_slot(OWNER, slot.id, Further(prompt="a storm"))
    workshop.settle()
    after = board.view("A/frame")
    assert after.take != slot.take
    assert after.currency == "current"


def test_several_further_takes_are_all_different_asked_once_or_twice(workshop: Workshop) -> None:
    board = Board(workshop, script(spoken("one")))
    slot = board.view("A/frame")
    for _ in range(2):
        workshop.generation.generate_slot(OWNER, slot.id, Further(count=3))
    workshop.settle()
    takes = workshop.takes(board.slot("A/frame"))
    assert len(takes) == len({take.tag_id for take in takes}) == 6
    assert len({take.realised["seed"] for take in takes}) == 6


def test_one_word_of_a_characters_look_makes_exactly_its_pictures_stale(
    workshop: Workshop,
) -> None:
    def source(coat: str) -> bytes:
        head = f"{HEADER}concepts:\n"
        for name, look in (("mira", f"tall, {coat} coat"), ("jon", "small, red beard")):
            head += (
                f"  - {{id: {name}, type: character, attributes: {{appearance: '{look}'}},"
                f" media: [{{media_id: look, {spoken('portrait')}}}]}}\n"
            )
        head += "blocks:\n"
        for at in range(30):
            cast = ("[mira]", "[jon]", "[mira, jon]", "[]")[at % 4]
            media = f"[{{media_id: frame, {spoken(str(at))}}}]"
            head += f"  - {{id: S{at}, content: x, cast: {cast}, media: {media}}}\n"
        return head.encode()

    board = Board(workshop, source("grey"))
    board.generate()
    calls = board.calls
    board.edit(source("green"))
    stale = {name for name, one in board.views().items() if one.currency == "stale"}
    hers = {f"S{at}/frame" for at in range(30) if at % 4 in (0, 2)}
    assert stale == {*hers, "mira/look"}
    board.edit(source("grey"))
    assert board.generate("all") == {}
    assert board.calls == calls
