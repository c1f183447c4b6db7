"""What is deleted is gone from everywhere, comes back as it was, and is erased only when told."""

from collections.abc import Callable
from typing import Any

import pytest

from domain.access import OWNER, Role, User
from domain.errors import Conflict, Forbidden, NeedsConfirmation, NotFound
from domain.media.tag import MediaTag
from domain.story.board import Board, Slot
from domain.usecases.base import Tools
from domain.usecases.generation import Generation
from domain.usecases.review import Reviewing
from domain.usecases.trashing import Trashing
from domain.usecases.viewing import Viewing
from domain.work.job import JobState
from domain.work.take import Review, Take
from jobs.forge import Registry
from tests.builders import a_board, a_tag, a_take, new_id
from tests.contracts.databases import Database
from tests.fakes import MemoryStore, RecordingBus, ScriptedProvider, TrustingInspector

ARTIST = User(name="artist", role=Role.ARTIST)


class Bin:
    """A studio to delete things in."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.store = MemoryStore()
        self.tools = Tools(
            works=database.works,
            forge=Registry([ScriptedProvider()]),
            store=self.store,
            inspector=TrustingInspector(),
            bus=RecordingBus(database.diary),
            clock=database.clock,
            new_id=new_id,
            key=b"key",
        )
        self.trashing = Trashing(self.tools)
        self.reviewing = Reviewing(self.tools)
        self.generation = Generation(self.tools)
        self.board = database.keep(a_board(2))
        self.slot, self.other = self.board.slots

    def tag(self, words: str = "a picture", *aliases: str, **fields: Any) -> MediaTag:
        sha256 = self.store.put(words.encode(), "png")
        tag = a_tag(self.board.project.id, sha256=sha256, **fields)
        return self.database.do(lambda work: work.media.add(tag, aliases))  # type: ignore[no-any-return]

    def give(self, slot: Slot, tag: MediaTag, **fields: Any) -> Take:
        def act(work: Any) -> Take:
            work.slots.touch(slot.id, "made")
            kept: Take = work.takes.add(a_take(slot, tag, **fields))
            return kept

        done: Take = self.database.do(act)
        self.database.diary.clear()
        return done

    def sure(self, act: Callable[..., Any], subject: str) -> str:
        """Delete at the second ask; returns the entry's id."""
        with pytest.raises(NeedsConfirmation) as asked:
            act(OWNER, subject)
        done: str = act(OWNER, subject, asked.value.facts["confirm"]).trash
        return done

    def numbers(self, slot: Slot) -> list[int]:
        with self.database.works(reading=True) as work:
            return [one.number for one in work.takes.of_slots([slot.id])]

    def view(self, slot: Slot) -> Any:
        return Viewing(self.tools).slot(OWNER, slot.id)

    def actions(self) -> list[str]:
        with self.database.works(reading=True) as work:
            events = work.events.after(0, project_id=self.board.project.id, limit=500)
        return [one.action for one in events]


@pytest.fixture
def bin_(database: Database) -> Bin:
    return Bin(database)


def test_only_an_owner_deletes_and_nobody_without_saying_so_twice_p27_p28(bin_: Bin) -> None:
    take = bin_.give(bin_.slot, bin_.tag())
    acts: list[tuple[Callable[..., Any], str]] = [
        (bin_.trashing.take, take.id),
        (bin_.trashing.media, "0" * 64),
        (bin_.trashing.production, bin_.board.project.key),
        (bin_.trashing.purge, "x"),
        (bin_.trashing.restore, "x"),
    ]
    for act, subject in acts:
        with pytest.raises(Forbidden):
            act(ARTIST, subject)
    with pytest.raises(NeedsConfirmation) as asked:
        bin_.trashing.take(OWNER, take.id)
    assert asked.value.facts["impact"] == {
        "takes": 1,
        "left": 0,
        "picked": 0,
        "selected": 0,
        "shown": True,
        "approved": False,
    }
    with pytest.raises(NeedsConfirmation):
        bin_.trashing.take(OWNER, take.id, "something else")
    assert bin_.numbers(bin_.slot) == [1]


