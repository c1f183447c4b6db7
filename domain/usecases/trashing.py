"""Deleting, bringing back, purging: never without saying first what it does."""

from collections.abc import Sequence

from domain.access import Right, User
from domain.entity import Entity
from domain.errors import Conflict, NeedsConfirmation, NotFound
from domain.events import Event
from domain.media.tag import MediaTag
from domain.ports import UnitOfWork
from domain.story.board import Slot
from domain.usecases.base import Tools, find_project
from domain.usecases.generation import find_slot, owner_of
from domain.usecases.review import find_take
from domain.work.job import JobState
from domain.work.take import Review, Take, shown
from domain.work.trash import Choice, Impact, TrashEntry, TrashKind, confirmation, sentence


class Binned(Entity):
    """``trash`` is the entry's id."""

    trash: str


class Trashing:
    """Only who may delete; every act is asked for twice, the second time with what was told."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def listing(
        self, user: User, *, before: str | None = None, limit: int = 100
    ) -> Sequence[TrashEntry]:
        """Newest first, older than the entry ``before``."""
        user.require(Right.READ)
        with self._tools.works(reading=True) as work:
            if before is not None and work.trash.get(before) is None:
                raise NotFound("That is no longer in the trash.")
            return work.trash.listing(before=before, limit=limit)

    def take(self, user: User, take_id: str, confirm: str | None = None) -> Binned:
        """Delete one take. Raises NeedsConfirmation until ``confirm`` says what was told."""
        user.require(Right.DELETE)
        with self._tools.works(actor=user.name) as work:
            take = find_take(work, take_id)
            slot = find_slot(work, take.slot_id)
            others = work.takes.of_slots([slot.id])
            on_show = shown(others, picked=slot.picked, basis=slot.basis)
            impact: Impact = {
                "takes": 1,
                "left": len(others) - 1,
                "picked": int(slot.picked == take.id),
                "selected": int(slot.selected == take.id),
                "shown": on_show is not None and on_show.id == take.id,
                "approved": take.review is Review.APPROVED,
            }
            self._confirm("take", take.id, impact, confirm)
            title = f"Take {take.number} of {owner_of(work.boards.near([slot]), slot)}"
            entry = self._entry(user, "take", take.id, f"{title}, {slot.media_id}", impact)
            entry = entry.evolve(project_id=take.project_id)
            return self._bin(work, entry, [take], self._only_its(work, take))

    def media(self, user: User, sha256: str, confirm: str | None = None) -> Binned:
        """Delete all media of one content, with every take of it."""
        user.require(Right.DELETE)
        with self._tools.works(actor=user.name) as work:
            tags = [one for one in work.trash.tags_of_content(sha256) if one.trash_id is None]
            if not tags:
                raise NotFound("There is no such media.")
            takes = work.trash.uses([one.id for one in tags])
            slots = work.slots.many(sorted({one.slot_id for one in takes}))
            ids = {one.id for one in takes}
            names = [name for found in _aliases(work, tags) for name in found]
            impact: Impact = {
                "files": len({one.file for one in tags}),
                "takes": len(takes),
                "productions": len({one.project_id for one in takes}),
                "picked": sum(one.picked in ids for one in slots),
                "selected": sum(one.selected in ids for one in slots),
                "aliases": sorted(names),
            }
            self._confirm("media", sha256, impact, confirm)
            title = next(iter(sorted(names)), tags[0].origin or sha256[:12])
            entry = self._entry(user, "media", sha256, title, impact)
            return self._bin(work, entry, takes, [one.id for one in tags])

    def production(self, user: User, key: str, confirm: str | None = None) -> Binned:
        """Delete a production whole; what is being made for it is cancelled."""
        user.require(Right.DELETE)
        with self._tools.works(actor=user.name) as work:
            project = find_project(work, key)
            board = work.boards.load(project.id)
            active = {job.id for _, job in work.jobs.active_of_project(project.id)}
            impact: Impact = {
                "shots": sum(not one.removed for one in board.shots),
                "takes": len(work.takes.of_project(project.id)),
                "active_jobs": len(active),
            }
            self._confirm("project", project.id, impact, confirm)
            entry = self._entry(user, "project", project.id, key, impact)
            entry = entry.evolve(project_id=project.id)
            work.trash.add(entry, takes=(), tags=())
            for job_id in [*sorted(active), *self._blocked(work, project.id)]:
                work.jobs.request_cancel(job_id)
            work.trash.put_project(project.id, entry.id, key=f"in trash {entry.id}")
            self._tell(work, user, project.id, "deleted")
            work.commit()
            return Binned(trash=entry.id)

    def restore(self, user: User, entry_id: str) -> TrashEntry:
        """Bring it back as it was; a choice only where none was made since."""
        user.require(Right.DELETE)
        with self._tools.works(actor=user.name) as work:
            entry = self._find(work, entry_id)
            if entry.kind == "project":
                if work.boards.find(entry.title) is not None:
                    message = f"There is another production {entry.title!r} now; delete that first."
                    raise Conflict(message, code="exists")
                work.trash.put_project(entry.subject, None, key=entry.title)
                work.trash.bring_back(entry.id, ())
                self._tell(work, user, entry.subject, "restored")
            else:
                self._bring_back(work, entry)
            work.commit()
            return entry

    def purge(self, user: User, entry_id: str, confirm: str | None = None) -> Binned:
        """Erase it for good; a file goes where nothing else names it."""
        user.require(Right.DELETE)
        with self._tools.works(actor=user.name) as work:
            entry = self._find(work, entry_id)
            whole = entry.kind == "project"
            tags = work.trash.tags_of_project(entry.subject) if whole else work.trash.tags(entry.id)
            takes = work.takes.of_project(entry.subject) if whole else work.trash.takes(entry.id)
            impact: Impact = {"takes": len(takes), "files": len({one.file for one in tags})}
            self._confirm("purge", entry.id, impact, confirm)
            if whole:
                work.trash.erase_project(entry.subject)
            else:
                work.trash.erase(entry.id)
            if entry.project_id is not None:
                self._tell(work, user, entry.project_id, "purged")
            gone = work.trash.unnamed([one.file for one in tags])
            work.commit()
        # After the commit: a file without a row is litter, a row without its file is a loss.
        for file in gone:
            self._tools.store.delete(file)
        return Binned(trash=entry_id)

    def _blocked(self, work: UnitOfWork, project_id: str) -> list[str]:
        """A mended setting would ask for these again, for a production that is not there."""
        found: list[str] = []
        before = None
        while page := work.jobs.listing(
            project_id=project_id, state=JobState.BLOCKED, before=before, limit=500
        ):
            before = page[-1].id
            found += [one.id for one in page]
        return found

    def _only_its(self, work: UnitOfWork, take: Take) -> list[str]:
        """The take's media, where it was made for it alone: else a plan would bind it again."""
        [tag] = work.media.many([take.tag_id])
        others = [one for one in work.trash.uses([tag.id]) if one.id != take.id]
        is_named = bool(work.media.aliases([tag.id]).get(tag.id))
        return [] if others or is_named or tag.project_id is None else [tag.id]

    def _bin(
        self, work: UnitOfWork, entry: TrashEntry, takes: Sequence[Take], tags: Sequence[str]
    ) -> Binned:
        ids = {one.id for one in takes}
        slots = work.slots.many(sorted({one.slot_id for one in takes}))
        choices = []
        for slot in slots:
            had = Choice(
                slot_id=slot.id,
                picked=slot.picked if slot.picked in ids else None,
                selected=slot.selected if slot.selected in ids else None,
            )
            if had.picked:
                work.slots.set(slot.id, picked=None)
            if had.selected:
                work.slots.set(slot.id, selected=None)
            if had.picked or had.selected:
                choices.append(had)
            work.slots.touch(slot.id, "deleted")
        work.trash.add(entry.evolve(choices=tuple(choices)), takes=sorted(ids), tags=tags)
        self._follow(work, slots)
        work.commit()
        return Binned(trash=entry.id)

    def _bring_back(self, work: UnitOfWork, entry: TrashEntry) -> None:
        takes = work.trash.takes(entry.id)
        tags = work.media.many([one.tag_id for one in takes])
        for tag in tags:
            held = work.trash.get(tag.trash_id) if tag.trash_id not in (None, entry.id) else None
            if held is not None and held.kind == "media":
                message = "Its media is in the trash too; restore that first."
                raise Conflict(message, code="media_in_trash")
        work.trash.bring_back(entry.id, [one.id for one in tags])
        slots: dict[str, Slot] = {
            one.id: one for one in work.slots.many(sorted({one.slot_id for one in takes}))
        }
        for had in entry.choices:
            slot = slots[had.slot_id]
            if had.picked and slot.picked is None:
                work.slots.set(slot.id, picked=had.picked)
            if had.selected and slot.selected is None:
                work.slots.set(slot.id, selected=had.selected)
        for slot in slots.values():
            self._tools.asking(work).retire_blocked(slot)
            work.slots.touch(slot.id, "restored")
        self._follow(work, list(slots.values()))

    def _follow(self, work: UnitOfWork, slots: Sequence[Slot]) -> None:
        """What is made from these, and what waited for them, in this transaction."""
        dependents = self._tools.dependents(work)
        if slots:
            dependents.follow([one.id for one in slots])
        for project_id in sorted({one.project_id for one in slots}):
            dependents.free(project_id)

    def _find(self, work: UnitOfWork, entry_id: str) -> TrashEntry:
        entry = work.trash.get(entry_id)
        if entry is None:
            raise NotFound("That is not in the trash.")
        return entry

    def _confirm(self, act: str, subject: str, impact: Impact, confirm: str | None) -> None:
        wanted = confirmation(self._tools.key, act, subject, impact)
        if confirm != wanted:
            raise NeedsConfirmation(sentence(impact), confirm=wanted, impact=impact)

    def _entry(
        self, user: User, kind: TrashKind, subject: str, title: str, impact: Impact
    ) -> TrashEntry:
        return TrashEntry(
            id=self._tools.new_id(),
            kind=kind,
            subject=subject,
            title=title,
            impact=impact,
            actor=user.name,
            created_at=self._tools.clock.now(),
        )

    def _tell(self, work: UnitOfWork, user: User, project_id: str, action: str) -> None:
        at = self._tools.clock.now()
        work.events.add(
            Event(project_id=project_id, type="project", action=action, actor=user.name, at=at)
        )


def _aliases(work: UnitOfWork, tags: Sequence[MediaTag]) -> Sequence[Sequence[str]]:
    return list(work.media.aliases([one.id for one in tags]).values())
