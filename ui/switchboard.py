"""The page's line: what socket.io does for each message and a page of ours never needs, left out.

At 300 viewers a third of the server's time went into looking for bytes in what is text, and into
a task and a wait for each message to the one browser that it is for. tests/ui/test_switchboard.py
compares with socket.io's own.
"""

from typing import Any

from engineio.packet import MESSAGE  # type: ignore[import-untyped]
from engineio.packet import Packet as Frame
from socketio import AsyncManager, AsyncServer  # type: ignore[import-untyped]
from socketio.packet import EVENT, Packet  # type: ignore[import-untyped]

TEXT = frozenset({"update", "run_javascript"})
"""Messages without bytes in them, whatever they tell."""


class TextPacket(Packet):  # type: ignore[misc]
    """Looks for bytes only where there may be some."""

    @classmethod
    def data_is_binary(cls, data: Any) -> bool:
        if isinstance(data, list) and data and isinstance(data[0], str) and data[0] in TEXT:
            return False
        return bool(super().data_is_binary(data))


class Switchboard(AsyncManager):  # type: ignore[misc]
    """Sends to one receiver at once; to several as socket.io does."""

    async def emit(
        self, event: str, data: Any, namespace: str, room: str | None = None, **how: Any
    ) -> None:
        only = self._only(namespace, room) if event in TEXT and not any(how.values()) else None
        if only is None:
            await super().emit(event, data, namespace, room=room, **how)
            return
        packet = self.server.packet_class(EVENT, namespace=namespace, data=[event, data])
        await self.server.eio.send_packet(only, Frame(MESSAGE, packet.encode()))

    def _only(self, namespace: str, room: str | None) -> str | None:
        """The connection of the only one in a room."""
        members = list(self.get_participants(namespace, room))
        return members[0][1] if len(members) == 1 else None


def tune(server: AsyncServer) -> None:
    """Before anybody is connected."""
    TextPacket.json = server.packet_class.json
    server.packet_class = TextPacket
    server.manager = Switchboard()
    server.manager.set_server(server)
