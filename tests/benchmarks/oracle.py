"""How fast the oracle follows a trace: as a whole, and in parts that are apart.

`python -m tests.benchmarks.oracle --help` says how. Both followers judge the same lines in the
same run. As a whole only the first lines are followed, because that takes so long.
"""

import argparse
import json
import random
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from rich.console import Console
from rich.table import Table

from clusckpt.files.trace_file import open_trace
from clusckpt.oracle.parts import PartwiseFollower
from clusckpt.oracle.replay import Follower
from clusckpt.rules import Rulebook, rulebook
from clusckpt_spec.formats.trace import Header
from clusckpt_spec.readings import KB174070, MSCS_PAGE, WINDOWS_OBSERVED, Reading

WIDTH = 110
"""How wide tables are where there is no terminal to ask."""

NODES = ("N1", "N2")
NAMES = tuple(f"App{number}" for number in range(6))

Made = Callable[[Header, Rulebook], Follower]

TRACES = (
    ("typical", 3, MSCS_PAGE),
    ("typical", 3, KB174070),
    ("values never repeat", 1_000_000_000, MSCS_PAGE),
    ("typical, delayed captures", 3, WINDOWS_OBSERVED),
)
"""What is measured: the kind of trace, how many values its writes choose from, the reading."""

MOST_WHOLE = {WINDOWS_OBSERVED.name: 8}
"""The most lines that are followed as a whole where the states of applications multiply."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the exit status is 0, whatever the times are."""
    chosen = _parser().parse_args(arguments)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trace.jsonl"
        console.print(_compared(path, chosen.events, chosen.whole))
        console.print(_long(path, chosen.events))
    return 0


def _compared(path: Path, events: int, whole: int) -> Table:
    title = "events per second of processor time, reading the file included"
    table = Table("trace", "reading", "events", "as a whole", "in parts", "ratio", title=title)
    for kind, values, reading in TRACES:
        number = events // 10
        write_trace(path, number, values)
        slow = rate(path, Follower, reading, MOST_WHOLE.get(reading.name, whole))
        fast = rate(path, PartwiseFollower, reading, number)
        told = f"{slow:,.0f}", f"{fast:,.0f}", f"{fast / slow:.0f} x"
        table.add_row(kind, reading.name, f"{number:,}", *told)
    return table


def _long(path: Path, events: int) -> Table:
    title = (
        f"longer and longer traces in parts, {MSCS_PAGE.name}; peak memory of the process so far"
    )
    table = Table("trace", "events", "events per second", "peak memory", title=title)
    for (kind, values, _), most in ((TRACES[0], events), (TRACES[2], events // 10)):
        for number in (most // 100, most // 10, most):
            write_trace(path, number, values)
            fast = rate(path, PartwiseFollower, MSCS_PAGE, number)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            table.add_row(kind, f"{number:,}", f"{fast:,.0f}", f"{peak:,.0f} MiB")
    return table


def rate(path: Path, made: Made, reading: Reading, number: int) -> float:
    """How many of the first so many lines of a trace are read and followed in a second."""
    began = process_time()
    with open_trace(path) as trace:
        follower = made(trace.header, rulebook(reading))
        for line in islice(trace.lines, number):
            follower.follow(line)
    report = follower.report()
    if report.explained < number:
        message = f"not explained after {report.explained} lines: {report.kind.value}"
        raise RuntimeError(message)
    return number / (process_time() - began)


def write_trace(path: Path, number: int, values: int) -> None:
    """Write a trace of so many events of six applications on two nodes.

    Args:
        path: the file.
        number: how many events follow the header.
        values: how many values the writes choose from.
    """
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(_header()) + "\n")
        for content in islice(_events(values), number):
            file.write(json.dumps(content) + "\n")


def _header() -> dict[str, object]:
    groups = [{"name": f"G{name}", "owner": NODES[0]} for name in NAMES]
    resources = [
        {"name": name, "group": f"G{name}", "registry_checkpoints": [{"key": _key(name)}]}
        for name in NAMES
    ]
    cluster = {
        "format": "clusckpt-cluster/1",
        "nodes": NODES,
        "groups": groups,
        "resources": resources,
    }
    tree = {_key(name): {"v": 0} for name in NAMES}
    registry = dict.fromkeys(NODES, tree)
    return {"format": "clusckpt-trace/1", "cluster": cluster, "registry": registry}


def _key(name: str) -> str:
    return f"Software\\{name}"


def _events(values: int) -> Iterator[dict[str, object]]:
    """Writes for the most part, and now and then a move, or an offline and an online."""
    chance = random.Random(1)  # noqa: S311 - the same trace every time
    owner, value = dict.fromkeys(NAMES, NODES[0]), dict.fromkeys(NAMES, 0)
    running: set[str] = set()
    while True:
        name, kind = chance.choice(NAMES), chance.random()
        if name not in running:
            running.add(name)
            yield _call("OnlineClusterResource", {"states": {name: "Online"}}, resource=name)
        elif kind < 0.03:
            owner[name] = NODES[1 - NODES.index(owner[name])]
            seen = {"states": {name: "Online"}, **_tree(owner[name], name, value[name])}
            yield _call("MoveClusterGroup", seen, group=f"G{name}", node=owner[name])
        elif kind < 0.05:
            running.remove(name)
            yield _call("OfflineClusterResource", {"states": {name: "Offline"}}, resource=name)
        else:
            value[name] = chance.randrange(values)
            key = {"node": owner[name], "key": _key(name), "name": "v", "value": value[name]}
            yield _call("RegSetValueEx", _tree(owner[name], name, value[name]), **key)


def _tree(node: str, name: str, value: int) -> dict[str, object]:
    return {"registry": {node: {_key(name): {"v": value}}}}


def _call(call: str, seen: dict[str, object], **fields: object) -> dict[str, object]:
    return {"call": call, **fields, "returned": 0, "observed": seen}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.oracle", description=__doc__)
    parser.add_argument(
        "--events", type=int, default=1_000_000, help="the longest trace; default: %(default)s"
    )
    parser.add_argument(
        "--whole", type=int, default=2_000, help="lines followed as a whole; default: %(default)s"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
