"""How the server and a decoding child talk: a JSON header and bytes, never a pickle."""

import json
import socket
import struct
from typing import Any

_LENGTHS = struct.Struct(">IQ")
_MAX_HEADER = 64 * 1024
_PIECE = 1 << 20


def send(link: socket.socket, header: dict[str, Any], body: bytes) -> None:
    text = json.dumps(header).encode()
    link.sendall(_LENGTHS.pack(len(text), len(body)) + text)
    link.sendall(body)


def receive(link: socket.socket, max_body: int) -> tuple[dict[str, Any], bytearray]:
    """Raises EOFError where the other end went away or does not keep to the form."""
    header_length, body_length = _LENGTHS.unpack(_exactly(link, _LENGTHS.size))
    if header_length > _MAX_HEADER or body_length > max_body:
        raise EOFError
    header = json.loads(_exactly(link, header_length))
    if not isinstance(header, dict):
        raise EOFError  # noqa: TRY004 - it is the other end that is wrong, not a caller
    return header, _exactly(link, body_length)


def _exactly(link: socket.socket, length: int) -> bytearray:
    data = bytearray(length)
    rest = memoryview(data)
    while rest:
        count = link.recv_into(rest, min(len(rest), _PIECE))
        if not count:
            raise EOFError
        rest = rest[count:]
    return data
