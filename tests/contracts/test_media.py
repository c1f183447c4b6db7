"""What every registry of media must do, on both databases (R4, R10 to R17)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import permutations
from threading import Barrier

import pytest

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.media.tag import MediaTag, Scope
from domain.ports import UnitOfWork
from tests.builders import BEGINNING, a_board, a_tag, new_id
from tests.contracts.databases import Database


def add(database: Database, *tags: MediaTag, alias: str = "tavern_bg") -> None:
    def register(work: UnitOfWork) -> None:
        for tag in tags:
            work.media.add(tag, [alias])

    database.do(register)


def built_in(**fields: object) -> MediaTag:
    return a_tag(None, built_in=True, **fields)


def test_a_tag_is_the_same_when_another_process_reads_it_r10(database: Database) -> None:
    project = database.keep(a_board()).project
    tag = a_tag(
        project.id,
        media_type=MediaType.VIDEO,
        duration=2.5,
        kind=ProviderKind.LIVE,
        reuse_key="key",
        adapted={"prompt": "ein Licht, größer", "seed": None},
        realised={"seed": 0, "model": "m"},
        origin="openai",
    )
    add(database, tag)
    with database.another_process()(reading=True) as work:
        assert list(work.media.many([tag.id, tag.id])) == [tag]
        assert work.media.of_file(tag.file) == tag
        assert work.media.of_file("nothing.png") is None


def test_the_same_bytes_are_one_tag_and_both_aliases_lead_to_it_r4_r11_r12_r15(
    database: Database,
) -> None:
    project = database.keep(a_board()).project
    first = a_tag(project.id)
    twin = first.evolve(id=new_id())
    assert first.id != twin.id
    with database.works() as work:
        assert work.media.add(first, ["tavern_bg"]) == first
        assert work.media.add(twin, ["inn", "pub"]) == first
        assert list(work.media.many([first.id, twin.id])) == [first]
        for alias in ("tavern_bg", "inn", "pub"):
            assert list(work.media.by_alias(alias, project.id)) == [first]
        assert work.media.by_alias("nothing", project.id) == []
        assert work.media.aliases([first.id]) == {first.id: ["inn", "pub", "tavern_bg"]}
        assert len(work.media.listing(project.id, scope=None, after="", limit=10)) == 1


def test_what_differs_in_kind_scope_or_ask_is_another_tag_of_the_same_bytes_r13(
    database: Database,
) -> None:
    project, other = database.keep(a_board()).project, database.keep(a_board()).project
    tag = a_tag(project.id)
    more = [
        tag.evolve(id=new_id(), kind=ProviderKind.LIVE),
        tag.evolve(id=new_id(), project_id=None),
        tag.evolve(id=new_id(), project_id=None, built_in=True),
        tag.evolve(id=new_id(), reuse_key="key"),
        tag.evolve(id=new_id(), project_id=other.id),
    ]
    with database.works() as work:
        for one in (tag, *more):
            assert work.media.add(one) == one
        found = work.media.by_hash(tag.sha256, project.id)
        assert {one.id for one in found} == {tag.id, *(one.id for one in more[:4])}
        assert work.media.by_hash("0" * 64, project.id) == []


def test_an_alias_is_looked_for_in_the_project_the_library_and_the_house_r16(
    database: Database,
) -> None:
    project, other = database.keep(a_board()).project, database.keep(a_board()).project
    own, shared, came = a_tag(project.id), a_tag(None), built_in()
    add(database, came, shared, own)
    with database.works(reading=True) as work:
        assert list(work.media.by_alias("tavern_bg", project.id)) == [own, shared, came]
        assert list(work.media.by_alias("tavern_bg", other.id)) == [shared, came]
        for scope, tag in zip(Scope, (own, shared, came), strict=True):
            assert tag.scope is scope
            assert list(work.media.by_alias("tavern_bg", project.id, scope)) == [tag]
        assert work.media.by_alias("tavern_bg", other.id, Scope.PROJECT) == []
        page = work.media.listing(project.id, scope=None, after="", limit=2)
        rest = work.media.listing(project.id, scope=None, after=page[-1].id, limit=2)
        assert {one.id for one in (*page, *rest)} == {own.id, shared.id, came.id}
        listed = work.media.listing(project.id, scope=Scope.LIBRARY, after="", limit=9)
        assert list(listed) == [shared]


def test_an_alias_names_what_it_was_given_to_last_r12(database: Database) -> None:
    project = database.keep(a_board()).project
    old, new = a_tag(project.id), a_tag(project.id)
    add(database, old, new)
    with database.works(reading=True) as work:
        assert list(work.media.by_alias("tavern_bg", project.id)) == [new]
        assert work.media.aliases([old.id, new.id]) == {new.id: ["tavern_bg"]}


def test_media_is_found_by_what_was_asked_first_in_the_project_r14_r16(
    database: Database,
) -> None:
    project, other = database.keep(a_board()).project, database.keep(a_board()).project
    shared = a_tag(None, reuse_key="key")
    own = a_tag(project.id, reuse_key="key", created_at=BEGINNING + timedelta(days=1))
    add(database, shared, own)
    with database.works(reading=True) as work:
        assert list(work.media.by_reuse_key("key", project.id)) == [own, shared]
        assert list(work.media.by_reuse_key("key", other.id)) == [shared]
        assert list(work.media.by_reuse_key("key", project.id, Scope.LIBRARY)) == [shared]
        assert work.media.by_reuse_key("another", project.id) == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_which_of_several_comes_first_does_not_depend_on_when_they_came_r41(
    database: Database, order: Sequence[int]
) -> None:
    project = database.keep(a_board()).project
    tags = [a_tag(project.id, reuse_key="key", sha256=letter * 64) for letter in "abc"]
    add(database, *(tags[at] for at in order))
    with database.works(reading=True) as work:
        assert list(work.media.by_reuse_key("key", project.id)) == tags


def test_every_registration_leaves_a_row_that_says_who_and_when_r17(database: Database) -> None:
    project = database.keep(a_board()).project
    tag = a_tag(project.id, origin="a.png", kind=ProviderKind.UPLOAD)
    with database.works(actor="mira") as work:
        work.media.add(tag, ["tavern_bg"])
        work.media.add(tag.evolve(id=new_id(), origin="b.png"))
        work.media.add(a_tag(None))
        work.commit()
    with database.works() as work:
        work.media.add(tag.evolve(id=new_id(), origin="undone.png"))
    with database.works(reading=True) as work:
        first, second = work.media.audit(tag.sha256)
    assert (first.action, first.tag_id, first.actor) == ("registered", tag.id, "mira")
    assert (first.aliases, first.origin, first.project_id) == (("tavern_bg",), "a.png", project.id)
    assert (second.action, second.tag_id, second.origin) == ("merged", tag.id, "b.png")
    assert first.seq < second.seq


def test_bytes_that_were_ever_fake_are_known_as_fake(database: Database) -> None:
    project = database.keep(a_board()).project
    fake, live = a_tag(project.id), a_tag(project.id, kind=ProviderKind.LIVE)
    add(database, fake, live)
    with database.works(reading=True) as work:
        assert work.media.is_fake(fake.sha256)
        assert not work.media.is_fake(live.sha256)


@pytest.mark.parametrize("own", [True, False])
def test_of_many_who_bring_the_same_bytes_at_once_one_tag_is_made_r15(
    database: Database, *, own: bool
) -> None:
    project = database.keep(a_board()).project
    tag = a_tag(project.id if own else None)
    processes = [database.works, database.another_process()]
    together = Barrier(8)

    def bring(number: int) -> str:
        together.wait()
        with processes[number % 2]() as work:
            kept = work.media.add(tag.evolve(id=new_id()), [f"alias_{number}"])
            work.commit()
            return kept.id

    with ThreadPoolExecutor(8) as pool:
        [only] = set(pool.map(bring, range(8)))
    with database.works(reading=True) as work:
        assert [one.id for one in work.media.by_hash(tag.sha256, project.id)] == [only]
        assert len(work.media.aliases([only])[only]) == 8
