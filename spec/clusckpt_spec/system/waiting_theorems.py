"""Waiting: which changes come to wait for a capture, and what has been saved.

Where every change is captured at once, most of this is empty. Elsewhere it is what a log does not
show, and the claims about copies lean on it.
"""

from z3 import And, If, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.checkpoints import add_checkpoint
from clusckpt_spec.system.actions.copies import capture, recreate
from clusckpt_spec.system.actions.lifecycle import (
    begin_offline,
    complete_offline,
    save,
    saves_at_once,
    saves_in_between,
)
from clusckpt_spec.system.actions.registry import delete_tree, write
from clusckpt_spec.system.actions.restore import fail_restore, restore
from clusckpt_spec.system.capture import either_way, immediate, may_wait
from clusckpt_spec.system.claim import Claim, step_theorem, theorem
from clusckpt_spec.system.predicates import NEVER, exists, online, overlap, pending, stopping
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State


def comes_to_wait(s: State, n: Term, r: Term, p: Term, changed: Term, *, counts: bool) -> Term:
    """A tree that changed on node `n` is to be captured later, or may be.

    While its resource is online, if the change `counts` then and is not captured at once; before
    and after, if it may be captured or not (A3).
    """
    then = online(s, r) if counts else NEVER
    around = Or(stopping(s, r), And(pending(s, r), s.restored(r, p)))
    moment = Or(then, around) if either_way(s.reading) else then
    return And(s.owner(r) == n, s.checkpoint(r, p), changed, moment)


@theorem(RuleID.CAPTURE_ONLINE, about=write, when=may_wait, r="resource", p="key")
def written_trees_wait(
    s: State, t: State, node: Term, key: Term, data: Term, r: Term, p: Term
) -> Claim:
    """A write makes every tree above it wait that is not captured at once, and no other."""
    later = not immediate(s.reading)
    marked = comes_to_wait(s, node, r, p, s.under(p, key), counts=later)
    return Claim({}, t.dirty(r, p) == Or(s.dirty(r, p), marked))


@theorem(RuleID.CAPTURE_ONLINE, about=delete_tree, when=may_wait, r="resource", p="key")
def deleted_trees_wait(s: State, t: State, node: Term, key: Term, r: Term, p: Term) -> Claim:
    """A deletion makes every tree that it reaches wait, if that is not captured at once."""
    later = not immediate(s.reading)
    marked = comes_to_wait(s, node, r, p, overlap(s, p, key), counts=later)
    return Claim({}, t.dirty(r, p) == Or(s.dirty(r, p), marked))


def _counts_later(reading: Reading) -> bool:
    """Whether another resource's restore makes an online resource's tree wait (A24, A1)."""
    choice = reading[AmbiguityID.A24]
    return choice == "either" or (choice == "recaptured" and not immediate(reading))


@theorem(RuleID.INSTANCES, about=restore, when=may_wait, r="resource", p="key")
def restored_trees_wait(s: State, t: State, resource: Term, root: Term, r: Term, p: Term) -> Claim:
    """A restore makes other resources' trees wait, if it counts as a change; its own no more."""
    changed = And(r != resource, overlap(s, p, root))
    own = And(r == resource, p == root)
    counts = _counts_later(s.reading)
    marked = comes_to_wait(s, s.owner(resource), r, p, changed, counts=counts)
    return Claim({}, t.dirty(r, p) == Or(And(s.dirty(r, p), Not(own)), marked))


def copied_only(s: State, t: State, made: Term, r: Term, p: Term, k: Term, x: Term) -> Term:
    """The trees that were `made` are copied as their owner has them, with their marks."""
    n = s.owner(r)
    own = And(made, s.under(p, k))
    return And(
        t.stored(r, p) == Or(s.stored(r, p), made),
        t.copy(r, p, k) == If(own, s.registry(n, k), s.copy(r, p, k)),
        t.carried(r, p, k, x) == If(own, s.brought(n, k, x), s.carried(r, p, k, x)),
    )


def back(s: State, t: State, made: Term, r: Term, p: Term) -> Term:
    """A tree that was copied while its resource is online counts as restored."""
    return t.restored(r, p) == Or(s.restored(r, p), And(made, online(s, r)))


_ABOUT = {"r": "resource", "p": "key", "k": "key", "x": "resource"}


@theorem(RuleID.CAPTURE_ONLINE, about=capture, when=may_wait, **_ABOUT)
def capture_is_of_one_tree(
    s: State, t: State, resource: Term, root: Term, r: Term, p: Term, k: Term, x: Term
) -> Claim:
    """A capture makes one copy, with the marks of the tree that it is of, and no other."""
    one = And(r == resource, p == root)
    return Claim({}, And(copied_only(s, t, one, r, p, k, x), back(s, t, one, r, p)))


@theorem(RuleID.KB_SAVE_AT_OFFLINE, about=save, when=saves_in_between, **_ABOUT)
def save_copies_one_tree(
    s: State, t: State, resource: Term, root: Term, r: Term, p: Term, k: Term, x: Term
) -> Claim:
    """A save makes one copy, with the marks of the tree that it is of, and no other."""
    one = And(r == resource, p == root)
    return Claim({}, And(copied_only(s, t, one, r, p, k, x), back(s, t, one, r, p)))


