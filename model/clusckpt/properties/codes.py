"""Control codes as an observer reads them: which resource is asked, and what else may change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clusckpt.names import Folded, fold
from clusckpt.properties.answers import wrong_refusal
from clusckpt.properties.happening import checkpoints
from clusckpt.properties.violation import Violation
from clusckpt.state import Checkpoint, CheckpointKind, ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.control_codes import ControlCode, control_code
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent, ClusterResourceControl


@dataclass(frozen=True, slots=True)
class Request:
    """A checkpoint control code sent for a resource, with its input."""

    code: ControlCode
    name: Folded
    given: str


def request_in(event: AnyEvent, *codes: ControlCode) -> Request | None:
    """The request that an event is, if it is one with one of these codes."""
    if not isinstance(event, ClusterResourceControl):
        return None
    code = control_code(event.code)
    return Request(code, fold(event.resource), event.input or "") if code in codes else None


def unreachable(before: ClusterState, name: Folded) -> Status | None:
    """What a code is answered whose resource is not there, or whose owner is down; else None."""
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


def only_list_changed(before: ClusterState, after: ClusterState, name: Folded) -> bool:
    """Whether nothing changed but the list of a resource and the copies of what joined or left."""
    kept = before.resources[name].checkpoints
    now = after.resources[name]
    changed = {
        entry
        for entry in {*kept, *now.checkpoints}
        if kept.get(entry) != now.checkpoints.get(entry)
    }
    as_before = replace(now, checkpoints=kept, restored=before.resources[name].restored)
    untouched = {
        key: copy for key, copy in before.copies.items() if key[1] not in changed or key[0] != name
    }
    others = {
        key: copy for key, copy in after.copies.items() if key[1] not in changed or key[0] != name
    }
    reverted = replace(after.with_resource(name, as_before), copies=before.copies)
    return reverted == before and others == untouched


def wrong_unreachable(
    before: ClusterState, request: Request, outcome: Outcome
) -> Iterator[Violation]:
    """What is wrong with the answer to a code that cannot reach its resource."""
    refusal = unreachable(before, request.name)
    if refusal is not None:
        yield from wrong_refusal(request.code.rule, before, outcome, refusal)
