"""Control codes about checkpoints: add, delete and get, for registry keys and key containers.

The cluster service handles them all itself and passes none on to a resource DLL
(CKPT-NOT-PASSED-TO-DLL).
"""

from collections.abc import Callable
from dataclasses import replace

from clusckpt.names import Folded, InvalidPath, Path, fold, fold_path, parse_path
from clusckpt.registry import find
from clusckpt.rules import Change, Course, Move, Part, Rulebook
from clusckpt.rules.capture import stored
from clusckpt.rules.clause import clause
from clusckpt.rules.removal import forgotten
from clusckpt.state import Checkpoint, CheckpointKind, CheckpointName, ClusterState
from clusckpt.steps.outcome import Outcome, outcome, refused
from clusckpt_spec.api.control_codes import ControlCode, control_code
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import ClusterResourceControl
from clusckpt_spec.register.ids import RuleID

_ALTERNATE = "Wow6432Node"
"""The subkey of Software that holds the 32-bit view."""

Handler = Callable[[Rulebook, ClusterState, Folded, str], frozenset[Outcome]]


@clause(RuleID.NOT_PASSED_TO_DLL)
def control_resource(
    rules: Rulebook, state: ClusterState, event: ClusterResourceControl
) -> frozenset[Outcome]:
    """ClusterResourceControl with a checkpoint code, carried out by the owner of the resource.

    CKPT-NOT-PASSED-TO-DLL: "the Cluster service does not pass any of the control codes involved
    with checkpointing to resource DLLs". Whatever the resource DLL is doing, the answer is here.

    Raises:
        UnknownControlCode: for a code that has nothing to do with checkpoints.
    """
    code = control_code(event.code)
    name = fold(event.resource)
    if name not in state.resources:
        return refused(Status.ERROR_RESOURCE_NOT_FOUND, state, code.rule)
    if not state.nodes[state.owner_of(name)].up:
        return refused(Status.UNSPECIFIED_FAILURE, state, code.rule)
    return _HANDLERS[code](rules, state, name, event.input or "")


@clause(RuleID.ADD_REGISTRY, RuleID.ADD_REGISTRY_64BIT, RuleID.KB_CAPTURE_AT_ADD)
def add_registry(
    rules: Rulebook, state: ClusterState, name: Folded, given: str
) -> frozenset[Outcome]:
    """Add a registry root in the native view; the first copy is taken at once (A4)."""
    return _add_root(rules, state, name, given, view=lambda path: path, rule=RuleID.ADD_REGISTRY)


@clause(RuleID.ADD_REGISTRY_32BIT)
def add_registry_32bit(
    rules: Rulebook, state: ClusterState, name: Folded, given: str
) -> frozenset[Outcome]:
    """Add a registry root in the 32-bit view, which lies under `Wow6432Node` in the native one."""
    return _add_root(rules, state, name, given, view=in_32bit_view, rule=RuleID.ADD_REGISTRY_32BIT)


def in_32bit_view(path: Path) -> Path:
    """Where a path of the 32-bit view lies in the native one ([MS-RRP] 3.1.1.4).

    >>> in_32bit_view(("Software", "Acme")), in_32bit_view(("System", "Setup"))
    (('Software', 'Wow6432Node', 'Acme'), ('System', 'Setup'))
    """
    folded = fold_path(path)
    if folded[0] != fold("Software") or folded[1:2] == (fold(_ALTERNATE),):
        return path
    return (path[0], _ALTERNATE, *path[1:])


def _add_root(
    rules: Rulebook,
    state: ClusterState,
    name: Folded,
    given: str,
    *,
    view: Callable[[Path], Path],
    rule: RuleID,
) -> frozenset[Outcome]:
    try:
        root = view(parse_path(given))
    except InvalidPath:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    identity = CheckpointName(CheckpointKind.REGISTRY, rules.comparison(given))
    if identity in state.resources[name].checkpoints:
        return refused(Status.ERROR_ALREADY_EXISTS, state, rule)
    if find(state.nodes[state.owner_of(name)].registry, root) is None:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    course = _added(Course(state), name, Checkpoint(identity, given, root), rule)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, rule)})


@clause(RuleID.ADD_CRYPTO, RuleID.CRYPTO_CONTAINERS)
def add_crypto(
    rules: Rulebook, state: ClusterState, name: Folded, given: str
) -> frozenset[Outcome]:
    """Add a key container; it must exist and its keys must be exportable.

    What a second add answers is not documented: it may fail or succeed without effect (A19).
    """
    identity = CheckpointName(CheckpointKind.CRYPTO, rules.comparison(given))
    if identity in state.resources[name].checkpoints:
        return refused(Status.UNSPECIFIED_FAILURE, state, RuleID.ADD_CRYPTO) | refused(
            Status.ERROR_SUCCESS, state, RuleID.ADD_CRYPTO
        )
    container = state.nodes[state.owner_of(name)].containers.get(fold(given))
    if container is None:
        return refused(Status.NTE_BAD_KEYSET, state, RuleID.ADD_CRYPTO)
    if not container.exportable:
        return refused(Status.NTE_BAD_KEY, state, RuleID.ADD_CRYPTO)
    course = _added(Course(state), name, Checkpoint(identity, given), RuleID.ADD_CRYPTO)
    return frozenset({outcome(Status.ERROR_SUCCESS, course, RuleID.ADD_CRYPTO)})


