"""Become another program that does not outlive its parent, as another user if asked.

``python -I -S leash.py PARENT UID GID program argument …``; UID ``-`` keeps the user.
Run as a file, never imported: after a fork in a threaded process nothing is safe but an exec.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

if __name__ == "__main__":
    parent, uid, gid, program, *arguments = sys.argv[1:]
    if uid != "-":
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    if sys.platform == "linux":
        # After setuid, which clears it. Elsewhere the fixtures' own clean-up has to do.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(parent):
        sys.exit("the parent was gone already")
    os.execvp(program, [program, *arguments])  # noqa: S606 -- the same process, not a shell