@theorem(RuleID.KB_CAPTURE_AT_ADD, about=recreate, when=may_wait, r="resource", p="key")
def nothing_waits_for_the_tool(s: State, t: State, resource: Term, r: Term, p: Term) -> Claim:
    """Of a tree that the recovery tool has copied, nothing waits any more."""
    made = And(r == resource, s.checkpoint(r, p), exists(s, s.owner(r), p))
    return Claim({}, And(t.dirty(r, p) == And(s.dirty(r, p), Not(made)), back(s, t, made, r, p)))


@theorem(RuleID.OFFLINE_STATES, about=begin_offline, when=either_way, r="resource", p="key")
def what_waits_may_still_be_captured(s: State, t: State, resource: Term, r: Term, p: Term) -> Claim:
    """What waits as an offline begins goes on waiting."""
    return Claim({}, t.dirty(r, p) == s.dirty(r, p))


@theorem(RuleID.RESTORE_BEFORE_ONLINE, RuleID.KB_RESTORE_AT_ONLINE, about=restore, when=either_way)
def restored_again_after_a_change(s: State, t: State, resource: Term, root: Term) -> Claim:
    """A tree is restored a second time only if it changed since the first (A3)."""
    return Claim({"restored before": s.restored(resource, root)}, s.dirty(resource, root))


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=fail_restore, when=either_way)
def fails_again_after_a_change(s: State, t: State, resource: Term, root: Term, key: Term) -> Claim:
    """A second restore that fails was called for by a change as well (A3)."""
    return Claim({"restored before": s.restored(resource, root)}, s.dirty(resource, root))


@theorem(RuleID.KB_SAVE_AT_OFFLINE, about=save, when=saves_in_between, r="resource", p="key")
def save_is_of_one_tree(s: State, t: State, resource: Term, root: Term, r: Term, p: Term) -> Claim:
    """One tree that is there is saved once; then nothing of it waits."""
    one = And(r == resource, p == root)
    there = And(s.checkpoint(resource, root), exists(s, s.owner(resource), root))
    due = And(stopping(s, resource), there, Not(s.saved(resource, root)))
    marks = t.saved(r, p) == Or(s.saved(r, p), one)
    return Claim({}, And(due, marks, t.dirty(r, p) == And(s.dirty(r, p), Not(one))))


@theorem(
    RuleID.KB_SAVE_AT_OFFLINE,
    RuleID.ROOT_DELETED,
    about=complete_offline,
    when=saves_in_between,
    p="key",
    k="key",
)
def tree_that_is_gone_is_not_saved(s: State, t: State, resource: Term, p: Term, k: Term) -> Claim:
    """An orderly offline waits for no tree that is gone, and leaves its last copy."""
    return Claim(
        {
            "checkpointed": s.checkpoint(resource, p),
            "root gone": Not(exists(s, s.owner(resource), p)),
            "not saved": Not(s.saved(resource, p)),
        },
        t.copy(resource, p, k) == s.copy(resource, p, k),
    )


@theorem(RuleID.KB_SAVE_AT_OFFLINE, about=begin_offline, when=saves_at_once, **_ABOUT)
def offline_saves_what_is_there(
    s: State, t: State, resource: Term, r: Term, p: Term, k: Term, x: Term
) -> Claim:
    """An offline saves every tree of its resource that there is, whole, and nothing else."""
    made = And(r == resource, s.checkpoint(r, p), exists(s, s.owner(r), p))
    return Claim({}, copied_only(s, t, made, r, p, k, x))


@theorem(RuleID.OFFLINE_STATES, about=begin_offline, r="resource", p="key")
def offline_forgets_restores(s: State, t: State, resource: Term, r: Term, p: Term) -> Claim:
    """Nothing counts as restored from the moment on that the resource begins to go offline."""
    return Claim({}, t.restored(r, p) == And(s.restored(r, p), r != resource))


@step_theorem(
    RuleID.KB_SAVE_AT_OFFLINE, except_for=(save,), when=saves_in_between, r="resource", p="key"
)
def saved_until_offline(s: State, t: State, r: Term, p: Term) -> Claim:
    """What was saved counts as saved as long as its resource goes offline and its copy is there."""
    return Claim({}, t.saved(r, p) == And(s.saved(r, p), stopping(t, r), t.stored(r, p)))


@step_theorem(
    RuleID.RESTORE_BEFORE_ONLINE,
    except_for=(
        write,
        delete_tree,
        add_checkpoint,
        restore,
        fail_restore,
        begin_offline,
        capture,
        save,
        recreate,
    ),
    r="resource",
    p="key",
)
def restored_until_offline(s: State, t: State, r: Term, p: Term) -> Claim:
    """What was restored counts as restored until its resource goes offline or its copy is gone."""
    awake = Or(pending(t, r), online(t, r))
    return Claim({}, t.restored(r, p) == And(s.restored(r, p), awake, t.stored(r, p)))


@theorem(RuleID.ADD_REGISTRY, about=add_checkpoint, r="resource", p="key")
def added_online_is_restored(
    s: State, t: State, resource: Term, root: Term, r: Term, p: Term
) -> Claim:
    """A root that is added to an online resource has nothing left to restore."""
    return Claim({}, back(s, t, And(r == resource, p == root), r, p))


WAITING = (
    written_trees_wait,
    deleted_trees_wait,
    restored_trees_wait,
    capture_is_of_one_tree,
    save_copies_one_tree,
    added_online_is_restored,
    nothing_waits_for_the_tool,
    what_waits_may_still_be_captured,
    restored_again_after_a_change,
    fails_again_after_a_change,
    save_is_of_one_tree,
    tree_that_is_gone_is_not_saved,
    offline_saves_what_is_there,
    offline_forgets_restores,
)
"""The theorems about what waits and what is saved."""
