"""Theorems about single actions: what they promise to do, and what they promise to leave alone."""

from z3 import And, Implies, Not

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.checkpoints import add_checkpoint, remove_checkpoint
from clusckpt_spec.system.actions.database import restore_database
from clusckpt_spec.system.actions.lifecycle import (
    begin_offline,
    begin_online,
    complete_offline,
    delete,
    saves_at_once,
)
from clusckpt_spec.system.actions.registry import delete_tree, write
from clusckpt_spec.system.actions.restore import restore
from clusckpt_spec.system.capture import exact
from clusckpt_spec.system.claim import Claim, theorem
from clusckpt_spec.system.copy_theorems import COPY_THEOREMS
from clusckpt_spec.system.effect_theorems import EFFECTS
from clusckpt_spec.system.predicates import above, exists, online, resting, stopping
from clusckpt_spec.system.record_theorems import RECORD_THEOREMS
from clusckpt_spec.system.requirement_theorems import REQUIREMENTS
from clusckpt_spec.system.sorts import DELETED, OFFLINE, Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.stray_theorems import STRAY
from clusckpt_spec.system.waiting_theorems import WAITING


@theorem(RuleID.OFFLINE_OVERWRITTEN, about=write, r="resource", p="key", k="key")
def write_offline_reaches_no_copy(
    s: State, t: State, node: Term, key: Term, data: Term, r: Term, p: Term, k: Term
) -> Claim:
    """A write under a root of a resource that is not online changes none of its copies."""
    return Claim({"not online": Not(online(s, r))}, t.copy(r, p, k) == s.copy(r, p, k))


@theorem(RuleID.OFFLINE_OVERWRITTEN, about=delete_tree, r="resource", p="key", k="key")
def deletion_offline_reaches_no_copy(
    s: State, t: State, node: Term, key: Term, r: Term, p: Term, k: Term
) -> Claim:
    """A deletion under a root of a resource that is not online changes none of its copies."""
    return Claim({"not online": Not(online(s, r))}, t.copy(r, p, k) == s.copy(r, p, k))


@theorem(RuleID.KB_CAPTURE_AT_ADD, RuleID.ADD_REGISTRY, about=add_checkpoint, k="key")
def add_takes_the_first_copy(s: State, t: State, resource: Term, root: Term, k: Term) -> Claim:
    """The first copy is the tree as the owner has it at the add, in any state of the resource."""
    tree = s.registry(s.owner(resource), k)
    return Claim(
        {"covered": s.under(root, k)},
        And(t.stored(resource, root), t.copy(resource, root, k) == tree),
    )


@theorem(RuleID.KB_SAVE_AT_OFFLINE, about=begin_offline, when=saves_at_once, p="key", k="key")
def offline_saves_every_tree(s: State, t: State, resource: Term, p: Term, k: Term) -> Claim:
    """An orderly offline leaves in every copy the tree as it is then, tangled or not."""
    n = s.owner(resource)
    return Claim(
        {
            "checkpointed": s.checkpoint(resource, p),
            "root exists": exists(s, n, p),
            "covered": s.under(p, k),
        },
        t.copy(resource, p, k) == s.registry(n, k),
    )


@theorem(RuleID.KB_SAVE_AT_OFFLINE, about=begin_offline, when=exact, p="key", k="key")
def offline_finds_all_captured(s: State, t: State, resource: Term, p: Term, k: Term) -> Claim:
    """Where every change is captured at once, an offline loses nothing, saved or not."""
    n = s.owner(resource)
    return Claim(
        {
            "stored": s.stored(resource, p),
            "root exists": exists(s, n, p),
            "covered": s.under(p, k),
            "untangled": Not(s.tangled(resource)),
        },
        t.copy(resource, p, k) == s.registry(n, k),
    )


@theorem(RuleID.TREE_REPLACED, about=restore, n="node", k="key")
def restore_changes_its_tree_only(
    s: State, t: State, resource: Term, root: Term, n: Term, k: Term
) -> Claim:
    """A restore changes nothing but the tree on the owner, and creates missing keys above it."""
    created = And(above(s, k, root), Not(exists(s, n, k)))
    own = And(n == s.owner(resource), s.under(root, k))
    return Claim(
        {"elsewhere": Not(own)},
        Implies(
            t.registry(n, k) != s.registry(n, k),
            And(n == s.owner(resource), created, t.registry(n, k) == s.empty()),
        ),
    )


@theorem(RuleID.DELETED_WITH_RESOURCE, about=delete, n="node", k="key")
def delete_touches_no_registry(s: State, t: State, resource: Term, n: Term, k: Term) -> Claim:
    """Deleting a resource deletes its checkpoints and leaves every registry as it is (A32)."""
    return Claim({}, t.registry(n, k) == s.registry(n, k))


@theorem(RuleID.DELETE_REGISTRY, about=remove_checkpoint, n="node", k="key")
def removal_touches_no_registry(
    s: State, t: State, resource: Term, root: Term, n: Term, k: Term
) -> Claim:
    """Removing a checkpoint leaves every registry as it is."""
    return Claim({}, t.registry(n, k) == s.registry(n, k))


@theorem(
    RuleID.RESTORE_DATABASE,
    RuleID.IN_BACKUP,
    about=restore_database,
    r="resource",
    p="key",
    k="key",
)
def database_comes_back_as_backed_up(
    s: State, t: State, node: Term, r: Term, p: Term, k: Term
) -> Claim:
    """A restored database has exactly the checkpoints of the backup, with their copies."""
    same_list = t.checkpoint(r, p) == s.backup_checkpoint(r, p)
    return Claim({}, And(same_list, t.copy(r, p, k) == s.backup_copy(r, p, k)))


@theorem(RuleID.ONLINE_STATES, about=begin_online)
def only_the_resting_begin(s: State, t: State, resource: Term) -> Claim:
    """What begins to come online was offline or failed, on an active possible owner."""
    n = s.owner(resource)
    return Claim({}, And(resting(s, resource), s.up(n), s.possible(resource, n)))


@theorem(RuleID.OFFLINE_STATES, about=complete_offline, r="resource")
def going_offline_concerns_one(s: State, t: State, resource: Term, r: Term) -> Claim:
    """What completes an offline was going offline; no other resource changes its state."""
    others = Implies(r != resource, t.status(r) == s.status(r))
    return Claim({}, And(stopping(s, resource), t.status(resource) == OFFLINE, others))


@theorem(RuleID.DELETE_STATES, about=delete, r="resource")
def only_the_resting_are_deleted(s: State, t: State, resource: Term, r: Term) -> Claim:
    """What is deleted was offline or failed; no other resource changes its state."""
    others = Implies(r != resource, t.status(r) == s.status(r))
    return Claim({}, And(resting(s, resource), t.status(resource) == DELETED, others))


THEOREMS = (
    *COPY_THEOREMS,
    *EFFECTS,
    *REQUIREMENTS,
    *RECORD_THEOREMS,
    *WAITING,
    *STRAY,
    write_offline_reaches_no_copy,
    deletion_offline_reaches_no_copy,
    add_takes_the_first_copy,
    offline_saves_every_tree,
    offline_finds_all_captured,
    restore_changes_its_tree_only,
    delete_touches_no_registry,
    removal_touches_no_registry,
    database_comes_back_as_backed_up,
    only_the_resting_begin,
    going_offline_concerns_one,
    only_the_resting_are_deleted,
)