def _added(course: Course, name: Folded, checkpoint: Checkpoint, rule: RuleID) -> Course:
    """The entry joins the list and the first copy is taken; online, nothing is left to restore."""
    resource = course.state.resources[name]
    online = resource.state is ResourceState.ONLINE
    changed = replace(
        resource,
        checkpoints=resource.checkpoints.insert(checkpoint.name, checkpoint),
        restored=resource.restored | ({checkpoint.name} if online else frozenset()),
    )
    course = course.to(
        course.state.with_resource(name, changed),
        Change(Part.LIST, name, rule),
        move=Move("add_checkpoint", (name, checkpoint.name)),
    )
    return stored(course, name, checkpoint, RuleID.KB_CAPTURE_AT_ADD)


@clause(RuleID.DELETE_REGISTRY)
def delete_registry(
    rules: Rulebook, state: ClusterState, name: Folded, given: str
) -> frozenset[Outcome]:
    """Delete a registry checkpoint, of whatever view it was added in (A11)."""
    identity = CheckpointName(CheckpointKind.REGISTRY, rules.comparison(given))
    unknown = Status.ERROR_FILE_NOT_FOUND
    if given.startswith("\\"):
        unknown = Status.UNSPECIFIED_FAILURE
    return _deleted(state, name, identity, unknown, RuleID.DELETE_REGISTRY)


@clause(RuleID.DELETE_CRYPTO)
def delete_crypto(
    rules: Rulebook, state: ClusterState, name: Folded, given: str
) -> frozenset[Outcome]:
    """Delete a crypto checkpoint; what an unknown one answers is not documented (A19)."""
    identity = CheckpointName(CheckpointKind.CRYPTO, rules.comparison(given))
    return _deleted(state, name, identity, Status.UNSPECIFIED_FAILURE, RuleID.DELETE_CRYPTO)


def _deleted(
    state: ClusterState, name: Folded, identity: CheckpointName, unknown: Status, rule: RuleID
) -> frozenset[Outcome]:
    if identity not in state.resources[name].checkpoints:
        return refused(unknown, state, rule)
    course = Course(state).to(
        forgotten(state, name, identity),
        Change(Part.LIST, name, rule),
        Change(Part.COPY, name, rule, identity),
        move=Move("remove_checkpoint", (name, identity)),
    )
    return frozenset({outcome(Status.ERROR_SUCCESS, course, rule)})


@clause(RuleID.GET_REGISTRY)
def get_registry(_: Rulebook, state: ClusterState, name: Folded, _given: str) -> frozenset[Outcome]:
    """The roots as they were added, in no particular order (A12, A15)."""
    return _listed(state, name, CheckpointKind.REGISTRY, RuleID.GET_REGISTRY)


@clause(RuleID.GET_CRYPTO)
def get_crypto(_: Rulebook, state: ClusterState, name: Folded, _given: str) -> frozenset[Outcome]:
    """The containers as they were added, in no particular order (A15)."""
    return _listed(state, name, CheckpointKind.CRYPTO, RuleID.GET_CRYPTO)


def _listed(
    state: ClusterState, name: Folded, kind: CheckpointKind, rule: RuleID
) -> frozenset[Outcome]:
    entries = state.resources[name].checkpoints.values()
    output = frozenset(entry.given for entry in entries if entry.name.kind is kind)
    return frozenset({outcome(Status.ERROR_SUCCESS, Course(state), rule, output)})


@clause(RuleID.TYPE_GET_REGISTRY, RuleID.TYPE_GET_CRYPTO, RuleID.ADD_CRYPTO_EX)
def not_supported(
    _: Rulebook, state: ClusterState, _name: Folded, _given: str
) -> frozenset[Outcome]:
    """A code that is published as not supported, or without a contract: it fails."""
    return refused(Status.UNSPECIFIED_FAILURE, state, RuleID.TYPE_GET_REGISTRY)


_HANDLERS: dict[ControlCode, Handler] = {
    ControlCode.ADD_REGISTRY_CHECKPOINT: add_registry,
    ControlCode.ADD_REGISTRY_CHECKPOINT_64BIT: add_registry,
    ControlCode.ADD_REGISTRY_CHECKPOINT_32BIT: add_registry_32bit,
    ControlCode.DELETE_REGISTRY_CHECKPOINT: delete_registry,
    ControlCode.GET_REGISTRY_CHECKPOINTS: get_registry,
    ControlCode.ADD_CRYPTO_CHECKPOINT: add_crypto,
    ControlCode.DELETE_CRYPTO_CHECKPOINT: delete_crypto,
    ControlCode.GET_CRYPTO_CHECKPOINTS: get_crypto,
    ControlCode.ADD_CRYPTO_CHECKPOINT_EX: not_supported,
    ControlCode.TYPE_GET_REGISTRY_CHECKPOINTS: not_supported,
    ControlCode.TYPE_GET_CRYPTO_CHECKPOINTS: not_supported,
}
