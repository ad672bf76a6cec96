"""Requirements: what must have been so for an action to happen at all.

The guards say it for the system; these say it again from the documents, so that a guard that lets
too much through is noticed, by every proof of it.
"""

from z3 import And, Exists, Implies, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.checkpoints import add_checkpoint, remove_checkpoint
from clusckpt_spec.system.actions.copies import capture, lose_copy, recreate
from clusckpt_spec.system.actions.database import backup, restore_database
from clusckpt_spec.system.actions.lifecycle import create, delete
from clusckpt_spec.system.actions.ownership import crash, failover, join, move
from clusckpt_spec.system.actions.registry import block, delete_tree, unblock, write
from clusckpt_spec.system.actions.restore import (
    complete_online,
    fail_restore,
    miss_copy,
    missing_is_fatal,
    replicate,
    restore,
)
from clusckpt_spec.system.capture import either_way
from clusckpt_spec.system.claim import Claim, theorem
from clusckpt_spec.system.predicates import exists, pending, resting
from clusckpt_spec.system.sorts import DELETED, Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import bound


def served(s: State) -> Term:
    """Some node is active to answer a request."""
    (n,) = bound(s, "node", "n")
    return Exists([n], s.up(n))


def there(s: State, resource: Term) -> Term:
    """The resource exists, and its owner is active."""
    return And(s.status(resource) != DELETED, s.up(s.owner(resource)))


@theorem(RuleID.ADD_REGISTRY, about=add_checkpoint)
def add_needs_a_new_root(s: State, t: State, resource: Term, root: Term) -> Claim:
    """A root is added where its resource is served, once, and as the design has it."""
    new = And(s.claims(resource, root), Not(s.checkpoint(resource, root)))
    return Claim({}, And(there(s, resource), new))


@theorem(RuleID.DELETE_REGISTRY, about=remove_checkpoint)
def removal_needs_a_listed_root(s: State, t: State, resource: Term, root: Term) -> Claim:
    """A root is removed where its resource is served, and from a list that has it."""
    return Claim({}, And(there(s, resource), s.checkpoint(resource, root)))


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=lose_copy)
def loss_needs_a_copy(s: State, t: State, resource: Term, root: Term) -> Claim:
    """Only a copy that is stored is lost."""
    return Claim({}, s.stored(resource, root))


@theorem(RuleID.CAPTURE_ONLINE, RuleID.ROOT_DELETED, about=capture)
def capture_needs_a_tree(s: State, t: State, resource: Term, root: Term) -> Claim:
    """A capture takes a tree that waits, and that is there."""
    return Claim({}, And(s.dirty(resource, root), exists(s, s.owner(resource), root)))


@theorem(RuleID.KB_CAPTURE_AT_ADD, about=recreate)
def tool_needs_a_served_resource(s: State, t: State, resource: Term) -> Claim:
    """The recovery tool works where the resource is served."""
    return Claim({}, there(s, resource))


def waits(s: State, resource: Term, root: Term) -> Term:
    """A stored copy of a resource that is coming online has not reached its owner."""
    again = s.dirty(resource, root) if either_way(s.reading) else Not(s.restored(resource, root))
    missing = Or(Not(s.restored(resource, root)), again)
    return And(pending(s, resource), s.stored(resource, root), missing)


@theorem(RuleID.RESTORE_BEFORE_ONLINE, RuleID.KB_RESTORE_AT_ONLINE, about=restore, k="key")
def restore_needs_a_free_tree(s: State, t: State, resource: Term, root: Term, k: Term) -> Claim:
    """A copy is restored while its resource comes online, and over a tree that nobody holds."""
    free = Implies(s.under(root, k), Not(s.blocked(s.owner(resource), k)))
    return Claim({}, And(waits(s, resource, root), free))


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=fail_restore)
def failure_needs_a_cause(s: State, t: State, resource: Term, root: Term, key: Term) -> Claim:
    """A restore that was to come fails because of a key of its tree that somebody holds."""
    cause = And(s.under(root, key), s.blocked(s.owner(resource), key))
    return Claim({}, And(waits(s, resource, root), cause))


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=miss_copy)
def miss_needs_a_lost_copy(s: State, t: State, resource: Term, root: Term) -> Claim:
    """An online fails for want of a copy while it is under way, and if there is none (A27)."""
    lost = And(s.checkpoint(resource, root), Not(s.stored(resource, root)))
    return Claim({}, And(pending(s, resource), lost))


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=complete_online, when=missing_is_fatal, p="key")
def online_needs_every_copy(s: State, t: State, resource: Term, p: Term) -> Claim:
    """Where a missing copy is fatal, no online passes over it (A27)."""
    there = And(s.stored(resource, p), s.restored(resource, p))
    return Claim({"listed": s.checkpoint(resource, p)}, there)


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=replicate)
def replica_needs_another_owner(
    s: State, t: State, resource: Term, root: Term, node: Term
) -> Claim:
    """A copy is replicated to active possible owners that do not host the resource."""
    other = And(s.up(node), s.possible(resource, node), node != s.owner(resource))
    return Claim({}, And(s.stored(resource, root), s.status(resource) != DELETED, other))


