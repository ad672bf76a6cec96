"""The add codes: a root or a key container joins the list of a resource."""

from clusckpt.containers import container_id
from clusckpt.names import Folded
from clusckpt.registry import canonical, find
from clusckpt.rules import Rulebook
from clusckpt.rules.clause import clause
from clusckpt.state import Checkpoint, CheckpointKind, CheckpointName, ClusterState, Resource
from clusckpt.steps.checkpoint_list import added, listed_without_copy
from clusckpt.steps.codes.call import CodeCall
from clusckpt.steps.codes.containers import container_text
from clusckpt.steps.codes.entries import containers_named, roots_named
from clusckpt.steps.codes.paths import registry_path
from clusckpt.steps.outcome import Outcome, refused
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import View
from clusckpt_spec.register.ids import RuleID

_VIEWS_OF_CALLERS: dict[str | None, tuple[View, ...]] = {
    "32": ("32",),
    "64": ("native",),
    None: ("native", "32"),
}


@clause(RuleID.ADD_REGISTRY, RuleID.KB_CAPTURE_AT_ADD)
def add_registry(rules: Rulebook, state: ClusterState, call: CodeCall) -> frozenset[Outcome]:
    """Add a root in the native view of the server, or in the view of the caller (A13).

    A caller that is not known can have either. The first copy is taken at once (A4).
    """
    possible: tuple[View, ...] = ("native",)
    if rules.chooses(AmbiguityID.A13, "caller-view"):
        possible = _VIEWS_OF_CALLERS[call.event.caller]
    every = [_add_root(rules, state, call, names=view, kind="native") for view in possible]
    return frozenset[Outcome]().union(*every)


@clause(RuleID.ADD_REGISTRY_64BIT)
def add_registry_64bit(rules: Rulebook, state: ClusterState, call: CodeCall) -> frozenset[Outcome]:
    """Add a root in the 64-bit view, which [MS-CMRP] calls the default registry."""
    return _add_root(rules, state, call, names="64", kind="64")


@clause(RuleID.ADD_REGISTRY_32BIT)
def add_registry_32bit(rules: Rulebook, state: ClusterState, call: CodeCall) -> frozenset[Outcome]:
    """Add a root in the 32-bit view; without one it is a root like any other (A14)."""
    return _add_root(
        rules, state, call, names="32", kind="32" if state.platform == "x64" else "native"
    )


def _add_root(
    rules: Rulebook, state: ClusterState, call: CodeCall, *, names: View, kind: View
) -> frozenset[Outcome]:
    """Add the root that the input names in a view; `kind` is the code that the list remembers.

    A path that is taken without a check is listed whether or not its key is there (A8), and so
    is one whose key is missing, where a reading says that such an add succeeds (A6).
    """
    rule, resource = call.code.rule, state.resources[call.name]
    path = registry_path(rules, call.input)
    if path is None:
        return refused(Status.UNSPECIFIED_FAILURE, state, rule)
    identity = _identity(rules, state, path.text, names)
    same_path = roots_named(rules, resource, path.text)
    if any(_excludes(entry.name, identity) for entry in same_path):
        return refused(Status.ERROR_ALREADY_EXISTS, state, rule)
    root = canonical(path.path, names, platform=state.platform)
    checkpoint = Checkpoint(identity, path.text, root, kind, _place(rules, resource))
    there = find(state.nodes[call.executor].registry, root) is not None
    if path.is_checked and not there and rules.chooses(AmbiguityID.A6, "fails"):
        return _failed(rules, state, call, checkpoint, Status.UNSPECIFIED_FAILURE)
    return _added(rules, state, call, checkpoint)


def _identity(rules: Rulebook, state: ClusterState, text: str, view: View) -> CheckpointName:
    """What identifies a root: its path, and the registry it is in where that counts (A10)."""
    apart = rules.chooses(AmbiguityID.A10, "native-first-only")
    alternate = apart and view == "32" and state.platform == "x64"
    return CheckpointName(CheckpointKind.REGISTRY, rules.comparison(text), alternate)


def _excludes(listed: CheckpointName, new: CheckpointName) -> bool:
    """Whether a listed path keeps the same path from being added.

    [MS-CMRP] 3.1.1.1.1.1 lets a path be one of the alternate registry "as long as the same path
    in the native registry has not already been checkpointed"; of the other order it says nothing.
    """
    return new.alternate or not listed.alternate


@clause(RuleID.ADD_CRYPTO, RuleID.CRYPTO_CONTAINERS)
def add_crypto(rules: Rulebook, state: ClusterState, call: CodeCall) -> frozenset[Outcome]:
    """Add a key container; it must exist and its keys must be exportable.

    What a second add answers is not published: it fails, perhaps like that of a root (A19).
    """
    resource = state.resources[call.name]
    text = container_text(rules, call.input)
    if text is None:
        return refused(Status.UNSPECIFIED_FAILURE, state, RuleID.ADD_CRYPTO)
    if containers_named(rules, resource, text):
        return refused(_duplicate_container(rules), state, RuleID.ADD_CRYPTO)
    identity = CheckpointName(CheckpointKind.CRYPTO, rules.comparison(text))
    checkpoint = Checkpoint(identity, text, place=_place(rules, resource))
    container = state.nodes[call.executor].containers.get(container_id(text))
    if container is None:
        return _failed(rules, state, call, checkpoint, Status.NTE_BAD_KEYSET)
    if not container.exportable:
        return _failed(rules, state, call, checkpoint, Status.NTE_BAD_KEY)
    return _added(rules, state, call, checkpoint)


def _duplicate_container(rules: Rulebook) -> Status:
    like_registry = rules.chooses(AmbiguityID.A19, "registry-codes")
    return Status.ERROR_ALREADY_EXISTS if like_registry else Status.UNSPECIFIED_FAILURE


def _added(
    rules: Rulebook, state: ClusterState, call: CodeCall, checkpoint: Checkpoint
) -> frozenset[Outcome]:
    """The entry joins the list, with the copy that the executing node has."""
    elsewhere: Folded | None = call.executor
    if call.executor == state.owner_of(call.name):
        elsewhere = None
    return added(rules, state, call.name, checkpoint, call.code.rule, executor=elsewhere)


def _failed(
    rules: Rulebook, state: ClusterState, call: CodeCall, checkpoint: Checkpoint, status: Status
) -> frozenset[Outcome]:
    """The add finds nothing that it can copy; the list is as before, or has the entry (A41)."""
    if rules.chooses(AmbiguityID.A41, "listed-without-copy"):
        return listed_without_copy(state, call.name, checkpoint, status, call.code.rule)
    return refused(status, state, call.code.rule)


def _place(rules: Rulebook, resource: Resource) -> int:
    """The place of the next entry, where lists are in order (A15)."""
    if rules.chooses(AmbiguityID.A15, "unordered"):
        return 0
    return 1 + max((entry.place for entry in resource.checkpoints.values()), default=0)