def test_what_was_told_for_another_impact_does_not_count_p28(bin_: Bin) -> None:
    take = bin_.give(bin_.slot, bin_.tag())
    with pytest.raises(NeedsConfirmation) as asked:
        bin_.trashing.take(OWNER, take.id)
    bin_.reviewing.use(OWNER, take.id)
    with pytest.raises(NeedsConfirmation) as again:
        bin_.trashing.take(OWNER, take.id, asked.value.facts["confirm"])
    assert again.value.facts["impact"]["picked"] == 1
    bin_.trashing.take(OWNER, take.id, again.value.facts["confirm"])
    with pytest.raises(NotFound):
        bin_.trashing.take(OWNER, take.id, again.value.facts["confirm"])


def test_a_deleted_take_is_gone_from_its_slot_and_comes_back_as_it_was_p28(bin_: Bin) -> None:
    first = bin_.give(bin_.slot, bin_.tag("one"))
    second = bin_.give(bin_.slot, bin_.tag("two"))
    bin_.reviewing.select(OWNER, first.id)
    bin_.reviewing.review(OWNER, first.id, Review.APPROVED, "good")
    before = bin_.view(bin_.slot)
    entry = bin_.sure(bin_.trashing.take, first.id)
    gone = bin_.view(bin_.slot)
    assert (gone.take, gone.picked, gone.selected, gone.takes) == (second.id, None, None, 1)
    assert gone.version > before.version
    with pytest.raises(NotFound):
        bin_.reviewing.use(OWNER, first.id)
    [kept] = bin_.trashing.listing(OWNER)
    assert (kept.id, kept.kind, kept.subject, kept.actor) == (entry, "take", first.id, "owner")
    bin_.trashing.restore(OWNER, entry)
    back = bin_.view(bin_.slot)
    same = {"version": 0, "thumb": None, "media": None, "actions": ()}
    assert back.evolve(**same) == before.evolve(**same)
    assert not bin_.trashing.listing(OWNER)
    assert bin_.actions()[-2:] == ["deleted", "restored"]


def test_a_choice_made_meanwhile_is_kept_when_a_take_comes_back(bin_: Bin) -> None:
    first = bin_.give(bin_.slot, bin_.tag("one"))
    second = bin_.give(bin_.slot, bin_.tag("two"))
    bin_.reviewing.select(OWNER, first.id)
    entry = bin_.sure(bin_.trashing.take, first.id)
    bin_.reviewing.use(OWNER, second.id)
    bin_.trashing.restore(OWNER, entry)
    back = bin_.view(bin_.slot)
    assert (back.picked, back.selected) == (second.id, first.id)


def test_a_number_is_never_used_twice_whatever_is_deleted(bin_: Bin) -> None:
    bin_.give(bin_.slot, bin_.tag("one"))
    second = bin_.give(bin_.slot, bin_.tag("two"))
    entry = bin_.sure(bin_.trashing.take, second.id)
    assert bin_.give(bin_.slot, bin_.tag("three")).number == 3
    bin_.sure(bin_.trashing.purge, entry)
    assert bin_.give(bin_.slot, bin_.tag("four")).number == 4


def test_a_slot_whose_last_take_is_deleted_is_empty_and_made_anew_not_reused(bin_: Bin) -> None:
    [job] = bin_.generation.generate(OWNER, bin_.board.project.key, slots=[bin_.slot.id]).jobs
    with bin_.database.works(reading=True) as work:
        found = work.jobs.get(job)
        assert found is not None
    tag = bin_.tag(reuse_key=found.reuse_key)
    running = bin_.database.run(found)
    take = bin_.give(bin_.slot, tag, reuse_key=found.reuse_key, job_id=job)
    bin_.database.do(lambda work: work.jobs.move(running, JobState.SUCCEEDED, action="succeeded"))
    entry = bin_.sure(bin_.trashing.take, take.id)
    assert bin_.view(bin_.slot).state == "empty"
    asked = bin_.generation.generate(OWNER, bin_.board.project.key, slots=[bin_.slot.id])
    assert (len(asked.jobs), asked.reused) == (1, ())
    bin_.trashing.restore(OWNER, entry)
    assert bin_.database.do(
        lambda work: [
            one.id for one in work.media.by_reuse_key(found.reuse_key, bin_.board.project.id)
        ]
    ) == [tag.id]


