"""Observations told to people: what a line of a trace says was seen, one sentence a thing."""

from collections.abc import Iterator
from typing import Final

from clusckpt.files.trace_lines import status_number
from clusckpt.files.wording import escaped
from clusckpt.oracle.violations import status_name
from clusckpt.registry import described_seen
from clusckpt_spec.formats.trace import Observation, TraceLine

MOST_TOLD: Final = 40
"""No more things of one line are told."""


MOST_CHARACTERS: Final = 400
"""No more characters of one thing are told."""


def shortened(text: str) -> str:
    """Text as a page tells it: escaped, and no longer than anybody reads.

    >>> len(shortened("long" * 1000))
    401
    """
    if len(text) <= MOST_CHARACTERS:
        return escaped(text)
    return f"{escaped(text[:MOST_CHARACTERS])}…"


def answer(line: TraceLine) -> str:
    """What the call of a line returned; empty if that is not known.

    >>> from clusckpt_spec.formats.events import NodeCrash
    >>> answer(TraceLine(2, NodeCrash("N1"), 0))
    'ERROR_SUCCESS (0)'
    """
    return "" if line.returned is None else status_name(status_number(line.returned))


def observed(line: TraceLine) -> tuple[str, ...]:
    """Everything that was seen after the event of a line.

    >>> from clusckpt_spec.formats.events import NodeCrash
    >>> observed(TraceLine(2, NodeCrash("N1"), observed=Observation({"SQL": "Failed"})))
    ('state of SQL: Failed',)
    """
    if line.observed is None:
        return ()
    seen = [*_states(line.observed), *_contents(line.observed), *_rest(line.observed)]
    told, more = tuple(map(shortened, seen[:MOST_TOLD])), len(seen) - MOST_TOLD
    return (*told, f"and {more} more") if more > 0 else told


def _states(seen: Observation) -> Iterator[str]:
    yield from (f"state of {name}: {state}" for name, state in seen.states.items())
    yield from (f"state of group {name}: {state}" for name, state in seen.groups.items())
    yield from (f"owner of {group}: {node}" for group, node in seen.owners.items())


def _contents(seen: Observation) -> Iterator[str]:
    for node, tree in seen.registry.items():
        yield from (f"{key} on {node}: {described_seen(held)}" for key, held in tree.items())
    for node, containers in seen.containers.items():
        for name, keys in containers.items():
            yield f"container {name} on {node}: {keys or 'no such container'}"
    for resource, roots in seen.stored.items():
        for root, copy in roots.items():
            what = f"stored copy of {root} of {resource}"
            if not copy:
                yield f"{what}: {'no copy' if copy is None else 'a copy'}"
            for key, held in (copy or {}).items():
                yield f"{what}, key {key}: {described_seen(held)}"


def _rest(seen: Observation) -> Iterator[str]:
    for resource, names in seen.checkpoints.items():
        yield f"checkpoints of {resource}: {', '.join(names) or 'none'}"
    if seen.output is not None:
        yield f"output buffer: {seen.output or 'no bytes'}"
    if seen.bytes_returned is not None:
        yield f"lpcbBytesReturned: {seen.bytes_returned}"
    for event in seen.logged or ():
        about = " ".join(one for one in (event.resource, event.about) if one)
        yield f"event log: {event.id} {about}".rstrip()
    if seen.logged == ():
        yield "event log: nothing of this"
    for path, files in seen.backup_files.items():
        yield f"files of the backup at {path}: {', '.join(files) or 'none'}"
