"""Scenes for the properties: a run up to a point, and the next step with its outcome doctored."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from clusckpt.names import Folded, fold, parse_path
from clusckpt.properties import Run, started
from clusckpt.properties.marked import Property
from clusckpt.registry import EMPTY_KEY, RegistryKey, delete_key, put_key, value_of
from clusckpt.rules import MSCS_PAGE_RULES, Rulebook
from clusckpt.start import initial_state
from clusckpt.state import Checkpoint, ClusterState, Container, Copy
from clusckpt.steps import Outcome
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
from clusckpt_spec.formats.events import (
    AnyEvent,
    ClusterResourceControl,
    CryptGenKey,
    OnlineClusterResource,
    RegCreateKeyEx,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header
from clusckpt_spec.register.ids import RuleID

KEY = "Software\\A"
CONTAINER = "1\\\\K"

Doctor = Callable[[Outcome], Outcome]
"""What makes an allowed outcome one that is not."""


def cluster() -> ClusterState:
    """Nodes N1 and N2; A and C in group GA on N1, B in group GB on N1, which N1 and N2 can host."""
    resources = (Resource("A", "GA"), Resource("C", "GA"), Resource("B", "GB"))
    groups = (Group("GA", owner="N1"), Group("GB", owner="N1"))
    written = Cluster(CLUSTER_FORMAT, ("N1", "N2"), groups, resources)
    return initial_state(Header(TRACE_FORMAT, written))


def code(name: str, given: str = KEY, resource: str = "A") -> ClusterResourceControl:
    """A checkpoint control code, by the last part of its name, for a resource."""
    return ClusterResourceControl(resource, ControlCode[name].value, given)


def run_of(*program: AnyEvent | tuple[AnyEvent, Status], rules: Rulebook = MSCS_PAGE_RULES) -> Run:
    """A run of the model through events, each with its answer, by default success."""
    run = started(rules, cluster())
    for one in program:
        event, status = one if isinstance(one, tuple) else (one, Status.ERROR_SUCCESS)
        run = run.then(event, outcome_of(run, event, status))
    return run


def outcome_of(run: Run, event: AnyEvent, status: Status) -> Outcome:
    """The first outcome of an event with this answer."""
    return next(one for one in run.outcomes(event) if one.status is status)


@dataclass(frozen=True)
class Control:
    """A step that a property must not accuse, and the same step doctored, which it must.

    `status` picks the undoctored outcome. `program` comes before the step.
    """

    name: str
    judge: Property
    rule: RuleID
    program: tuple[AnyEvent | tuple[AnyEvent, Status], ...]
    event: AnyEvent
    doctor: Doctor
    status: Status = Status.ERROR_SUCCESS
    rules: Rulebook = MSCS_PAGE_RULES

    def accused(self, *, doctored: bool) -> list[RuleID]:
        """The rules that the property says the step breaks."""
        run = run_of(*self.program, rules=self.rules)
        outcome = outcome_of(run, self.event, self.status)
        outcome = self.doctor(outcome) if doctored else outcome
        return [one.rule for one in self.judge(run.chronicle, run.state, self.event, outcome)]


WRITE = RegSetValueEx("N1", KEY, "v", 1)
WITH_ROOT = (WRITE, code("ADD_REGISTRY_CHECKPOINT"))
"""A has the root KEY, whose copy holds v=1."""

ONLINE = OnlineClusterResource("A")
ROOT_ONLINE = (*WITH_ROOT, ONLINE)
ROOT_PENDING = (*WITH_ROOT, (ONLINE, Status.ERROR_IO_PENDING))
GENERATE = CryptGenKey("N1", CONTAINER, "first")
WITH_CONTAINER = (GENERATE, code("ADD_CRYPTO_CHECKPOINT", CONTAINER))
SHARED = (*WITH_ROOT, code("ADD_REGISTRY_CHECKPOINT", resource="B"))
"""A and B, both on N1, have the same root."""

MORE = RegSetValueEx("N1", KEY, "v", 2)
ELSEWHERE = RegCreateKeyEx("N2", KEY)


def answer(status: Status) -> Doctor:
    """Answer something else."""
    return lambda outcome: replace(outcome, status=status)


def listing(*output: str) -> Doctor:
    """List something else."""
    return lambda outcome: replace(outcome, output=frozenset(output))


def in_state(state: ResourceState, resource: str = "A") -> Doctor:
    """Leave a resource in another state."""
    return on_resource(resource, state=state)


def on_resource(name: str, **fields: object) -> Doctor:
    """Leave a resource with other fields."""

    def doctor(outcome: Outcome) -> Outcome:
        resource = replace(outcome.state.resources[fold(name)], **fields)  # type: ignore[arg-type]
        return replace(outcome, state=outcome.state.with_resource(fold(name), resource))

    return doctor


def tree_on(node: str, content: int | None, key: str = KEY) -> Doctor:
    """Leave v=content under a key of a node, or no such key."""

    def doctor(outcome: Outcome) -> Outcome:
        registry = outcome.state.nodes[fold(node)].registry
        path = parse_path(key)
        if content is None:
            changed = delete_key(registry, path)
        else:
            changed = put_key(registry, path, tree(content))
        return replace(outcome, state=outcome.state.with_registry(fold(node), changed))

    return doctor


def tree(content: int) -> RegistryKey:
    """A key that holds v=content and nothing else."""
    return EMPTY_KEY.with_value(value_of("v", content))


def container_on(node: str, keys: str | None) -> Doctor:
    """Leave other keys in the container of a node, or no container."""

    def doctor(outcome: Outcome) -> Outcome:
        there = outcome.state.nodes[fold(node)]
        kept = there.containers.discard(fold(CONTAINER))
        if keys is not None:
            kept = kept.insert(fold(CONTAINER), Container(keys))
        changed = replace(there, containers=kept)
        return replace(outcome, state=outcome.state.with_node(fold(node), changed))

    return doctor


def copy_of(copy: Copy | None, resource: str = "A") -> Doctor:
    """Leave another copy, or none, of every checkpoint of a resource."""

    def doctor(outcome: Outcome) -> Outcome:
        copies = outcome.state.copies
        for entry in entries(outcome.state, resource):
            key = fold(resource), entry.name
            copies = copies.discard(key) if copy is None else copies.insert(key, copy)
        return replace(outcome, state=replace(outcome.state, copies=copies))

    return doctor


def entries(state: ClusterState, resource: str) -> list[Checkpoint]:
    """The checkpoints of a resource."""
    return list(state.resources[fold(resource)].checkpoints.values())


def owned_by(group: str, node: str) -> Doctor:
    """Leave a group on another node."""

    def doctor(outcome: Outcome) -> Outcome:
        owned = replace(outcome.state.groups[fold(group)], owner=fold(node))
        groups = outcome.state.groups.insert(fold(group), owned)
        return replace(outcome, state=replace(outcome.state, groups=groups))

    return doctor


def both(*doctors: Doctor) -> Doctor:
    """Doctor in several ways."""

    def doctor(outcome: Outcome) -> Outcome:
        for one in doctors:
            outcome = one(outcome)
        return outcome

    return doctor


def name_of(text: str) -> Folded:
    """A name as it is compared."""
    return fold(text)
