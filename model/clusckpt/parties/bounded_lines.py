"""The output of an adapter, read without waiting for ever and with bounded memory.

A thread reads, because a pipe cannot be waited for with a time limit on every system. It stops
reading while a line waits to be taken, so an adapter that writes without end is held up.
"""

import os
import queue
import threading
from enum import Enum, auto

CHUNK = 64 * 1024


class End(Enum):
    """What can come instead of a line."""

    CLOSED = auto()
    """There is no more output."""
    TOO_LONG = auto()
    """A line is longer than is allowed; nothing more is read."""


class BoundedLines:
    r"""The lines of a stream, which must be taken one by one.

    >>> ends = os.pipe()
    >>> lines = BoundedLines(ends[0], longest=100)
    >>> _ = os.write(ends[1], b"one\ntwo\n")
    >>> lines.take(10), lines.take(10), lines.take(0.01)
    (b'one', b'two', None)
    >>> os.close(ends[1])
    >>> lines.take(10)
    <End.CLOSED: 1>
    >>> lines.stop()
    """

    def __init__(self, descriptor: int, longest: int) -> None:
        """Begin to read a file descriptor, which `stop` closes.

        Args:
            descriptor: the end of a pipe that is read.
            longest: the most bytes of one line.
        """
        self._descriptor = descriptor
        self._longest = longest
        self._taken: queue.Queue[bytes | End] = queue.Queue(maxsize=1)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def take(self, wait_s: float) -> bytes | End | None:
        """The next line without its end, what came instead, or None if nothing comes in time."""
        try:
            return self._taken.get(timeout=max(wait_s, 0.001))
        except queue.Empty:
            return None

    def stop(self, wait_s: float = 1.0) -> None:
        """Read no more; what was not taken is lost. All writers must have been ended before."""
        self._stopped.set()
        self._thread.join(wait_s)
        if not self._thread.is_alive():
            os.close(self._descriptor)

    def _read(self) -> None:
        rest = bytearray()
        searched = 0
        while chunk := os.read(self._descriptor, CHUNK):
            rest += chunk
            while (at := rest.find(b"\n", searched)) >= 0 and at <= self._longest:
                self._put(bytes(rest[:at]).rstrip(b"\r"))
                del rest[: at + 1]
                searched = 0
            if len(rest) > self._longest:
                self._put(End.TOO_LONG)
                return
            searched = len(rest)
            if self._stopped.is_set():
                return
        if rest:
            self._put(bytes(rest))
        self._put(End.CLOSED)

    def _put(self, line: bytes | End) -> None:
        while not self._stopped.is_set():
            try:
                self._taken.put(line, timeout=0.1)
            except queue.Full:
                continue
            return
