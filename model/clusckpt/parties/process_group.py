"""Everything that an adapter has started: found, and ended.

On Linux /proc tells it: the members of the process group, and whoever left the group and still
has the mark of the adapter in its environment. Elsewhere the group is asked as a whole.
"""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

MARK = "CLUSCKPT_ADAPTER"
"""The environment variable by which the processes of one adapter are known."""

_PROC = Path("/proc")
_POLL_S = 0.02
_KILL: signal.Signals = getattr(signal, "SIGKILL", signal.SIGTERM)
"""What no process can ignore; Windows has no other way to end one than that of SIGTERM."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """A process that still runs: its id and its command line (cut), if that is known."""

    pid: int
    command: str


@dataclass(frozen=True, slots=True)
class ProcessGroup:
    """The processes that an adapter has started, itself included.

    `leader` is the id of the adapter's process and of its group, `mark` the value of the
    environment variable `MARK` that it was started with.
    """

    leader: int
    mark: str

    def survivors(self) -> list[Survivor]:
        """Every process of it that still runs; those that wait to be reaped do not."""
        if (_PROC / "self" / "stat").exists():
            return [
                Survivor(int(entry.name), _command(entry))
                for entry in sorted(_PROC.iterdir(), key=lambda entry: entry.name)
                if entry.name.isdigit() and _runs(entry, self)
            ]
        return [Survivor(self.leader, "its process group")] if _group_answers(self.leader) else []

    def left_after(self, wait_s: float) -> list[Survivor]:
        """Who still runs after so many seconds; returns at once when nobody does."""
        deadline = time.monotonic() + wait_s
        while (left := self.survivors()) and time.monotonic() < deadline:
            time.sleep(_POLL_S)
        return left

    def end(self, grace_s: float) -> None:
        """Ask every process of it to end (SIGTERM), and after `grace_s` seconds end it (SIGKILL).

        A process that forks faster than it is ended is tried for five seconds.
        """
        self._send(signal.SIGTERM)
        if not self.left_after(grace_s):
            return
        deadline = time.monotonic() + 5
        while self.survivors() and time.monotonic() < deadline:
            self._send(_KILL)
            self.left_after(0.2)

    def _send(self, what: signal.Signals) -> None:
        for survivor in self.survivors():
            try:
                if survivor.pid == self.leader and hasattr(os, "killpg"):
                    os.killpg(self.leader, what)
                else:
                    os.kill(survivor.pid, what)
            except (ProcessLookupError, PermissionError):
                continue


def _runs(entry: Path, group: ProcessGroup) -> bool:
    """Whether a process belongs to the group, or has its mark, and has not ended."""
    try:
        fields = (entry / "stat").read_bytes().rpartition(b")")[2].split()
        state, pgrp = fields[0], int(fields[2])
        if state in (b"Z", b"X"):
            return False
        mark = f"{MARK}={group.mark}".encode()
        return pgrp == group.leader or mark in (entry / "environ").read_bytes().split(b"\0")
    except OSError:
        return False


def _command(entry: Path) -> str:
    try:
        words = (entry / "cmdline").read_bytes()[:80].split(b"\0")
    except OSError:
        return ""
    return " ".join(word.decode(errors="replace") for word in words if word)


def _group_answers(leader: int) -> bool:
    try:
        os.killpg(leader, 0)
    except (AttributeError, OSError):
        return False
    return True


def own_group() -> dict[str, object]:
    """The arguments of `Popen` that put a process into a group of its own.

    >>> len(own_group())
    1
    """
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", None)
    return {"start_new_session": True} if flags is None else {"creationflags": flags}
