"""The process of an adapter: started in a group of its own, spoken to over pipes, ended."""

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Sequence
from queue import SimpleQueue
from typing import IO, Any
from uuid import uuid4

from clusckpt.files.wording import cut
from clusckpt.parties.bounded_lines import BoundedLines, End
from clusckpt.parties.process_group import MARK, ProcessGroup, Survivor, own_group
from clusckpt.parties.rpc import LONGEST_LINE

_KEPT_BYTES = 8192
_KEPT_LINES = 5
_GLANCE_S = 0.1
_LAST_WORDS_S = 0.5


class AdapterProcess:
    """A running adapter.

    Args:
        command: the program and its arguments; no shell reads them.
        grace_s: the seconds between SIGTERM and SIGKILL when it is ended.

    Raises:
        OSError: if it cannot be started.
    """

    def __init__(self, command: Sequence[str], grace_s: float) -> None:
        """Start it."""
        mark = uuid4().hex
        self._grace_s = grace_s
        group: dict[str, Any] = dict(own_group())
        self._process = subprocess.Popen(  # noqa: S603 - the command is what the user asked for
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=os.environ | {MARK: mark},
            **group,
        )
        self.group = ProcessGroup(self._process.pid, mark)
        self._lines = BoundedLines(_detached(self._process.stdout), LONGEST_LINE)
        self._errors = _Tail(_detached(self._process.stderr))
        self._requests: SimpleQueue[bytes | None] = SimpleQueue()
        self._writer = threading.Thread(target=self._write, daemon=True)
        self._writer.start()

    def send(self, line: bytes) -> None:
        """Write a line when the adapter reads; returns at once."""
        self._requests.put(line)

    def take(self, deadline: float) -> bytes | End | None:
        """The next line of its standard output, what came instead, or None after the deadline.

        Args:
            deadline: a moment of `time.monotonic()`.
        """
        while (left := deadline - time.monotonic()) > 0:
            ended = self._process.poll() is not None
            taken = self._lines.take(_LAST_WORDS_S if ended else min(left, _GLANCE_S))
            if taken is not None:
                return taken
            if ended:
                return End.CLOSED
        return None

    def exit_status(self, wait_s: float) -> int | None:
        """The status that it ended with, or None if it still runs after so many seconds."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(wait_s)
        return None

    def close_input(self) -> None:
        """Let it read the end of its standard input, after what was sent."""
        self._requests.put(None)

    def left_behind(self, wait_s: float) -> list[Survivor]:
        """The processes that it started and that still run after so many seconds."""
        return self.group.left_after(wait_s)

    def last_errors(self) -> str:
        """The last lines of its standard error, for a message; empty if there are none."""
        lines = self._errors.text().splitlines()[-_KEPT_LINES:]
        return " / ".join(cut(line) for line in lines)

    def end(self) -> None:
        """End it and all that it has started, and let go of its pipes."""
        self.close_input()
        self.group.end(self._grace_s)
        self.exit_status(_LAST_WORDS_S)
        self._writer.join(_LAST_WORDS_S)
        self._lines.stop()
        self._errors.stop()

    def _write(self) -> None:
        stream = self._process.stdin
        if stream is None:
            return
        with contextlib.suppress(OSError):
            while (line := self._requests.get()) is not None:
                _write_all(stream, line)
        with contextlib.suppress(OSError):
            stream.close()


class _Tail:
    """The end of a stream, read as it comes; the rest is forgotten."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._kept = b""
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def text(self) -> str:
        self._thread.join(_GLANCE_S)
        return self._kept.decode(errors="replace")

    def stop(self) -> None:
        self._thread.join(1.0)
        if not self._thread.is_alive():
            os.close(self._descriptor)

    def _read(self) -> None:
        while chunk := os.read(self._descriptor, _KEPT_BYTES):
            self._kept = (self._kept + chunk)[-_KEPT_BYTES:]


def _detached(stream: IO[bytes] | None) -> int:
    """The descriptor of a stream of `Popen`, which from now on its reader closes."""
    if stream is None:
        message = "the standard streams of an adapter are pipes"
        raise ValueError(message)
    descriptor = os.dup(stream.fileno())
    stream.close()
    return descriptor


def _write_all(stream: IO[bytes], line: bytes) -> None:
    rest = memoryview(line)
    while rest:
        rest = rest[stream.write(rest) :]
