"""Decoding children die when they must, and nothing else does. Looks for them in /proc."""

import io
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image

from domain.errors import Invalid, TooLarge
from storage.inspector import Inspector
from storage.sandbox import Sandbox
from tests.storage.media_files import huge_png, picture

T = TypeVar("T")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def slow() -> bytes:
    """A picture whose decoding takes most of a second."""
    out = io.BytesIO()
    noise = Image.effect_noise((6000, 6000), 30).convert("RGB")
    noise.save(out, "WEBP", quality=30, method=0)
    return out.getvalue()


@pytest.fixture
def inspector() -> Iterator[Inspector]:
    OTHERS.clear()
    OTHERS.update(servers_of(os.getpid()))
    inspector = Inspector()
    yield inspector
    inspector.close()


def children(pid: int) -> list[int]:
    """Of all its threads, oldest first."""
    try:
        texts = [one.read_text() for one in Path(f"/proc/{pid}/task").glob("*/children")]
    except FileNotFoundError:
        return []
    return sorted(int(word) for text in texts for word in text.split())


def until(look: Callable[[], T]) -> T:
    deadline = time.monotonic() + 20
    while not (found := look()):
        assert time.monotonic() < deadline
        threading.Event().wait(0.002)
    return found


OTHERS: set[int] = set()
"""Decoding servers of this process that other tests began."""


def servers_of(pid: int) -> list[int]:
    """The decoding servers of process ``pid`` that this test began."""
    return [
        child
        for child in children(pid)
        if child not in OTHERS and b"sandbox_child" in command_of(child)
    ]


def command_of(pid: int) -> bytes:
    """Nothing of a process that has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def server_of(pid: int) -> int:
    """The decoding server of process ``pid``, which has one."""
    return until(lambda: servers_of(pid))[-1]


def busy_child_of(server: int) -> int:
    """A child that is past its beginnings: its limits are set and it decodes."""

    def limited() -> list[int]:
        begun = []
        for child in children(server):
            try:
                limits = Path(f"/proc/{child}/limits").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if re.search(r"Max file size\s+0\s", limits):
                begun.append(child)
        return begun

    return until(limited)[0]


def is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def begun(
    thread: ThreadPoolExecutor, inspector: Inspector, data: bytes
) -> tuple[int, int, "Future[object]"]:
    """(server, child, what will be found) of an inspection under way."""
    inspector.warm()
    server = server_of(os.getpid())
    future: Future[object] = thread.submit(inspector.inspect, data)
    return server, busy_child_of(server), future


def test_a_child_that_was_killed_is_tried_once_more(
    thread: ThreadPoolExecutor, inspector: Inspector, slow: bytes
) -> None:
    _, child, future = begun(thread, inspector, slow)
    os.kill(child, signal.SIGKILL)
    assert future.result(30) == inspector.inspect(slow)


def test_bytes_that_stop_every_child_are_invalid_and_the_next_call_works(
    thread: ThreadPoolExecutor, inspector: Inspector, slow: bytes
) -> None:
    server, child, future = begun(thread, inspector, slow)
    os.kill(child, signal.SIGSEGV)
    second = until(lambda: [one for one in children(server) if one != child])[0]
    os.kill(second, signal.SIGSEGV)
    with pytest.raises(Invalid, match="stops the decoder"):
        future.result(30)
    assert inspector.inspect(picture()).width == 64


def test_a_killed_server_is_started_again_and_leaves_no_child(
    thread: ThreadPoolExecutor, inspector: Inspector, slow: bytes
) -> None:
    server, child, future = begun(thread, inspector, slow)
    os.kill(child, signal.SIGSTOP)  # so that it can not just come to its end
    os.kill(server, signal.SIGKILL)
    until(lambda: is_gone(child))
    assert future.result(30) == inspector.inspect(slow)


def test_an_idle_server_that_died_is_not_noticed(inspector: Inspector) -> None:
    inspector.warm()
    server = server_of(os.getpid())
    os.kill(server, signal.SIGKILL)
    assert inspector.inspect(picture()).width == 64


def test_a_child_that_takes_too_long_ends_itself(thread: ThreadPoolExecutor, slow: bytes) -> None:
    sandbox = Sandbox()
    sandbox.warm()
    server = server_of(os.getpid())
    future = thread.submit(
        sandbox.run,
        {"decoder": "WEBP", "width": 640},
        slow,
        sound=False,
        seconds=1,
        memory=1_500_000_000,
    )
    child = busy_child_of(server)
    os.kill(child, signal.SIGSTOP)
    threading.Event().wait(1.2)
    os.kill(child, signal.SIGCONT)
    with pytest.raises(Invalid, match="too long"):
        future.result(30)
    sandbox.close()


def test_a_child_that_takes_too_much_memory_says_so() -> None:
    sandbox = Sandbox()
    answer, _ = sandbox.run(
        {"decoder": "PNG", "width": 640},
        huge_png(6000, 6000),
        sound=False,
        seconds=20,
        memory=150_000_000,
    )
    sandbox.close()
    assert answer["error"] == TooLarge.__name__


def test_a_killed_parent_leaves_neither_server_nor_child(tmp_path: Path, slow: bytes) -> None:
    (tmp_path / "slow.webp").write_bytes(slow)
    script = """
import sys
from pathlib import Path
from storage.inspector import Inspector
inspector, data = Inspector(), Path(sys.argv[1]).read_bytes()
inspector.warm()
print("go", flush=True)
while True:
    inspector.inspect(data)
"""
    command = [sys.executable, "-c", script, str(tmp_path / "slow.webp")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as parent:  # noqa: S603
        assert parent.stdout is not None
        parent.stdout.readline()
        server = server_of(parent.pid)
        child = busy_child_of(server)
        os.kill(child, signal.SIGSTOP)  # so that it can not just come to its end
        parent.kill()
    until(lambda: is_gone(server) and is_gone(child))


def test_closing_ends_the_server(inspector: Inspector) -> None:
    inspector.warm()
    server = server_of(os.getpid())
    inspector.close()
    assert is_gone(server)


def test_the_server_sees_nothing_of_our_environment_or_files(
    inspector: Inspector, tmp_path: Path
) -> None:
    with (tmp_path / "secret").open("w"):
        inspector.warm()
        server = server_of(os.getpid())
        inspector.inspect(picture())
        assert Path(f"/proc/{server}/environ").read_bytes() in {b"", b"LC_CTYPE=C.UTF-8\0"}
        handles = {str(one.readlink()) for one in Path(f"/proc/{server}/fd").iterdir()}
    assert {one.partition(":")[0] for one in handles} == {"/dev/null", "socket"}


def test_neither_pillow_nor_av_comes_into_the_process_that_inspects(tmp_path: Path) -> None:
    script = """
import sys
from pathlib import Path
from storage.inspector import Inspector
Inspector().inspect(Path(sys.argv[1]).read_bytes())
print([name for name in ("PIL", "av", "numpy", "multiprocessing") if name in sys.modules])
"""
    (tmp_path / "frame").write_bytes(picture())
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script, str(tmp_path / "frame")],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert ran.stdout == "[]\n"
