"""Theorems about every action: what no step of a cluster ever does, whoever makes it.

An action says in its clause what it does. These say it from the other side, symbol by symbol:
what must have happened for a copy, a tree, a list, a status or an owner to have changed at all.
"""

from z3 import And, Exists, ForAll, Implies, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.checkpoints import add_checkpoint, remove_checkpoint
from clusckpt_spec.system.actions.copies import lose_copy, recreate
from clusckpt_spec.system.actions.database import backup, restore_database
from clusckpt_spec.system.actions.lifecycle import delete
from clusckpt_spec.system.actions.ownership import crash, join
from clusckpt_spec.system.actions.registry import block, delete_tree, unblock, write
from clusckpt_spec.system.actions.restore import restores
from clusckpt_spec.system.claim import Claim, step_theorem
from clusckpt_spec.system.predicates import (
    above,
    exists,
    online,
    pending,
    resting,
    running,
    stopping,
)
from clusckpt_spec.system.record_theorems import RECORDS
from clusckpt_spec.system.sorts import (
    DELETED,
    FAILED,
    OFFLINE,
    OFFLINE_PENDING,
    ONLINE,
    ONLINE_PENDING,
    Term,
)
from clusckpt_spec.system.state import State
from clusckpt_spec.system.stray_theorems import astray_while_running
from clusckpt_spec.system.symbols import bound
from clusckpt_spec.system.waiting_theorems import restored_until_offline, saved_until_offline


@step_theorem(RuleID.CAPTURE_ONLINE, RuleID.KB_CAPTURE_ONLINE, r="resource", p="key")
def copy_is_some_past_tree(s: State, t: State, r: Term, p: Term) -> Claim:
    """A copy changes as a whole: it becomes the tree as its owner has it, or what was backed up.

    So every copy is the tree at one past moment, and never a mixture of several.
    """
    (k,) = bound(s, "key", "k")

    def throughout(same: Term) -> Term:
        return ForAll([k], Implies(s.under(p, k), same))

    return Claim(
        {"stored": t.stored(r, p)},
        Or(
            throughout(t.copy(r, p, k) == s.copy(r, p, k)),
            throughout(t.copy(r, p, k) == t.registry(s.owner(r), k)),
            throughout(t.copy(r, p, k) == s.backup_copy(r, p, k)),
        ),
    )


@step_theorem(
    RuleID.OFFLINE_OVERWRITTEN,
    except_for=(add_checkpoint, remove_checkpoint, lose_copy, recreate, delete, restore_database),
    r="resource",
    p="key",
    k="key",
)
def copies_rest_with_their_resource(s: State, t: State, r: Term, p: Term, k: Term) -> Claim:
    """While a resource is at rest, nothing that anybody does to a registry reaches its copies."""
    same = And(t.stored(r, p) == s.stored(r, p), t.copy(r, p, k) == s.copy(r, p, k))
    return Claim({"at rest": Not(running(s, r))}, same)


@step_theorem(RuleID.TREE_REPLACED, except_for=(write, delete_tree), n="node", k="key")
def registry_changes_under_roots_only(s: State, t: State, n: Term, k: Term) -> Claim:
    """Only people change keys that lie under no stored root; missing keys above one are created."""
    (r,) = bound(s, "resource", "r")
    (p,) = bound(s, "key", "p")
    created = And(above(s, k, p), Not(exists(s, n, k)), t.registry(n, k) == s.empty())
    concerned = And(s.stored(r, p), s.possible(r, n), Or(s.under(p, k), created))
    return Claim({}, Or(t.registry(n, k) == s.registry(n, k), Exists([r, p], concerned)))


@step_theorem(
    RuleID.RESTORE_BEFORE_ONLINE,
    RuleID.KB_RESTORE_AT_ONLINE,
    when=restores,
    r="resource",
    p="key",
)
def comes_online_restored(s: State, t: State, r: Term, p: Term) -> Claim:
    """No step makes a resource online while a stored copy has not reached its node."""
    came = And(Not(online(s, r)), online(t, r))
    return Claim({"comes online": came, "stored": s.stored(r, p)}, s.restored(r, p))


