"""Driving the model in tests: a cluster that takes events and checks what they answer."""

from collections.abc import Mapping
from dataclasses import replace

from clusckpt.names import fold, parse_path
from clusckpt.registry import RegistryKey, find
from clusckpt.rules import MSCS_PAGE_RULES, Rulebook, rulebook
from clusckpt.start import crypto_checkpoint, initial_state
from clusckpt.state import CheckpointKind, CheckpointName, ClusterState, Container, Copy
from clusckpt.steps import Outcome, internal_events, step
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
from clusckpt_spec.formats.events import (
    AnyEvent,
    ClusterResourceControl,
    InternalEvent,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header
from clusckpt_spec.readings import MSCS, MSCS_PAGE, Product, Reading

ADD = "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT"
DELETE = "CLUSCTL_RESOURCE_DELETE_REGISTRY_CHECKPOINT"
GET = "CLUSCTL_RESOURCE_GET_REGISTRY_CHECKPOINTS"
ADD_CRYPTO = "CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT"
DELETE_CRYPTO = "CLUSCTL_RESOURCE_DELETE_CRYPTO_CHECKPOINT"


def rules_with(
    choices: Mapping[AmbiguityID, str], base: Reading = MSCS_PAGE, product: Product = MSCS
) -> Rulebook:
    """The rulebook of a reading that differs from a shipped one in these choices, of a product."""
    changed = {**base.choices, **choices}
    return rulebook(replace(base, name="made-up", choices=changed, product=product))


def _text(key: RegistryKey | None) -> str | None:
    value = None if key is None else key.values.get(fold("v"))
    return None if value is None else value.content.decode("utf-16-le").rstrip("\0")


class Driver:
    """A small cluster, N1 and N2 with A on N1 and B on N2, and its state after each event."""

    def __init__(self, rules: Rulebook = MSCS_PAGE_RULES, *resources: Resource) -> None:
        """Start with resources A and B, or with the given ones in groups GA and GB."""
        chosen = resources or (Resource("A", group="GA"), Resource("B", group="GB"))
        groups = (Group("GA", owner="N1"), Group("GB", owner="N2"))
        cluster = Cluster(CLUSTER_FORMAT, ("N1", "N2"), groups, chosen)
        self.rules = rules
        self.state: ClusterState = initial_state(Header(TRACE_FORMAT, cluster))

    def statuses(self, event: AnyEvent) -> set[Status]:
        """Every status that an event may answer."""
        return {outcome.status for outcome in self.outcomes(event)}

    def outcomes(self, event: AnyEvent) -> frozenset[Outcome]:
        """Everything that may come of an event."""
        return step(self.state, event, self.rules)

    def do(self, event: AnyEvent, status: Status = Status.ERROR_SUCCESS) -> Outcome:
        """Let an event happen with the only outcome of that status."""
        fitting = [one for one in step(self.state, event, self.rules) if one.status is status]
        (outcome,) = fitting
        self.state = outcome.state
        return outcome

    def write(self, node: str, key: str, text: str) -> Outcome:
        """Set the value `v` under a key of a node."""
        return self.do(RegSetValueEx(node, key, "v", text))

    def control(
        self, resource: str, code: str, text: str | None, status: Status = Status.ERROR_SUCCESS
    ) -> Outcome:
        """Issue a control code."""
        return self.do(ClusterResourceControl(resource, code, text), status)

    def value(self, node: str, key: str) -> str | None:
        """The text of the value `v` under a key of a node, or None."""
        return _text(find(self.state.nodes[fold(node)].registry, parse_path(key)))

    def copy(self, resource: str, key: str) -> Copy | None:
        """The stored copy of a root, or None."""
        name = CheckpointName(CheckpointKind.REGISTRY, fold(key))
        return self.state.copies.get((fold(resource), name))

    def resource_state(self, resource: str) -> ResourceState:
        """The state of a resource."""
        return self.state.resources[fold(resource)].state

    def copied(self, resource: str, key: str) -> str | None:
        """The text of the value `v` at the root of a stored copy, or None."""
        copy = self.copy(resource, key)
        return _text(copy) if isinstance(copy, RegistryKey) else None

    def copied_keys(self, resource: str, container: str) -> str | None:
        """The keys in the stored copy of a container, or None."""
        copy = self.state.copies.get((fold(resource), crypto_checkpoint(container).name))
        return copy.keys if isinstance(copy, Container) else None

    def can(self, event: AnyEvent) -> bool:
        """Whether an event can happen."""
        return bool(self.outcomes(event))

    def by_itself(self) -> list[InternalEvent]:
        """What the cluster service may do by itself now."""
        return list(internal_events(self.state, self.rules))


def with_root(rules: Rulebook = MSCS_PAGE_RULES) -> Driver:
    r"""A cluster in which A, offline on N1, has the root Software\Acme with the value first."""
    driver = Driver(rules)
    driver.write("N1", "Software\\Acme", "first")
    driver.control("A", ADD, "Software\\Acme")
    return driver
