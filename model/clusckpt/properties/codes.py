"""Control codes as an observer reads them: which resource is asked, and what else may change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clusckpt.names import SEPARATOR, Folded, fold
from clusckpt.properties.answers import wrong_refusal
from clusckpt.properties.happening import checkpoints, is_served
from clusckpt.properties.judging import spreads_copies
from clusckpt.properties.violation import Violation
from clusckpt.registry import key_fits
from clusckpt.state import UNDER_WAY, Checkpoint, CheckpointKind, ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.control_codes import ControlCode, control_code
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent, ClusterResourceControl
from clusckpt_spec.readings import Reading

_PARTS = 3
"""The parts of the name of a container."""


@dataclass(frozen=True, slots=True)
class Request:
    """A checkpoint control code sent for a resource, with its input."""

    code: ControlCode
    name: Folded
    given: str


def request_in(event: AnyEvent, *codes: ControlCode) -> Request | None:
    """The request that an event is, if it is one with one of these codes.

    The properties speak of the usual request: a string, a handle with All access, a server in the
    read/write state, no node that is asked for, and a buffer that is large enough or unknown.
    """
    if not isinstance(event, ClusterResourceControl) or not _is_usual(event):
        return None
    code = control_code(event.code)
    return Request(code, fold(event.resource), event.input or "") if code in codes else None


def _is_usual(event: ClusterResourceControl) -> bool:
    """Whether nothing is said of a request but the resource, the code and the string."""
    return event == ClusterResourceControl(event.resource, event.code, event.input)


def text_in(event: ClusterResourceControl) -> str:
    """The string that an event gives to a code, as text or in bytes up to the terminator."""
    if event.input_bytes is None:
        return event.input or ""
    data = bytes.fromhex(event.input_bytes)
    whole = data[: len(data) // 2 * 2]
    return whole.decode("utf-16-le", "surrogatepass").partition("\0")[0]


def well_formed(given: str) -> bool:
    r"""Whether a string is a path relative to HKEY_LOCAL_MACHINE, as the codes ask (A7, A8).

    >>> well_formed("Software\\A"), well_formed("Software\\"), well_formed("HKLM\\Software")
    (True, False, False)
    """
    components = given.split(SEPARATOR)
    hive = fold(components[0]) in (fold("HKLM"), fold("HKEY_LOCAL_MACHINE"))
    fits = key_fits(tuple(components))
    return _is_unicode(given) and all(components) and not hive and fits


def _is_unicode(given: str) -> bool:
    """Whether a string has neither a NUL nor half a surrogate pair in it."""
    return not any(one == "\0" or "\ud800" <= one <= "\udfff" for one in given)


def names_container(given: str) -> bool:
    r"""Whether a string is `Type\Name\Key` with a decimal type and no further backslash (A21).

    >>> names_container("1\\\\K"), names_container("1\\P\\K\\x"), names_container("RSA\\\\K")
    (True, False, False)
    """
    parts = given.split(SEPARATOR)
    decimal = parts[0].isascii() and parts[0].isdigit()
    return _is_unicode(given) and len(parts) == _PARTS and decimal and bool(parts[-1])


def unreachable(before: ClusterState, name: Folded) -> Status | None:
    """What a code is answered whose resource is not there, or whose owner is down; else None."""
    if not is_served(before):
        return Status.UNSPECIFIED_FAILURE
    if name not in before.resources:
        return Status.ERROR_RESOURCE_NOT_FOUND
    if not before.nodes[before.owner_of(name)].up:
        return Status.UNSPECIFIED_FAILURE
    return None


def of_kind(state: ClusterState, name: Folded, kind: CheckpointKind) -> list[Checkpoint]:
    """The checkpoints of one kind in the list of a resource."""
    return [entry for entry in checkpoints(state, name) if entry.name.kind is kind]


def named(entries: list[Checkpoint], given: str) -> Checkpoint | None:
    """The entry of that name, compared without case; one in the same case comes first."""
    alike = [entry for entry in entries if fold(entry.given) == fold(given)]
    return next((entry for entry in alike if entry.given == given), alike[0] if alike else None)


def only_list_changed(
    reading: Reading, before: ClusterState, after: ClusterState, name: Folded
) -> bool:
    """Whether nothing changed but the list of a resource and the copies of what joined or left.

    Where the reading says so, a copy reaches other nodes when it is taken (A31).
    """
    kept = before.resources[name].checkpoints
    now = after.resources[name]
    changed = {
        entry
        for entry in {*kept, *now.checkpoints}
        if kept.get(entry) != now.checkpoints.get(entry)
    }
    was = before.resources[name]
    under_way = {kind: getattr(was, kind) for kind in UNDER_WAY}
    as_before = replace(now, checkpoints=kept, **under_way)
    nodes = before.nodes if spreads_copies(reading) else after.nodes
    untouched = {
        key: copy for key, copy in before.copies.items() if key[1] not in changed or key[0] != name
    }
    others = {
        key: copy for key, copy in after.copies.items() if key[1] not in changed or key[0] != name
    }
    reverted = replace(after.with_resource(name, as_before), copies=before.copies, nodes=nodes)
    return reverted == before and others == untouched


def wrong_unreachable(
    before: ClusterState, request: Request, outcome: Outcome
) -> Iterator[Violation]:
    """What is wrong with the answer to a code that cannot reach its resource."""
    refusal = unreachable(before, request.name)
    if refusal is not None:
        yield from wrong_refusal(request.code.rule, before, outcome, refusal)
