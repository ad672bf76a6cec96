"""Records: what the history symbols are after every action.

Claims are only as good as the words that they are made of. `history` defines those words action by
action; these say, for every action but the ones named, what each word means.
"""

from z3 import And, If, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.checkpoints import add_checkpoint
from clusckpt_spec.system.actions.copies import recreate
from clusckpt_spec.system.actions.database import backup, restore_database
from clusckpt_spec.system.actions.registry import delete_tree, write
from clusckpt_spec.system.actions.restore import (
    complete_online,
    fail_restore,
    replicate,
    restore,
    restores,
)
from clusckpt_spec.system.claim import Claim, step_theorem, theorem
from clusckpt_spec.system.history import disagreement
from clusckpt_spec.system.predicates import exists, online
from clusckpt_spec.system.sorts import DELETED, OFFLINE, Term
from clusckpt_spec.system.state import State


@step_theorem(RuleID.RESTORE_BEFORE_ONLINE, except_for=(restore_database,), r="resource")
def tangled_once_copies_disagree(s: State, t: State, r: Term) -> Claim:
    """A resource is tangled from the step on in which two of its copies come to disagree."""
    return Claim({}, t.tangled(r) == Or(s.tangled(r), disagreement(t, r)))


@step_theorem(
    RuleID.IN_BACKUP, except_for=(backup, restore_database), r="resource", p="key", k="key"
)
def unchanged_while_the_same(s: State, t: State, r: Term, p: Term, k: Term) -> Claim:
    """A checkpoint is unchanged since the backup as long as it is listed with the same copy."""
    same = And(t.checkpoint(r, p), t.copy(r, p, k) == s.copy(r, p, k))
    return Claim({}, t.unchanged(r, p, k) == And(s.unchanged(r, p, k), same))


@step_theorem(
    RuleID.CAPTURE_ONLINE,
    except_for=(add_checkpoint, recreate, restore_database),
    r="resource",
    p="key",
    k="key",
)
def seen_while_watched(s: State, t: State, r: Term, p: Term, k: Term) -> Claim:
    """What was seen last is what is there while the resource is online and the root is there."""
    n = t.owner(r)
    watched = And(online(t, r), t.checkpoint(r, p), exists(t, n, p))
    return Claim({}, t.seen(r, p, k) == If(watched, t.registry(n, k), s.seen(r, p, k)))


@step_theorem(
    RuleID.INSTANCES,
    except_for=(write, delete_tree, add_checkpoint, recreate, complete_online, restore_database),
    r="resource",
    p="key",
    k="key",
)
def left_by_people_only(s: State, t: State, r: Term, p: Term, k: Term) -> Claim:
    """What counts as a resource's own changes by writes, adds, and what it finds as it starts."""
    return Claim({}, t.mine(r, p, k) == s.mine(r, p, k))


@step_theorem(
    RuleID.INSTANCES,
    except_for=(write, delete_tree, restore, replicate),
    n="node",
    k="key",
    x="resource",
)
def brought_by_restores_only(s: State, t: State, n: Term, k: Term, x: Term) -> Claim:
    """Only a restore marks data as brought, and only a write takes the mark away."""
    return Claim({}, t.brought(n, k, x) == s.brought(n, k, x))


@step_theorem(
    RuleID.RESTORE_BEFORE_ONLINE,
    except_for=(fail_restore, replicate),
    when=restores,
    r="resource",
    p="key",
)
def astray_by_failed_restores_only(s: State, t: State, r: Term, p: Term) -> Claim:
    """A tree goes astray by a restore that failed, or one that nobody noticed."""
    came = And(t.astray(r, p), Not(s.astray(r, p)))
    return Claim({}, Not(came))


@theorem(RuleID.IN_BACKUP, about=backup, r="resource", p="key", k="key", x="resource")
def backup_takes_everything(s: State, t: State, r: Term, p: Term, k: Term, x: Term) -> Claim:
    """A backup holds every resource, list and copy as it is, and what is known of them."""
    lists = And(
        t.backup_checkpoint(r, p) == s.checkpoint(r, p),
        t.backup_stored(r, p) == s.stored(r, p),
        t.backup_copy(r, p, k) == s.copy(r, p, k),
    )
    known = And(
        t.backup_tangled(r) == t.tangled(r),
        t.backup_seen(r, p, k) == s.seen(r, p, k),
        t.backup_mine(r, p, k) == s.mine(r, p, k),
        t.backup_carried(r, p, k, x) == s.carried(r, p, k, x),
        t.unchanged(r, p, k) == s.checkpoint(r, p),
    )
    exist = t.backup_exists(r) == (s.status(r) != DELETED)
    return Claim({}, And(t.backed_up(), exist, lists, known))


@theorem(
    RuleID.RESTORE_DATABASE, about=restore_database, r="resource", p="key", k="key", x="resource"
)
def database_brings_its_records(
    s: State, t: State, node: Term, r: Term, p: Term, k: Term, x: Term
) -> Claim:
    """What was known of the checkpoints at the backup is known again; everything is at rest."""
    known = And(
        t.tangled(r) == s.backup_tangled(r),
        t.seen(r, p, k) == s.backup_seen(r, p, k),
        t.mine(r, p, k) == s.backup_mine(r, p, k),
        t.carried(r, p, k, x) == s.backup_carried(r, p, k, x),
        t.unchanged(r, p, k) == s.backup_checkpoint(r, p),
    )
    state = If(s.backup_exists(r), OFFLINE, DELETED)
    stored = t.stored(r, p) == s.backup_stored(r, p)
    nothing = Not(Or(t.restored(r, p), t.saved(r, p), t.dirty(r, p), t.astray(r, p)))
    return Claim({}, And(t.status(r) == state, stored, nothing, known))


@theorem(RuleID.CAPTURE_ONLINE, about=write, n="node", k="key", x="resource")
def written_keys_are_free(
    s: State, t: State, node: Term, key: Term, data: Term, n: Term, k: Term, x: Term
) -> Claim:
    """A write changes the one key, which nobody's restore has brought, and frees none that is."""
    one = And(n == node, k == key)
    held = t.registry(n, k) == If(one, data, s.registry(n, k))
    marks = t.brought(n, k, x) == And(s.brought(n, k, x), Not(one))
    return Claim({}, And(held, marks, t.blocked(n, k) == And(s.blocked(n, k), exists(t, n, k))))


@theorem(RuleID.ROOT_DELETED, about=delete_tree, n="node", k="key", x="resource")
def deleted_keys_are_gone(
    s: State, t: State, node: Term, key: Term, n: Term, k: Term, x: Term
) -> Claim:
    """A deletion takes a whole tree of one node away, with its handles, and no other key."""
    gone = And(n == node, s.under(key, k))
    held = t.registry(n, k) == If(gone, s.absent(), s.registry(n, k))
    marks = t.brought(n, k, x) == And(s.brought(n, k, x), Not(gone))
    return Claim({}, And(held, marks, t.blocked(n, k) == And(s.blocked(n, k), exists(t, n, k))))


RECORDS = (
    tangled_once_copies_disagree,
    unchanged_while_the_same,
    seen_while_watched,
    left_by_people_only,
    brought_by_restores_only,
    astray_by_failed_restores_only,
)
"""The theorems about every action."""

RECORD_THEOREMS = (
    backup_takes_everything,
    database_brings_its_records,
    written_keys_are_free,
    deleted_keys_are_gone,
)
"""The theorems about one."""