@step_theorem(
    RuleID.ONLINE_STATES,
    RuleID.OFFLINE_STATES,
    RuleID.DELETE_STATES,
    RuleID.FAILOVER,
    except_for=(restore_database,),
    r="resource",
)
def states_follow_one_another(s: State, t: State, r: Term) -> Claim:
    """A resource changes its state along the documented ways only; a crash makes it offline."""
    was, then = s.status(r), t.status(r)
    ways = Or(
        And(resting(s, r), Or(then == ONLINE_PENDING, then == DELETED)),
        And(pending(s, r), Or(then == ONLINE, then == FAILED)),
        And(online(s, r), Or(then == OFFLINE_PENDING, then == FAILED)),
        And(stopping(s, r), Or(then == OFFLINE, then == FAILED)),
        And(running(s, r), then == OFFLINE, Not(t.up(s.owner(r)))),
        And(was == DELETED, then == OFFLINE),
    )
    return Claim({"changed": then != was}, ways)


@step_theorem(RuleID.MOVE_GROUP, RuleID.FAILOVER, r="resource")
def owner_changes_at_rest(s: State, t: State, r: Term) -> Claim:
    """A resource changes hands while it is at rest, and goes to a node that may host it."""
    n = t.owner(r)
    fit = Or(And(resting(s, r), s.possible(r, n)), s.status(r) == DELETED)
    return Claim({"changed": n != s.owner(r)}, And(fit, s.up(n)))


@step_theorem(
    RuleID.ADD_REGISTRY,
    RuleID.DELETE_REGISTRY,
    except_for=(add_checkpoint, remove_checkpoint, delete, restore_database),
    r="resource",
    p="key",
)
def lists_change_on_request(s: State, t: State, r: Term, p: Term) -> Claim:
    """Only an add, a removal, a deletion or a restored database changes a checkpoint list."""
    return Claim({}, t.checkpoint(r, p) == s.checkpoint(r, p))


@step_theorem(RuleID.IN_BACKUP, except_for=(backup,), r="resource", p="key", k="key")
def backup_stays_as_made(s: State, t: State, r: Term, p: Term, k: Term) -> Claim:
    """Nothing that happens after a backup changes what it holds."""
    return Claim(
        {},
        And(
            t.backed_up() == s.backed_up(),
            t.backup_exists(r) == s.backup_exists(r),
            t.backup_checkpoint(r, p) == s.backup_checkpoint(r, p),
            t.backup_stored(r, p) == s.backup_stored(r, p),
            t.backup_copy(r, p, k) == s.backup_copy(r, p, k),
            t.backup_seen(r, p, k) == s.backup_seen(r, p, k),
            t.backup_mine(r, p, k) == s.backup_mine(r, p, k),
        ),
    )


@step_theorem(RuleID.FAILOVER, except_for=(crash, join), n="node")
def nodes_stay_as_they_are(s: State, t: State, n: Term) -> Claim:
    """Only a crash takes a node out, and only joining brings it back."""
    return Claim({}, t.up(n) == s.up(n))


@step_theorem(
    RuleID.RESTORE_BEFORE_ONLINE,
    except_for=(block, unblock, write, delete_tree),
    n="node",
    k="key",
)
def blocks_come_from_outside(s: State, t: State, n: Term, k: Term) -> Claim:
    """The cluster service neither opens a key of an application's nor closes it."""
    return Claim({}, t.blocked(n, k) == s.blocked(n, k))


@step_theorem(RuleID.RESTORE_BEFORE_ONLINE, RuleID.TREE_REPLACED, r="resource", p="key")
def restored_on_the_way_online(s: State, t: State, r: Term, p: Term) -> Claim:
    """A tree comes to count as restored on the way to online, or by a copy made while online."""
    came = And(t.restored(r, p), Not(s.restored(r, p)))
    return Claim({"newly restored": came}, And(t.stored(r, p), Or(pending(s, r), online(s, r))))


STEP_THEOREMS = (
    *RECORDS,
    saved_until_offline,
    restored_until_offline,
    astray_while_running,
    copy_is_some_past_tree,
    copies_rest_with_their_resource,
    registry_changes_under_roots_only,
    comes_online_restored,
    states_follow_one_another,
    owner_changes_at_rest,
    lists_change_on_request,
    backup_stays_as_made,
    nodes_stay_as_they_are,
    blocks_come_from_outside,
    restored_on_the_way_online,
)
"""All of them."""
