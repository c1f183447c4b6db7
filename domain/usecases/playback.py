"""Playing a story: the journal of one shot, its media handed over as a client can use them."""

from domain.access import Right, Role, User
from domain.errors import Forbidden, StudioError
from domain.media import delivery
from domain.media.delivery import Client
from domain.media.treatment import treatment_of
from domain.story.board import Board
from domain.story.fragments import ChoiceFragment, MediaFragment, fallback
from domain.usecases.base import Tools, find_project
from domain.usecases.steps import Place, Reading
from domain.work.state import Absent, AnyDelivered, Delivered, State


class Playback:
    """Reads; never changes anything."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def state(
        self,
        user: User,
        key: str,
        cursor: str | None = None,
        *,
        client: Client = Client.WEB,
        inline_svg: bool = False,
        structure: Board | None = None,
    ) -> State:
        """What a reader at ``cursor`` sees, a shot's code or id; without one at the first shot.

        Raises NotFound for a shot that is not there, Forbidden for a desktop client that is not
        the owner at this machine. ``structure``: the board, where it is known already; then only
        the slots that matter are read.
        """
        user.require(Right.READ)
        if client is Client.DESKTOP and not (user.role is Role.OWNER and user.local):
            message = "Paths are for the owner at this machine; ask as web or mobile."
            raise Forbidden(message, code="desktop_is_local")
        with self._tools.works(reading=True) as work:
            board = structure or work.boards.around(find_project(work, key).id, cursor)
            place = Place.find(board, cursor)
            slots = work.slots.of_owners(place.owners) if structure else board.slots
            reading = Reading(work, place, slots)
        return Handing(self._tools, client, inline_svg=inline_svg).state(reading)


class Handing:
    """Hands media over to one kind of client."""

    def __init__(self, tools: Tools, client: Client, *, inline_svg: bool) -> None:
        self._tools = tools
        self._client = client
        self._inline_svg = inline_svg
        self._now = tools.clock.now()

    def state(self, reading: Reading) -> State:
        place = reading.place
        found: list[AnyDelivered] = []
        gone: set[str] = set()
        for one in reading.fragments():
            delivered = self._deliver(one, reading) if isinstance(one, MediaFragment) else one
            if delivered is not None:
                found.append(delivered)
            elif isinstance(one, MediaFragment):
                gone.add(one.slot_id)
                text = reading.slot(one.slot_id).fallback_text
                found += fallback(text, one.source_id, one.source_label)
        return State(
            cursor=place.shot.code if place.shot else None,
            shot=reading.shot(),
            fragments=tuple(found),
            choices=tuple(one for one in found if isinstance(one, ChoiceFragment)),
            missing=tuple(
                Absent(
                    media_id=slot.media_id,
                    media_role=slot.role,
                    source_id=name,
                    source_label=title,
                    state="unavailable" if slot.id in gone else slot.state,
                )
                for slot, name, title in reading.owned()
                if slot.id in gone or slot.id not in reading.bound
            ),
            previous=place.previous.code if place.previous else None,
            next=place.following.code if place.following else None,
        )

    def _deliver(self, one: MediaFragment, reading: Reading) -> Delivered | None:
        """None where its bytes can't be had, whatever the reason: a story goes on without."""
        tag, store, slot = one.content, self._tools.store, reading.slot(one.slot_id)
        try:
            made = store.has(tag.file) and delivery.fragment(
                tag,
                role=one.media_role,
                hints=one.staging_hints,
                source_id=one.source_id,
                source_label=one.source_label,
                client=self._client,
                key=self._tools.key,
                now=self._now,
                base_url=self._tools.base_url,
                path_of=store.path,
                bytes_of=store.read,
                inline_svg=self._inline_svg,
            )
        except StudioError:
            return None
        if not made:
            return None
        return Delivered(
            **made,
            media_id=slot.media_id,
            treatment=treatment_of(one.media_role, tag.media_type),
            is_current=reading.shown[slot.id].is_for(slot.basis),
        )
