"""The process of one node: requests come in on standard input, and a timer runs beside them.

Run as `python -m small_cluster.node`. One line is one request in JSON, and so is the answer. It
ends with its standard input, so that no node outlives the cluster.
"""

import argparse
import json
import select
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

from . import files, rules
from .planting import add_arguments, plant_chosen
from .quorum import Quorum
from .registry import Registry, written
from .requests import REQUESTS
from .rules import Host
from .timer import Timer


def started(request: dict[str, Any]) -> Host:
    """The node of a request `start`; with `registry` it begins anew with these keys."""
    file = Path(request["registry_file"])
    if request["registry"] is not None:
        files.write(file, written(request["registry"]))
    timer = Timer(request["delay"], time.monotonic)
    quorum = Quorum(Path(request["quorum"]))
    return Host(request["name"], Registry(file), quorum, timer, file.with_suffix(".log"))


def answered(host: Host | None, request: dict[str, Any]) -> tuple[Host | None, object]:
    """The node after a request, and the answer; a node that rests takes only `start`."""
    match request["ask"]:
        case "start":
            return started(request), None
        case "rest":
            return None, None
        case asked if host is not None:
            return host, REQUESTS[asked](host, request)
        case asked:
            message = f"{asked!r} was asked of a node that rests; only 'start' is allowed"
            raise ValueError(message)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the requests end; the timer runs in between."""
    host: Host | None = None
    while True:
        waits = None if host is None else host.timer.seconds_left()
        ready, _, _ = select.select([requests], [], [], waits)
        if host is not None:
            rules.when_the_timer_runs(host)
        if not ready:
            continue
        line = requests.readline()
        if not line:
            return
        host, answer = answered(host, json.loads(line))
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def main() -> None:
    """Serve on standard input and output."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    plant_chosen(parser.parse_args())
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
