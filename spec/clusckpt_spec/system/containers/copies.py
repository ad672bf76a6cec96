"""Keys and their copies: generated on a node, taken at an add, put back, replicated, dropped.

The page: "Only exportable, machine-level keysets can be used for cluster crypto checkpoints". That
a container is captured when it changes, no document asks for; no reading here has it so (A39).
"""

from z3 import And, If, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.actions.restore import replicates, restores
from clusckpt_spec.system.containers.state import (
    ContainerState,
    can_be_stored,
    in_phase,
    online,
    pending,
)
from clusckpt_spec.system.sorts import DELETED, FAILED, Term


def overwritten(reading: Reading) -> bool:
    """Whether a change before the resource is online counts as an offline change (A3)."""
    return reading[AmbiguityID.A3] == "overwritten"


@action(RuleID.CRYPTO_CONTAINERS, node="node", container="key", data="data")
def generate_keys(s: ContainerState, node: Term, container: Term, data: Term) -> Step:
    """Keys are generated in a container of a node, which is created if it is not there.

    No copy follows (A39). What changes before a resource is online counts as an offline change
    where A3 says so, and is to be overwritten again.
    """
    after = _with_keys(s, node, container, data)
    changes = Or(Not(s.has_container(node, container)), s.keys(node, container) != data)
    return Step(guard=changes, after=_changed_before_online(s, after, node, container))


@action(RuleID.ADD_CRYPTO, RuleID.CRYPTO_CONTAINERS, resource="resource", container="key")
def add_crypto_checkpoint(s: ContainerState, resource: Term, container: Term) -> Step:
    """A container joins the list, and its keys as the host has them are the copy (A4, A5).

    It must be there, with keys that can be exported. Online, nothing is left to restore.
    """
    n = s.host(resource)

    def here(r: Term, p: Term) -> Term:
        return And(r == resource, p == container)

    after = s.updated(
        crypto_checkpoint=lambda r, p: Or(s.crypto_checkpoint(r, p), here(r, p)),
        crypto_stored=lambda r, p: Or(s.crypto_stored(r, p), here(r, p)),
        crypto_copy=lambda r, p: If(here(r, p), s.keys(n, container), s.crypto_copy(r, p)),
        crypto_restored=lambda r, p: Or(s.crypto_restored(r, p), And(here(r, p), online(s, r))),
    )
    guard = And(_answered(s, resource), Not(s.crypto_checkpoint(resource, container)))
    return Step(guard=And(guard, can_be_stored(s, n, container)), after=after)


@action(RuleID.ADD_CRYPTO, resource="resource", container="key")
def refuse_crypto_checkpoint(s: ContainerState, resource: Term, container: Term) -> Step:
    """The add is answered NTE_BAD_KEYSET or NTE_BAD_KEY, and the list is as before (A41)."""
    after = s
    if s.reading[AmbiguityID.A41] == "listed-without-copy":
        after = s.updated(
            crypto_checkpoint=lambda r, p: Or(
                s.crypto_checkpoint(r, p), And(r == resource, p == container)
            )
        )
    guard = And(_answered(s, resource), Not(s.crypto_checkpoint(resource, container)))
    missing = Not(can_be_stored(s, s.host(resource), container))
    return Step(guard=And(guard, missing), after=after)


@action(RuleID.DELETE_CRYPTO, resource="resource", container="key")
def remove_crypto_checkpoint(s: ContainerState, resource: Term, container: Term) -> Step:
    """A container leaves the list and its copy is dropped, in any state of the resource (A33)."""

    def kept(r: Term, p: Term) -> Term:
        return Not(And(r == resource, p == container))

    after = s.updated(
        crypto_checkpoint=lambda r, p: And(s.crypto_checkpoint(r, p), kept(r, p)),
        crypto_stored=lambda r, p: And(s.crypto_stored(r, p), kept(r, p)),
        crypto_restored=lambda r, p: And(s.crypto_restored(r, p), kept(r, p)),
        crypto_saved=lambda r, p: And(s.crypto_saved(r, p), kept(r, p)),
    )
    guard = And(_answered(s, resource), s.crypto_checkpoint(resource, container))
    return Step(guard=guard, after=after)


@action(
    RuleID.CRYPTO_CONTAINERS,
    RuleID.RESTORE_BEFORE_ONLINE,
    when=restores,
    resource="resource",
    container="key",
)
def restore_container(s: ContainerState, resource: Term, container: Term) -> Step:
    """One stored copy replaces the keys in the host's container of that name, or creates it."""
    n = s.host(resource)
    after = _with_keys(s, n, container, s.crypto_copy(resource, container))
    after = _changed_before_online(s, after, n, container)

    def own(r: Term, p: Term) -> Term:
        return And(r == resource, p == container)

    seen = after.crypto_restored
    return Step(
        guard=_due(s, resource, container),
        after=after.updated(crypto_restored=lambda r, p: Or(own(r, p), seen(r, p))),
    )


@action(
    RuleID.CRYPTO_CONTAINERS,
    RuleID.RESTORE_BEFORE_ONLINE,
    when=restores,
    resource="resource",
    container="key",
)
def fail_container_restore(s: ContainerState, resource: Term, container: Term) -> Step:
    """A restore fails, as when the container may not be written; the online fails or not (A25)."""
    after = in_phase(s, resource, FAILED)
    if s.reading[AmbiguityID.A25] != "fatal":
        after = s.updated(
            crypto_restored=lambda r, p: Or(
                s.crypto_restored(r, p), And(r == resource, p == container)
            )
        )
    return Step(guard=_due(s, resource, container), after=after)


@action(
    RuleID.CRYPTO_CONTAINERS,
    when=replicates,
    resource="resource",
    container="key",
    node="node",
)
def replicate_container(s: ContainerState, resource: Term, container: Term, node: Term) -> Step:
    """A stored copy reaches an active node that does not host the resource (A31)."""
    after = _with_keys(s, node, container, s.crypto_copy(resource, container))
    other = And(node != s.host(resource), s.active(node))
    return Step(guard=And(s.crypto_stored(resource, container), other), after=after)


def _answered(s: ContainerState, resource: Term) -> Term:
    return And(s.phase(resource) != DELETED, s.active(s.host(resource)))


def _due(s: ContainerState, resource: Term, container: Term) -> Term:
    waits = And(s.crypto_stored(resource, container), Not(s.crypto_restored(resource, container)))
    return And(pending(s, resource), waits)


def _with_keys(s: ContainerState, node: Term, container: Term, data: Term) -> ContainerState:
    def here(n: Term, k: Term) -> Term:
        return And(n == node, k == container)

    return s.updated(
        has_container=lambda n, k: Or(s.has_container(n, k), here(n, k)),
        keys=lambda n, k: If(here(n, k), data, s.keys(n, k)),
    )


def _changed_before_online(
    s: ContainerState, after: ContainerState, node: Term, container: Term
) -> ContainerState:
    """The state `after` a change, in which what it changed waits to be restored again (A3)."""
    if not overwritten(s.reading):
        return after

    def again(r: Term, p: Term) -> Term:
        return And(pending(s, r), s.host(r) == node, p == container)

    return after.updated(
        crypto_restored=lambda r, p: And(s.crypto_restored(r, p), Not(again(r, p)))
    )
