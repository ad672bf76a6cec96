"""The add codes for registry roots: what joins the list, and what each other add answers."""

from collections.abc import Iterator

from clusckpt.names import SEPARATOR, FoldedPath, fold_path
from clusckpt.properties.answers import wrong_refusal
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.codes import (
    Request,
    named,
    of_kind,
    only_list_changed,
    request_in,
    unreachable,
    well_formed,
    wrong_unreachable,
)
from clusckpt.properties.contents import root_of
from clusckpt.properties.happening import checkpoints
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.registry import canonical, find
from clusckpt.state import CheckpointKind, ClusterState, Quorum
from clusckpt.steps import Outcome
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID

_CODES = (
    ControlCode.ADD_REGISTRY_CHECKPOINT,
    ControlCode.ADD_REGISTRY_CHECKPOINT_32BIT,
    ControlCode.ADD_REGISTRY_CHECKPOINT_64BIT,
)


@property_of(
    RuleID.ADD_REGISTRY,
    RuleID.ADD_REGISTRY_32BIT,
    RuleID.ADD_REGISTRY_64BIT,
    RuleID.NAMES_CASELESS,
)
def registry_add_answers(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A listed root, in any case and view, is answered with 183; an unusable one fails."""
    request = request_in(event, *_CODES)
    if request is None:
        return
    yield from wrong_unreachable(before, request, outcome)
    if unreachable(before, request.name) is not None:
        return
    listed = named(of_kind(before, request.name, CheckpointKind.REGISTRY), request.given)
    if listed is not None:
        rule = request.code.rule if listed.given == request.given else RuleID.NAMES_CASELESS
        yield from wrong_refusal(rule, before, outcome, Status.ERROR_ALREADY_EXISTS)
    elif not _usable(chronicle.reading, before, request):
        yield from wrong_refusal(request.code.rule, before, outcome, Status.UNSPECIFIED_FAILURE)
    else:
        yield from _wrong_add(chronicle.reading, before, request, outcome)


def _wrong_add(
    reading: Reading, before: ClusterState, request: Request, outcome: Outcome
) -> Iterator[Violation]:
    """What is wrong with the outcome of an add that must succeed."""
    rule, name, after = request.code.rule, request.name, outcome.state
    if outcome.status is not Status.ERROR_SUCCESS:
        yield violation(rule, outcome.status.name, "ERROR_SUCCESS: the root is there")
        return
    if name not in after.resources:
        yield violation(rule, f"{name} is gone", f"{name} stays")
        return
    known = before.resources[name].checkpoints
    joined = [
        (entry.given, root_of(entry))
        for entry in checkpoints(after, name)
        if entry.name not in known
    ]
    if joined != [(request.given, _root(before, request))]:
        yield violation(
            rule,
            f"{joined} joined the list of {name}",
            f"{(request.given, _root(before, request))} joins it",
        )
    if not only_list_changed(reading, before, after, name):
        yield violation(rule, "more changed than the list", "one entry and its copy join")


def _usable(reading: Reading, before: ClusterState, request: Request) -> bool:
    """Whether the input is a path, its root is on the owner (A6, A7, A8), and room is left."""
    if not well_formed(request.given) or before.quorum is not Quorum.ONLINE:
        return False
    most = reading.product.most_checkpoints
    if most is not None and len(before.resources[request.name].checkpoints) >= most:
        return False
    if reading[AmbiguityID.A6] == "succeeds-empty":
        return True
    registry = before.nodes[before.owner_of(request.name)].registry
    return find(registry, _root(before, request)) is not None


def _root(state: ClusterState, request: Request) -> FoldedPath:
    """The root that an input denotes; the 32-bit code names it in the view of 32-bit programs."""
    narrow = request.code is ControlCode.ADD_REGISTRY_CHECKPOINT_32BIT
    path = tuple(request.given.split(SEPARATOR))
    return fold_path(canonical(path, "32" if narrow else "native", platform=state.platform))
