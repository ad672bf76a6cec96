"""Reading and writing `clusckpt-trace/1`: what happened on a cluster, as JSON Lines.

A trace is read line by line in constant memory, so its length is not limited; the length of
one line is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from clusckpt.files.cluster_file import check_format
from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.conversion import converted
from clusckpt.files.known_lines import KnownLines
from clusckpt.files.source_text import empty
from clusckpt.files.sources import FileLine
from clusckpt.files.text_lines import text_lines
from clusckpt.files.trace_checks import header_faults
from clusckpt.files.trace_lines import parse_object
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Trace, TraceLine


@dataclass(frozen=True, slots=True)
class OpenTrace:
    """A trace whose header is read and whose lines are read as they are asked for."""

    header: Header
    lines: Iterator[TraceLine]


@contextmanager
def open_trace(path: str | Path) -> Iterator[OpenTrace]:
    """Open a trace to read it line by line; the file is closed at the end of the block.

    Raises:
        UnusableInput: The file is not a trace; for a line, as soon as the line is asked for.
    """
    with text_lines(path) as numbered:
        first = next(numbered, None)
        if first is None:
            raise empty(path)
        header = _parse_header(first[1], str(path), first[0])
        known = KnownLines(str(path), ClusterNames.of(header.cluster))
        yield OpenTrace(header, (known.parsed(line, at) for at, line in numbered))


def load_trace(path: str | Path) -> Trace:
    """Read a whole trace.

    Raises:
        UnusableInput: The file is not a trace, or something in it is not allowed.
    """
    with open_trace(path) as trace:
        return Trace(trace.header, tuple(trace.lines))


def dump_trace(trace: Trace) -> str:
    """Write a trace; reading it again gives the same trace if its lines count on from 2."""
    written = [msgspec.json.encode(trace.header), *(_dump_line(line) for line in trace.lines)]
    return b"".join(line + b"\n" for line in written).decode()


def _dump_line(line: TraceLine) -> bytes:
    fields: dict[str, object] = dict(msgspec.to_builtins(line.event))
    if line.returned is not None:
        fields["returned"] = line.returned
    if line.observed is not None:
        fields["observed"] = line.observed
    if line.at is not None:
        fields["at"] = line.at
    if line.clock is not None:
        fields["clock"] = line.clock
    return msgspec.json.encode(fields)


def _parse_header(text: str, path: str, number: int) -> Header:
    source = FileLine(path, number)
    content = parse_object(text, path, number)
    check_format(content, TRACE_FORMAT, source)
    header = converted(content, Header, source)
    if found := next(header_faults(header), None):
        raise source.refusal(*found)
    return header