def test_deleting_media_takes_every_take_of_it_along_and_brings_all_back(bin_: Bin) -> None:
    tag = bin_.tag("shared", "wind.png")
    takes = [bin_.give(slot, tag) for slot in (bin_.slot, bin_.other)]
    bin_.reviewing.use(OWNER, takes[1].id)
    with pytest.raises(NeedsConfirmation) as asked:
        bin_.trashing.media(OWNER, tag.sha256)
    impact = asked.value.facts["impact"]
    assert (impact["takes"], impact["picked"], impact["aliases"]) == (2, 1, ["wind.png"])
    entry = bin_.sure(bin_.trashing.media, tag.sha256)
    assert bin_.numbers(bin_.slot) == bin_.numbers(bin_.other) == []

    def offered() -> int:
        with bin_.database.works(reading=True) as work:
            project_id = bin_.board.project.id
            found = [
                *work.media.by_hash(tag.sha256, project_id),
                *work.media.by_alias("wind.png", project_id),
                *work.media.listing(project_id, scope=None, after="", limit=9),
                *work.media.contents(project_id),
            ]
            return len(found)

    assert offered() == 0
    with pytest.raises(NotFound):
        bin_.trashing.media(OWNER, tag.sha256)
    bin_.trashing.restore(OWNER, entry)
    assert offered() == 4
    assert bin_.view(bin_.other).picked == takes[1].id
    assert bin_.numbers(bin_.slot) == [1]


def test_a_take_does_not_come_back_before_its_media(bin_: Bin) -> None:
    tag = bin_.tag("shared")
    take = bin_.give(bin_.slot, tag)
    bin_.give(bin_.other, tag)
    one = bin_.sure(bin_.trashing.take, take.id)
    all_of_it = bin_.sure(bin_.trashing.media, tag.sha256)
    with pytest.raises(Conflict):
        bin_.trashing.restore(OWNER, one)
    bin_.trashing.restore(OWNER, all_of_it)
    bin_.trashing.restore(OWNER, one)
    assert bin_.numbers(bin_.slot) == bin_.numbers(bin_.other) == [1]


def test_a_purge_removes_the_file_only_where_nothing_else_names_it_p28(bin_: Bin) -> None:
    shared = bin_.tag("shared")
    take, stays = bin_.give(bin_.slot, shared), bin_.give(bin_.other, shared)
    alone = bin_.give(bin_.slot, bin_.tag("alone"))
    for one in (take, alone):
        bin_.sure(bin_.trashing.purge, bin_.sure(bin_.trashing.take, one.id))
    assert list(bin_.store.files.values()) == [b"shared"]
    assert bin_.numbers(bin_.other) == [stays.number]
    # The same bytes under another name keep their file.
    bin_.database.do(lambda work: work.media.add(a_tag(None, sha256=shared.sha256)))
    entry = bin_.sure(bin_.trashing.take, stays.id)
    bin_.sure(bin_.trashing.purge, entry)
    assert list(bin_.store.files.values()) == [b"shared"]
    with pytest.raises(NotFound):
        bin_.trashing.restore(OWNER, entry)


def test_purged_media_takes_what_was_deleted_before_it_along(bin_: Bin) -> None:
    tag = bin_.tag("shared", "a.png")
    take = bin_.give(bin_.slot, tag)
    bin_.give(bin_.other, tag)
    bin_.sure(bin_.trashing.take, take.id)
    bin_.sure(bin_.trashing.purge, bin_.sure(bin_.trashing.media, tag.sha256))
    assert not bin_.trashing.listing(OWNER)
    assert not bin_.store.files
    with bin_.database.works(reading=True) as work:
        assert [one.action for one in work.media.audit(tag.sha256)]  # the audit outlives it


