"""Theorems about captures and restores: what each does to copies and trees, under every reading.

Where a change may wait or a failed restore is survived, copy and tree can differ in many states.
These say what each step still does.
"""

from z3 import And, Not

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.copies import capture
from clusckpt_spec.system.actions.lifecycle import complete_offline, save, saves_in_between
from clusckpt_spec.system.actions.ownership import crash
from clusckpt_spec.system.actions.restore import fail_restore, restore
from clusckpt_spec.system.capture import may_wait
from clusckpt_spec.system.claim import Claim, theorem
from clusckpt_spec.system.invariants.auxiliary import not_replicated_over
from clusckpt_spec.system.invariants.page import at_once, not_astray, nothing_waits, untangled
from clusckpt_spec.system.predicates import exists, online, running
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State


@theorem(RuleID.CAPTURE_ONLINE, RuleID.KB_CAPTURE_ONLINE, about=capture, when=may_wait, k="key")
def capture_takes_the_tree_as_it_is(
    s: State, t: State, resource: Term, root: Term, k: Term
) -> Claim:
    """A capture copies the tree as it is then, and nothing of it waits any more."""
    tree = s.registry(s.owner(resource), k)
    return Claim(
        {"covered": s.under(root, k)},
        And(t.copy(resource, root, k) == tree, Not(t.dirty(resource, root))),
    )


@theorem(RuleID.KB_SAVE_AT_OFFLINE, about=save, when=saves_in_between, k="key")
def save_takes_the_tree_as_it_is(s: State, t: State, resource: Term, root: Term, k: Term) -> Claim:
    """What is saved on the way to offline is the tree as it is then."""
    tree = s.registry(s.owner(resource), k)
    return Claim({"covered": s.under(root, k)}, t.copy(resource, root, k) == tree)


@theorem(RuleID.KB_SAVE_AT_OFFLINE, about=complete_offline, when=saves_in_between, p="key")
def every_tree_was_saved(s: State, t: State, resource: Term, p: Term) -> Claim:
    """An orderly offline is complete once every tree that there is has been saved."""
    return Claim(
        {
            "checkpointed": s.checkpoint(resource, p),
            "root exists": exists(s, s.owner(resource), p),
        },
        And(s.saved(resource, p), s.stored(resource, p)),
    )


@theorem(RuleID.KB_SAVE_AT_OFFLINE, about=complete_offline, when=saves_in_between, p="key", k="key")
def offline_loses_nothing(s: State, t: State, resource: Term, p: Term, k: Term) -> Claim:
    """After an orderly offline every copy is the tree, unless that changed after it was saved."""
    n = s.owner(resource)
    return Claim(
        {
            "checkpointed": s.checkpoint(resource, p),
            "root exists": exists(s, n, p),
            "covered": s.under(p, k),
            "nothing waits": Not(s.dirty(resource, p)),
            **not_replicated_over(s, resource, p),
        },
        t.copy(resource, p, k) == s.registry(n, k),
    )


@theorem(RuleID.CAPTURE_ONLINE, RuleID.FAILOVER, about=crash, r="resource", p="key", k="key")
def crash_loses_only_what_waits(s: State, t: State, node: Term, r: Term, p: Term, k: Term) -> Claim:
    """A crash loses the changes that no capture has taken yet, and none that one has.

    The copy of a tree of which nothing waits is that tree, and the crash leaves it so; of any
    other tree it is what was captured last (`copy_is_some_past_tree`).
    """
    return Claim(
        {
            "hosted there": And(online(s, r), s.owner(r) == node),
            "stored": s.stored(r, p),
            **at_once(s, "root exists", exists(s, node, p)),
            "covered": s.under(p, k),
            **untangled(s, r),
            **nothing_waits(s, r, p),
            **not_astray(s, r, p),
        },
        t.copy(r, p, k) == s.registry(node, k),
    )


@theorem(
    RuleID.RESTORE_BEFORE_ONLINE,
    RuleID.KB_RESTORE_AT_ONLINE,
    RuleID.OFFLINE_OVERWRITTEN,
    RuleID.TREE_REPLACED,
    about=restore,
    k="key",
)
def restore_brings_the_copy(s: State, t: State, resource: Term, root: Term, k: Term) -> Claim:
    """A restore makes the tree on the owner the stored copy, key by key, whatever was there."""
    tree = t.registry(s.owner(resource), k)
    return Claim({"covered": s.under(root, k)}, tree == s.copy(resource, root, k))


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=fail_restore, n="node", p="key", k="key")
def failed_restore_changes_no_data(
    s: State, t: State, resource: Term, root: Term, key: Term, n: Term, p: Term, k: Term
) -> Claim:
    """A restore that fails leaves every registry and the stored copies as they are."""
    same_copy = t.copy(resource, p, k) == s.copy(resource, p, k)
    return Claim({}, And(t.registry(n, k) == s.registry(n, k), same_copy))


@theorem(RuleID.INSTANCES, about=restore, r="resource", p="key", k="key")
def restore_spares_other_instances(
    s: State, t: State, resource: Term, root: Term, r: Term, p: Term, k: Term
) -> Claim:
    """Without a conflict, a restore for one resource changes no tree of another that runs."""
    n = s.owner(r)
    return Claim(
        {
            "another": r != resource,
            "running": running(s, r),
            "checkpointed": s.checkpoint(r, p),
            "covered": s.under(p, k),
            "no conflict": s.alone(r),
        },
        t.registry(n, k) == s.registry(n, k),
    )


COPY_THEOREMS = (
    capture_takes_the_tree_as_it_is,
    save_takes_the_tree_as_it_is,
    every_tree_was_saved,
    offline_loses_nothing,
    crash_loses_only_what_waits,
    restore_brings_the_copy,
    failed_restore_changes_no_data,
    restore_spares_other_instances,
)
"""All of them."""
