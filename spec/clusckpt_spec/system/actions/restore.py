"""Restore: stored copies reach the owner before a resource is online, or fail to."""

from z3 import And, ForAll, If, Implies, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.actions.lifecycle import with_status
from clusckpt_spec.system.capture import changed_between, either_way, gone_astray, restored_over
from clusckpt_spec.system.history import recorded
from clusckpt_spec.system.predicates import above, exists, overlap, pending
from clusckpt_spec.system.sorts import DELETED, FAILED, ONLINE, Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import Symbol, bound


def restores(reading: Reading) -> bool:
    """Whether the copies are restored at an online, and not on all nodes all the time."""
    return reading.product.restore_when == "before-online"


@action(
    RuleID.RESTORE_BEFORE_ONLINE,
    RuleID.KB_RESTORE_AT_ONLINE,
    RuleID.OFFLINE_OVERWRITTEN,
    RuleID.TREE_REPLACED,
    RuleID.INSTANCES,
    when=restores,
    resource="resource",
    root="key",
)
def restore(s: State, resource: Term, root: Term) -> Step:
    """One stored copy of a resource that is coming online replaces the tree on its owner.

    Keys above the root that are missing are created empty. Where copies of nested roots of one
    resource differ, what was restored last stays (A22). Whether other resources on that node see
    a change like any other is the ambiguity A24.
    """
    (k,) = bound(s, "key", "k")
    node = s.owner(resource)

    def tree(n: Term, k: Term) -> Term:
        return If(n == node, with_copy(s, resource, root, node, k), s.registry(n, k))

    def changed(r: Term, p: Term) -> Term:
        return And(r != resource, overlap(s, p, root))

    def own(r: Term, p: Term) -> Term:
        return And(r == resource, p == root)

    after = s.updated(
        registry=tree,
        restored=lambda r, p: Or(own(r, p), s.restored(r, p)),
        dirty=lambda r, p: And(s.dirty(r, p), Not(own(r, p))),
        astray=lambda r, p: And(s.astray(r, p), Not(own(r, p))),
        brought=brought_there(s, resource, root, node),
    )
    after = restored_over(s, changed_between(s, after, node, changed), node, changed)
    free = ForAll([k], Implies(s.under(root, k), Not(s.blocked(node, k))))
    return Step(guard=And(_due(s, resource, root), free), after=recorded(s, after))


def with_copy(s: State, resource: Term, root: Term, node: Term, k: Term) -> Term:
    """What key `k` of a node holds once a copy has replaced the tree under a root there.

    The copy of an absent tree (A6) takes the tree away and creates nothing above it.
    """
    created = And(above(s, k, root), Not(exists(s, node, k)))
    made = And(created, s.copy(resource, root, root) != s.absent())
    return If(
        s.under(root, k),
        s.copy(resource, root, k),
        If(made, s.empty(), s.registry(node, k)),
    )


def brought_there(s: State, resource: Term, root: Term, node: Term) -> Symbol:
    """Whose restore put there what is on a node, once a copy has replaced the tree there."""

    def brought(n: Term, k: Term, x: Term) -> Term:
        replaced = And(n == node, s.under(root, k))
        return If(replaced, x == resource, s.brought(n, k, x))

    return brought


@action(RuleID.RESTORE_BEFORE_ONLINE, when=restores, resource="resource", root="key", key="key")
def fail_restore(s: State, resource: Term, root: Term, key: Term) -> Step:
    """A restore fails because of a key in the tree; the online fails, or goes on (A25)."""

    def own(r: Term, p: Term) -> Term:
        return And(r == resource, p == root)

    after = s.updated(
        restored=lambda r, p: Or(s.restored(r, p), own(r, p)),
        astray=lambda r, p: Or(s.astray(r, p), own(r, p)),
    )
    if s.reading[AmbiguityID.A25] == "fatal":
        after = with_status(s, resource, FAILED)
    cause = And(s.under(root, key), s.blocked(s.owner(resource), key))
    return Step(guard=And(_due(s, resource, root), cause), after=recorded(s, after))


def missing_is_fatal(reading: Reading) -> bool:
    """Whether a resource cannot come online without all of its copies (A27)."""
    return restores(reading) and reading[AmbiguityID.A27] == "fatal"


@action(RuleID.RESTORE_BEFORE_ONLINE, when=missing_is_fatal, resource="resource", root="key")
def miss_copy(s: State, resource: Term, root: Term) -> Step:
    """A checkpoint is listed and its copy is missing, so the online fails (A27)."""
    listed = And(s.checkpoint(resource, root), Not(s.stored(resource, root)))
    return Step(
        guard=And(pending(s, resource), listed),
        after=recorded(s, with_status(s, resource, FAILED)),
    )


@action(RuleID.RESTORE_BEFORE_ONLINE, RuleID.OFFLINE_OVERWRITTEN, resource="resource")
def complete_online(s: State, resource: Term) -> Step:
    """The resource DLL's Online runs; every stored copy has been restored by then.

    Where the copy is missing, the resource makes the tree that it finds its own (A27).
    """
    (p,) = bound(s, "key", "p")
    waited = s.checkpoint if missing_is_fatal(s.reading) else s.stored

    def found(r: Term, p: Term, k: Term) -> Term:
        missing = And(r == resource, s.checkpoint(r, p), Not(s.stored(r, p)), s.under(p, k))
        return If(missing, s.registry(s.owner(r), k), s.mine(r, p, k))

    guard = pending(s, resource)
    after = s.updated(status=lambda r: If(r == resource, ONLINE, s.status(r)), mine=found)
    if restores(s.reading):
        done = ForAll([p], Implies(waited(resource, p), s.restored(resource, p)))
        guard = And(guard, done)
    else:
        after = after.updated(astray=lambda r, p: Or(s.astray(r, p), r == resource))
    return Step(guard=guard, after=recorded(s, after))


def replicates(reading: Reading) -> bool:
    """Whether other nodes get a tree without hosting the resource (A31, live replication)."""
    return not restores(reading) or reading[AmbiguityID.A31] == "eager"


@action(
    RuleID.RESTORE_BEFORE_ONLINE,
    when=replicates,
    resource="resource",
    root="key",
    node="node",
)
def replicate(s: State, resource: Term, root: Term, node: Term) -> Step:
    """A stored copy replaces the tree on an active possible owner that is not the owner now."""
    other = And(node != s.owner(resource), s.possible(resource, node), s.up(node))

    def changed(_: Term, p: Term) -> Term:
        return overlap(s, p, root)

    after = s.updated(
        registry=lambda n, k: If(
            n == node, with_copy(s, resource, root, node, k), s.registry(n, k)
        ),
        brought=brought_there(s, resource, root, node),
    )
    after = gone_astray(s, after, node, changed)
    guard = And(s.status(resource) != DELETED, s.stored(resource, root), other)
    return Step(guard=guard, after=recorded(s, after))


def _due(s: State, resource: Term, root: Term) -> Term:
    """The copy is still to be restored; where A3 says so, also after a change since it was."""
    waits = Not(s.restored(resource, root))
    if either_way(s.reading):
        waits = Or(waits, s.dirty(resource, root))
    return And(pending(s, resource), s.stored(resource, root), waits)
