"""Astray: which trees differ from their copies although nothing of them waits, and until when.

A failed restore that is survived, another resource's restore that nobody notices, a replica: each
leaves a tree that is not the copy. A capture, a save, an add or a restore mends it.
"""

from z3 import And, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.checkpoints import add_checkpoint
from clusckpt_spec.system.actions.copies import capture, recreate
from clusckpt_spec.system.actions.lifecycle import begin_offline, save, saves_at_once
from clusckpt_spec.system.actions.registry import delete_tree, write
from clusckpt_spec.system.actions.restore import (
    complete_online,
    fail_restore,
    replicate,
    restore,
    restores,
)
from clusckpt_spec.system.capture import immediate
from clusckpt_spec.system.claim import Claim, step_theorem, theorem
from clusckpt_spec.system.predicates import NEVER, exists, online, overlap, running
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State


def stray(s: State, t: State, r: Term, p: Term, *, mended: Term, gone: Term) -> Term:
    """A running resource's tree is astray if it was and was not `mended`, or if it has `gone`."""
    return t.astray(r, p) == And(running(t, r), Or(And(s.astray(r, p), Not(mended)), gone))


@step_theorem(
    RuleID.RESTORE_BEFORE_ONLINE,
    except_for=(
        write,
        delete_tree,
        add_checkpoint,
        begin_offline,
        restore,
        fail_restore,
        complete_online,
        replicate,
        capture,
        save,
        recreate,
    ),
    r="resource",
    p="key",
)
def astray_while_running(s: State, t: State, r: Term, p: Term) -> Claim:
    """A tree that is astray stays so as long as its resource runs."""
    return Claim({}, stray(s, t, r, p, mended=NEVER, gone=NEVER))


def mended_by_change(s: State, t: State, n: Term, changed: Term, r: Term, p: Term) -> Term:
    """A change on node `n` is captured at once, with all that the tree holds."""
    if not immediate(s.reading):
        return NEVER
    listed = And(online(s, r), s.owner(r) == n, s.checkpoint(r, p))
    return And(listed, changed, exists(t, n, p))


@theorem(RuleID.CAPTURE_ONLINE, about=write, r="resource", p="key")
def written_trees_are_mended(
    s: State, t: State, node: Term, key: Term, data: Term, r: Term, p: Term
) -> Claim:
    """A write leads no tree astray, and ends that for what is captured at once."""
    mended = mended_by_change(s, t, node, s.under(p, key), r, p)
    return Claim({}, stray(s, t, r, p, mended=mended, gone=NEVER))


@theorem(RuleID.CAPTURE_ONLINE, about=delete_tree, r="resource", p="key")
def deleted_trees_are_mended(s: State, t: State, node: Term, key: Term, r: Term, p: Term) -> Claim:
    """A deletion leads no tree astray, and ends that for what is captured at once."""
    mended = mended_by_change(s, t, node, overlap(s, p, key), r, p)
    return Claim({}, stray(s, t, r, p, mended=mended, gone=NEVER))


@theorem(RuleID.ADD_REGISTRY, about=add_checkpoint, r="resource", p="key")
def added_root_is_mended(s: State, t: State, resource: Term, root: Term, r: Term, p: Term) -> Claim:
    """A root that is added anew has the copy of its tree, and no other root is concerned."""
    one = And(r == resource, p == root)
    return Claim({}, stray(s, t, r, p, mended=one, gone=NEVER))


@theorem(RuleID.KB_SAVE_AT_OFFLINE, about=begin_offline, r="resource", p="key")
def saved_trees_are_mended(s: State, t: State, resource: Term, r: Term, p: Term) -> Claim:
    """An offline that saves at once ends that a tree is astray, where there is a tree."""
    made = And(r == resource, s.checkpoint(r, p), exists(s, s.owner(r), p))
    mended = made if saves_at_once(s.reading) else NEVER
    return Claim({}, stray(s, t, r, p, mended=mended, gone=NEVER))


@theorem(RuleID.CAPTURE_ONLINE, about=capture, r="resource", p="key")
def captured_tree_is_mended(
    s: State, t: State, resource: Term, root: Term, r: Term, p: Term
) -> Claim:
    """A capture ends that its tree is astray, and of no other."""
    one = And(r == resource, p == root)
    return Claim({}, stray(s, t, r, p, mended=one, gone=NEVER))


@theorem(RuleID.KB_SAVE_AT_OFFLINE, about=save, r="resource", p="key")
def saved_tree_is_mended(s: State, t: State, resource: Term, root: Term, r: Term, p: Term) -> Claim:
    """A save ends that its tree is astray, and of no other."""
    one = And(r == resource, p == root)
    return Claim({}, stray(s, t, r, p, mended=one, gone=NEVER))


@theorem(RuleID.KB_CAPTURE_AT_ADD, about=recreate, r="resource", p="key")
def remade_trees_are_mended(s: State, t: State, resource: Term, r: Term, p: Term) -> Claim:
    """The recovery tool ends that the trees that it copies are astray."""
    made = And(r == resource, s.checkpoint(r, p), exists(s, s.owner(r), p))
    return Claim({}, stray(s, t, r, p, mended=made, gone=NEVER))


@theorem(RuleID.INSTANCES, RuleID.RESTORE_BEFORE_ONLINE, about=restore, r="resource", p="key")
def restore_leads_astray_unnoticed(
    s: State, t: State, resource: Term, root: Term, r: Term, p: Term
) -> Claim:
    """A restore mends its own tree; others go astray on its node if nobody notices it (A24)."""
    node = s.owner(resource)
    changed = And(r != resource, overlap(s, p, root))
    noticed = s.reading[AmbiguityID.A24] == "recaptured"
    captured = mended_by_change(s, t, node, changed, r, p) if noticed else NEVER
    silent = s.reading[AmbiguityID.A24] == "not-recaptured"
    gone = And(running(s, r), s.owner(r) == node, changed) if silent else NEVER
    mended = Or(And(r == resource, p == root), captured)
    return Claim({}, stray(s, t, r, p, mended=mended, gone=gone))


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=fail_restore, r="resource", p="key")
def failed_restore_leads_astray(
    s: State, t: State, resource: Term, root: Term, key: Term, r: Term, p: Term
) -> Claim:
    """A failed restore that is survived (A25) leaves its tree astray, and no other."""
    one = And(r == resource, p == root)
    return Claim({}, stray(s, t, r, p, mended=NEVER, gone=one))


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=complete_online, r="resource", p="key")
def online_without_restore_is_astray(s: State, t: State, resource: Term, r: Term, p: Term) -> Claim:
    """What comes online without a restore may have any trees; elsewhere an online changes none."""
    gone = NEVER if restores(s.reading) else r == resource
    return Claim({}, stray(s, t, r, p, mended=NEVER, gone=gone))


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=replicate, r="resource", p="key")
def replica_leads_astray(
    s: State, t: State, resource: Term, root: Term, node: Term, r: Term, p: Term
) -> Claim:
    """A replica leads every tree astray that it changes on its node, if the resource runs there."""
    gone = And(running(s, r), s.owner(r) == node, overlap(s, p, root))
    return Claim({}, stray(s, t, r, p, mended=NEVER, gone=gone))


STRAY = (
    written_trees_are_mended,
    deleted_trees_are_mended,
    added_root_is_mended,
    saved_trees_are_mended,
    captured_tree_is_mended,
    saved_tree_is_mended,
    remade_trees_are_mended,
    restore_leads_astray_unnoticed,
    failed_restore_leads_astray,
    online_without_restore_is_astray,
    replica_leads_astray,
)
"""The theorems about what is astray."""
