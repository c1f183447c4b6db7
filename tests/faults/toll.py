"""A provider that charges, and misbehaves as told: a program of its own on loopback.

``python -m tests.faults.toll FOLDER keys|plain``: with ``keys`` the same ``Idempotency-Key`` is
charged once and can be looked up; with ``plain`` whatever is sent is charged.
"""

import hashlib
import json
import struct
import sys
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.faults.bill import Bill, Line, price
from tests.faults.mischief import Mischief

HANG_S = 7.0
SIDE = 16
LOOKS = {"slow": 6}
RETRY_AFTER_S = 1


class Toll(ThreadingHTTPServer):
    """Orders at ``/orders``, its bill at ``/bill``, its mischief at ``/mischief``."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, folder: Path, *, keys: bool) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.bill = Bill(folder / "bill.db")
        self.mischief = Mischief()
        self.keys = keys

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever was killed while it asked is nobody's error."""


class Desk(BaseHTTPRequestHandler):
    """One request; a fault may be its end at any point."""

    protocol_version = "HTTP/1.1"
    server: Toll

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/mischief":
            self.server.mischief.order(told)
            self._tell(200, {})
        else:
            self._order(str(told["reference"]), self.headers.get("Idempotency-Key"))

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        match address.path.strip("/").split("/"):
            case ["bill"]:
                self._tell(200, {"lines": self.server.bill.lines()})
            case ["mischief"]:
                mischief = self.server.mischief
                self._tell(200, {"done": mischief.done, "asked": mischief.asked})
            case ["orders"]:
                [reference] = parse_qs(address.query)["reference"]
                known = self.server.bill.of(reference)
                self._tell(200, {"orders": [_order(line) for line in known]})
            case ["orders", number]:
                self._look(int(number))
            case ["orders", number, "result"]:
                self._hand_out(int(number))
            case _:
                self._tell(404, {})

    def do_DELETE(self) -> None:
        self._tell(200, {})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
        """The harness counts; nobody reads."""

    def _order(self, reference: str, key: str | None) -> None:
        fault = self.server.mischief.next("submit")
        if fault in ("429", "500", "shut"):
            self._refuse(fault)
            return
        known = self.server.bill.of(reference) if self.server.keys and key else []
        looks = LOOKS.get(fault, 1 + price(reference) % 2)
        line = known[0] if known else self.server.bill.charge(reference, looks=looks)
        match fault:
            case "drop":
                self._hang_up()
            case "500 charged":
                self._refuse("500")
            case "hang":
                time.sleep(HANG_S)
                self._hang_up()
            case "wait":
                self.server.mischief.wait()
                self._tell(201, _order(line))
            case _:
                self._tell(201, _order(line))

    def _look(self, number: int) -> None:
        fault = self.server.mischief.next("poll")
        if fault == "failed":
            self.server.bill.fail(number)
        line = self.server.bill.look(number)
        if fault == "forgotten" or line is None:
            self._tell(404, {})
        elif fault == "wait":
            self.server.mischief.wait()
            self._tell(200, _order(line))
        elif fault and fault != "failed":
            self._refuse(fault)
        else:
            self._tell(200, _order(line))

    def _hand_out(self, number: int) -> None:
        fault = self.server.mischief.next("result")
        line = self.server.bill.get(number)
        assert line is not None
        picture = paint(line.reference)
        match fault:
            case "500" | "429" | "drop":
                self._refuse(fault)
            case "break":
                self._send(200, picture, sent=len(picture) // 2)
            case "corrupt":
                self._send(200, picture[: len(picture) // 2])
            case "empty":
                self._send(200, b"")
            case "wait":
                self.server.mischief.wait()
                self._send(200, picture)
            case _:
                self._send(200, picture)

    def _refuse(self, fault: str) -> None:
        if fault in ("shut", "drop"):
            self._hang_up()
        else:
            self._tell(int(fault), {})

    def _tell(self, status: int, answer: Any) -> None:
        self._send(status, json.dumps(answer).encode())

    def _send(self, status: int, body: bytes, *, sent: int | None = None) -> None:
        """``sent``: hang up after so many bytes of it."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if status == 429:
            self.send_header("Retry-After", str(RETRY_AFTER_S))
        self.end_headers()
        self.wfile.write(body[:sent])
        if sent is not None:
            self._hang_up()

    def _hang_up(self) -> None:
        self.wfile.flush()
        self.close_connection = True


def _order(line: Line) -> dict[str, Any]:
    return {"id": line.number, "cents": line.cents, "status": line.status}


def paint(reference: str) -> bytes:
    """A small PNG, another one for each reference."""
    drawn = hashlib.shake_256(reference.encode()).digest(SIDE * SIDE * 3)
    rows = b"".join(b"\0" + drawn[at : at + SIDE * 3] for at in range(0, len(drawn), SIDE * 3))
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


if __name__ == "__main__":
    toll = Toll(Path(sys.argv[1]), keys=sys.argv[2] == "keys")
    print(f"Toll ready: http://127.0.0.1:{toll.server_port}\n", flush=True)
    toll.serve_forever()
