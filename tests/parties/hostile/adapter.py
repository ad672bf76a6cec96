"""An adapter that misbehaves in the way that is named: `adapter.py MISBEHAVIOUR [MARKER]`.

With the path of a marker it misbehaves once: it leaves the file there, and behaves when it finds
it. Apart from that it answers every request with what is asked for in the simplest case.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SLEEPER = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
RESULTS: dict[str, Any] = {
    "initialize": {
        "protocol": "clusckpt-adapter/1",
        "implementation": {"name": "hostile"},
        "calls": ["NodeCrash"],
    },
    "NodeCrash": {},
    "observe": {},
}


def say(line: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def answer(number: int, result: object) -> None:
    """Answer a request."""
    say(json.dumps({"jsonrpc": "2.0", "id": number, "result": result}))


def hang(_: int) -> bool:
    """Do nothing, and heed no SIGTERM."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(60)
    return False


def answer_and_hang(number: int) -> bool:
    """Answer, and go on."""
    answer(number, None)
    return hang(number)


def crash(_: int) -> bool:
    """Say why, and end with status 3."""
    sys.stderr.write("the cluster is gone\n")
    sys.exit(3)


def leave(_: int) -> bool:
    """End with status 0."""
    sys.exit(0)


def flood(_: int) -> bool:
    """Write lines without end."""
    while True:
        say("still connecting")


def write_long_line(_: int) -> bool:
    """Write one line that does not end."""
    while True:
        sys.stdout.write("x" * 65536)


def close_output(_: int) -> bool:
    """Close standard output and go on."""
    sys.stdout.flush()
    os.close(1)
    time.sleep(60)
    return False


def answer_another(number: int) -> bool:
    """Answer a request that was not made."""
    answer(number + 1, {})
    return True


def answer_twice(number: int) -> bool:
    """Answer once now, and once more as usual."""
    answer(number, None)
    return False


def write_garbage(_: int) -> bool:
    """Write what is no JSON, and end."""
    say("\x00\xff{]")
    sys.exit(0)


def answer_in_version_1(number: int) -> bool:
    """Answer as no JSON-RPC 2.0, and end."""
    say(json.dumps({"id": number, "result": {}}))
    sys.exit(0)


def write_log(_: int) -> bool:
    """Write two lines of a log before the answer."""
    say("connecting")
    say("connected")
    return False


def answer_deeply(number: int) -> bool:
    """Answer with a million lists inside each other."""
    lists = "[" * 10**6 + "]" * 10**6
    say(f'{{"jsonrpc": "2.0", "id": {number}, "result": {lists}}}')
    return True


def refuse(number: int) -> bool:
    """Answer with an error."""
    error = {"code": 1, "message": "no"}
    say(json.dumps({"jsonrpc": "2.0", "id": number, "error": error}))
    return True


def refuse_unread(_: int) -> bool:
    """Answer as if the request could not be read."""
    error = {"code": -32700, "message": "no"}
    say(json.dumps({"jsonrpc": "2.0", "id": None, "error": error}))
    return True


def log_and_crash(number: int) -> bool:
    """Write a log to standard output, and end with status 3."""
    write_log(number)
    return crash(number)


def leave_child(_: int) -> bool:
    """Start a process that heeds no SIGTERM."""
    start_sleeper(escape=False)
    return False


def leave_escaped_child(_: int) -> bool:
    """Start a process that heeds no SIGTERM, in a session of its own."""
    start_sleeper(escape=True)
    return False


def start_sleeper(*, escape: bool) -> None:
    """Start a process that sleeps."""
    subprocess.Popen(  # noqa: S603 - the program is this one's own interpreter
        [sys.executable, "-S", "-c", SLEEPER],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=escape,
    )


def answering(result: object) -> Callable[[int], bool]:
    """Answer with this result."""

    def misbehave(number: int) -> bool:
        answer(number, result)
        return True

    return misbehave


Misbehaviour = tuple[str, Callable[[int], bool]]
"""At which method, and what is done; it says whether it has answered."""

MISBEHAVIOURS: dict[str, Misbehaviour] = {
    "hangs at initialize": ("initialize", hang),
    "hangs at a call": ("NodeCrash", hang),
    "hangs at shutdown": ("shutdown", hang),
    "goes on after shutdown": ("shutdown", answer_and_hang),
    "crashes": ("NodeCrash", crash),
    "exits early": ("NodeCrash", leave),
    "floods": ("NodeCrash", flood),
    "writes a long line": ("NodeCrash", write_long_line),
    "answers another request": ("NodeCrash", answer_another),
    "answers twice": ("reset", answer_twice),
    "writes garbage": ("NodeCrash", write_garbage),
    "answers in version 1": ("NodeCrash", answer_in_version_1),
    "writes a log": ("NodeCrash", write_log),
    "answers with a list": ("NodeCrash", answering([])),
    "answers with no status": ("NodeCrash", answering({"returned": "ERROR_SUCESS"})),
    "answers deeply": ("NodeCrash", answer_deeply),
    "sees what is not there": ("observe", answering({"states": {"Nobody": "Online"}})),
    "refuses": ("NodeCrash", refuse),
    "refuses to read": ("NodeCrash", refuse_unread),
    "refuses to end": ("shutdown", refuse),
    "logs and crashes": ("NodeCrash", log_and_crash),
    "leaves a child": ("NodeCrash", leave_child),
    "leaves a child in another session": ("NodeCrash", leave_escaped_child),
    "closes its output": ("NodeCrash", close_output),
    "behaves": ("", leave),
}


def main(misbehaviour: str, marker: str | None = None) -> None:
    """Answer requests, and misbehave when the time has come."""
    at, misbehave = MISBEHAVIOURS["behaves" if marker and Path(marker).exists() else misbehaviour]
    for line in sys.stdin:
        request = json.loads(line)
        method, number = request["method"], request["id"]
        if method == at and marker:
            Path(marker).touch()
        if method == at and misbehave(number):
            continue
        answer(number, RESULTS.get(method))
        if method == "shutdown":
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
