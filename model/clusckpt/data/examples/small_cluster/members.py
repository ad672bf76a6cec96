"""The nodes as processes: started, asked, killed, and used again for the next cluster."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parent


class NodeEnded(RuntimeError):
    """The process of a node has ended although nobody killed it."""


class NodeProcess:
    """The process of one node, which rests until it is started."""

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        """Start the process; it is ready when it answers its first request."""
        command = [sys.executable, "-S", "-m", f"{_FOLDER.name}.node", *arguments]
        self._process = subprocess.Popen(  # noqa: S603 - the command is this package's own module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_FOLDER.parent
        )

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def ask(self, ask: str, **request: object) -> Any:  # noqa: ANN401 - each request has its own
        """Send a request and wait for the answer.

        Raises:
            NodeEnded: the process is no longer there.
        """
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            raise NodeEnded
        try:
            requests.write(json.dumps({"ask": ask, **request}).encode() + b"\n")
            requests.flush()
            line = answers.readline()
        except BrokenPipeError:
            line = b""
        if not line:
            message = f"the process of a node ended while it was asked {ask!r}; see standard error"
            raise NodeEnded(message)
        return json.loads(line)

    def kill(self) -> None:
        """End the process with SIGKILL, and with it what its timer was about to do."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


class Pool:
    """Node processes that rest; one more than is in use is kept, so that none is waited for."""

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        """Begin with one; each process is started with these arguments."""
        self._arguments = tuple(arguments)
        self._resting = [NodeProcess(arguments)]

    def take(self) -> NodeProcess:
        """A process that rests; the next one is started meanwhile."""
        taken = self._resting.pop(0)
        if not self._resting:
            self._resting.append(NodeProcess(self._arguments))
        return taken

    def give_back(self, process: NodeProcess) -> None:
        """A process that is not needed any more rests until it is taken."""
        process.ask("rest")
        self._resting.insert(0, process)

    def close(self) -> None:
        """End them all."""
        while self._resting:
            self._resting.pop().kill()