def board_keys(bin_: Bin) -> list[str]:
    with bin_.database.works(reading=True) as work:
        return [one.key for one in work.boards.projects()]


def test_a_deleted_production_is_nowhere_and_comes_back_whole(bin_: Bin) -> None:
    key = bin_.board.project.key
    take = bin_.give(bin_.slot, bin_.tag())
    [job] = bin_.generation.generate(OWNER, key, slots=[bin_.other.id]).jobs
    entry = bin_.sure(bin_.trashing.production, key)
    assert board_keys(bin_) == []
    for look in (
        lambda: bin_.generation.generate(OWNER, key),
        lambda: bin_.view(bin_.slot),
        lambda: bin_.reviewing.use(OWNER, take.id),
    ):
        with pytest.raises(NotFound):
            look()
    with bin_.database.works(reading=True) as work:
        found = work.jobs.get(job)
        assert found is not None
        assert found.state is JobState.CANCELLED
    bin_.trashing.restore(OWNER, entry)
    assert board_keys(bin_) == [key]
    assert bin_.view(bin_.slot).take == take.id


def test_nothing_is_made_for_a_deleted_production_whatever_is_mended(bin_: Bin) -> None:
    blocked = bin_.database.ask(bin_.slot, state=JobState.BLOCKED, reason="missing_credentials")
    bin_.sure(bin_.trashing.production, bin_.board.project.key)
    assert bin_.database.job(blocked).state is JobState.CANCELLED
    stray = bin_.database.ask(bin_.other)
    bin_.database.elapse(60)
    assert bin_.database.do(lambda work: work.jobs.due(9)) == []
    assert bin_.database.claim(stray) is None


def test_its_id_is_free_for_another_production_meanwhile(bin_: Bin) -> None:
    key = bin_.board.project.key
    entry = bin_.sure(bin_.trashing.production, key)
    fresh = a_board()
    fresh = fresh.evolve(project=fresh.project.evolve(key=key))
    bin_.database.keep(fresh)
    with pytest.raises(Conflict):
        bin_.trashing.restore(OWNER, entry)
    bin_.sure(bin_.trashing.production, key)
    bin_.trashing.restore(OWNER, entry)
    assert board_keys(bin_) == [key]


def test_a_purged_production_leaves_its_ledger_and_its_audit_alone(bin_: Bin) -> None:
    key = bin_.board.project.key
    bin_.give(bin_.slot, bin_.tag("one", "one.png"))
    [job] = bin_.generation.generate(OWNER, key, slots=[bin_.other.id]).jobs
    bin_.sure(bin_.trashing.take, bin_.give(bin_.slot, bin_.tag("two")).id)
    neighbour: Board = bin_.database.keep(a_board())
    bin_.sure(bin_.trashing.purge, bin_.sure(bin_.trashing.production, key))
    assert board_keys(bin_) == [neighbour.project.key]
    assert not bin_.store.files
    assert not bin_.trashing.listing(OWNER)
    with bin_.database.works(reading=True) as work:
        assert work.jobs.get(job) is None
        assert work.events.of_job(job, 9)
    assert bin_.actions()[-1] == "purged"


def test_the_trash_is_listed_newest_first_page_by_page(bin_: Bin) -> None:
    takes = [bin_.give(bin_.slot, bin_.tag(str(at))) for at in range(5)]
    entries = [bin_.sure(bin_.trashing.take, one.id) for one in takes]
    found: list[str] = []
    while page := bin_.trashing.listing(OWNER, before=found[-1] if found else None, limit=2):
        found += [one.id for one in page]
    assert sorted(found) == sorted(entries)
    assert len(found) == 5
    with pytest.raises(NotFound):
        bin_.trashing.listing(OWNER, before="nothing")