@theorem(RuleID.FAILOVER, about=crash)
def crash_needs_an_active_node(s: State, t: State, node: Term) -> Claim:
    """Only an active node stops."""
    return Claim({}, s.up(node))


@theorem(RuleID.FAILOVER, about=join)
def join_needs_a_node_that_is_down(s: State, t: State, node: Term) -> Claim:
    """Only a node that is down joins."""
    return Claim({}, Not(s.up(node)))


@theorem(RuleID.MOVE_GROUP, about=move)
def move_is_made_by_the_owner(s: State, t: State, resource: Term, node: Term) -> Claim:
    """A resource is moved from one active node to another."""
    n = s.owner(resource)
    return Claim({}, And(s.up(n), s.up(node), n != node))


@theorem(RuleID.FAILOVER, about=failover)
def failover_is_from_a_node_that_is_down(s: State, t: State, resource: Term, node: Term) -> Claim:
    """A resource fails over only if its owner is down, to an active node that may host it."""
    fit = Or(And(resting(s, resource), s.possible(resource, node)), s.status(resource) == DELETED)
    return Claim({}, And(Not(s.up(s.owner(resource))), s.up(node), fit))


@theorem(RuleID.DELETED_WITH_RESOURCE, about=create)
def creation_needs_a_free_name(s: State, t: State, resource: Term) -> Claim:
    """A resource is created where there is none of its name, on an active node."""
    return Claim({}, And(s.status(resource) == DELETED, s.up(s.owner(resource))))


@theorem(RuleID.DELETE_STATES, about=delete)
def deletion_needs_a_node(s: State, t: State, resource: Term) -> Claim:
    """A deletion is answered by some active node."""
    return Claim({}, served(s))


@theorem(RuleID.IN_BACKUP, about=backup)
def backup_needs_a_node(s: State, t: State) -> Claim:
    """A backup is made by some active node."""
    return Claim({}, served(s))


@theorem(RuleID.RESTORE_DATABASE, about=restore_database, n="node")
def database_needs_a_node_alone(s: State, t: State, node: Term, n: Term) -> Claim:
    """A database is restored from a backup, on the only active node."""
    return Claim({}, And(s.backed_up(), s.up(node), Implies(s.up(n), n == node)))


@theorem(RuleID.OFFLINE_OVERWRITTEN, about=write, j="key")
def write_needs_the_keys_above(
    s: State, t: State, node: Term, key: Term, data: Term, j: Term
) -> Claim:
    """A write changes what a key holds, below keys that are there."""
    above = Implies(And(s.under(j, key), j != key), exists(s, node, j))
    return Claim({}, And(data != s.absent(), data != s.registry(node, key), above))


@theorem(RuleID.ROOT_DELETED, about=delete_tree)
def deletion_needs_the_key(s: State, t: State, node: Term, key: Term) -> Claim:
    """Only a key that is there is deleted."""
    return Claim({}, exists(s, node, key))


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=block, n="node", k="key")
def block_is_of_one_key(s: State, t: State, node: Term, key: Term, n: Term, k: Term) -> Claim:
    """A key that is there and free is blocked, and no other."""
    one = And(n == node, k == key)
    new = And(exists(s, node, key), Not(s.blocked(node, key)))
    return Claim({}, And(new, t.blocked(n, k) == Or(s.blocked(n, k), one)))


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=unblock, n="node", k="key")
def unblock_is_of_one_key(s: State, t: State, node: Term, key: Term, n: Term, k: Term) -> Claim:
    """A key that is blocked is free again, and no other."""
    one = And(n == node, k == key)
    return Claim({}, And(s.blocked(node, key), t.blocked(n, k) == And(s.blocked(n, k), Not(one))))


REQUIREMENTS = (
    add_needs_a_new_root,
    removal_needs_a_listed_root,
    loss_needs_a_copy,
    capture_needs_a_tree,
    tool_needs_a_served_resource,
    restore_needs_a_free_tree,
    failure_needs_a_cause,
    miss_needs_a_lost_copy,
    online_needs_every_copy,
    replica_needs_another_owner,
    crash_needs_an_active_node,
    join_needs_a_node_that_is_down,
    move_is_made_by_the_owner,
    failover_is_from_a_node_that_is_down,
    creation_needs_a_free_name,
    deletion_needs_a_node,
    backup_needs_a_node,
    database_needs_a_node_alone,
    write_needs_the_keys_above,
    deletion_needs_the_key,
    block_is_of_one_key,
    unblock_is_of_one_key,
)
"""All of them."""
