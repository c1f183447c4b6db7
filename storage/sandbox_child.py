"""The far side of `storage.sandbox`: a small server that forks one child for each file.

It is started without environment and has no file of ours open. It has the decoders imported and
one thread, so a fork costs milliseconds. Each child looks at one file under limits and ends.
"""

import contextlib
import ctypes
import gc
import importlib
import os
import resource
import signal
import socket
import sys
from typing import Any, NoReturn

from domain.errors import Invalid, StudioError, TooLarge
from storage import framing
from storage.formats import VIDEO_BYTES

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_ON_LINUX = sys.platform == "linux"


def serve(control: int) -> NoReturn:
    """Fork a child for every connection that arrives, until the starter is gone."""
    from storage import decoding  # noqa: PLC0415 - Pillow is imported in this process alone

    decoding.warm()
    libc = ctypes.CDLL(None) if _ON_LINUX else None
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the system
    gc.freeze()
    server = os.getpid()
    link = socket.socket(fileno=control)
    while True:
        message, handles, _, _ = socket.recv_fds(link, 1, 1)
        if not message:
            os.killpg(0, signal.SIGKILL)  # we lead our own group: no child survives us
        if message == b"a" and _ON_LINUX:  # elsewhere its frameworks do not bear a fork
            importlib.import_module("storage.decoding_av")
        with contextlib.suppress(OSError):  # no room for a process: the asker sees the end
            if os.fork() == 0:
                link.close()
                _answer(socket.socket(fileno=handles[0]), libc, server)
        for handle in handles:
            os.close(handle)


def _answer(link: socket.socket, libc: Any, server: int) -> NoReturn:
    try:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if os.getppid() == server:
            ask, data = framing.receive(link, VIDEO_BYTES)
            files = 0 if ask["decoder"] == "svg" else 64  # a drawing names files: let none open
            _limit(seconds=ask.pop("seconds"), memory=ask.pop("memory"), files=files)
            found, body = _look(ask, data)
            framing.send(link, found, body)
    finally:
        os._exit(0)


def _limit(*, seconds: int, memory: int, files: int) -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(seconds)
    for kind, value in (
        (resource.RLIMIT_CPU, 2 * seconds),  # a decoder may use two threads
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, files),
        *([(resource.RLIMIT_AS, memory)] if _ON_LINUX else []),  # others refuse or ignore it
    ):
        resource.setrlimit(kind, (value, value))


def _look(ask: dict[str, Any], data: bytearray) -> tuple[dict[str, Any], bytes]:
    from storage import decoding  # noqa: PLC0415 - imported before the fork

    try:
        return decoding.look(data, **ask)
    except StudioError as error:
        refusal = error
    except MemoryError:
        refusal = TooLarge("Decoding the file takes more memory than is allowed.")
    except Exception:  # noqa: BLE001 - whatever a decoder says of a broken file
        refusal = Invalid("The file does not decode: it is damaged or cut off.")
    return {"error": type(refusal).__name__, "message": refusal.message, "code": refusal.code}, b""
