"""``watch_imports.py ROOT module …``: import each and print what a module below ROOT did meanwhile.

A library's own import is its own business: only what our code calls while it is imported counts.
"""

import importlib
import inspect
import os
import sys
import threading
from types import FrameType

EFFECTS = {
    "os.fork",
    "os.forkpty",
    "os.mkdir",
    "os.posix_spawn",
    "os.putenv",
    "os.remove",
    "os.rename",
    "os.unsetenv",
    "socket.__new__",
    "sqlite3.connect",
    "subprocess.Popen",
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def ours(frame: FrameType | None, root: str) -> FrameType | None:
    """Find the caller below ``root``, unless an import stands between it and the deed."""
    while frame and frame.f_code.co_filename == __file__:
        frame = frame.f_back  # this watch's own
    while frame and not frame.f_code.co_filename.startswith("<frozen importlib"):
        file = frame.f_code.co_filename
        if "site-packages" in file:
            return None
        if file.startswith(root):
            return frame
        frame = frame.f_back
    return None


def watch(root: str) -> None:
    def see(event: str, *arguments: object) -> None:
        if frame := ours(inspect.currentframe(), root):
            where = f"{frame.f_code.co_filename}:{frame.f_lineno}"
            sys.stdout.write(f"{where} {event} {arguments}\n")

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if writes or event in EFFECTS:
            see(event, *arguments)

    class Thread(threading.Thread):  # starting one is no audit event
        def start(self) -> None:
            see("threading.Thread.start", self.name)
            super().start()

    sys.addaudithook(hook)
    threading.Thread = Thread  # type: ignore[misc]


if __name__ == "__main__":
    _, root, *modules = sys.argv
    sys.path.insert(0, root)
    watch(f"{root}{os.sep}")
    for module in modules:
        importlib.import_module(module)
