"""Effects: which copies a change reaches where captures are part of it, and which it spares."""

from z3 import And, If, Implies, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.checkpoints import add_checkpoint, remove_checkpoint
from clusckpt_spec.system.actions.copies import recreate
from clusckpt_spec.system.actions.lifecycle import delete
from clusckpt_spec.system.actions.ownership import crash, join
from clusckpt_spec.system.actions.registry import delete_tree, write
from clusckpt_spec.system.actions.restore import complete_online, replicate, restore
from clusckpt_spec.system.capture import either_way, exact, immediate
from clusckpt_spec.system.claim import Claim, theorem
from clusckpt_spec.system.predicates import above, exists, online, overlap, pending
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State


def at_once(reading: Reading) -> bool:
    """Whether a change is captured by itself, or counts as an offline change (A1, A3)."""
    return immediate(reading) and not either_way(reading)


def for_all(reading: Reading) -> bool:
    """Whether that holds for another resource's restore as well (A24)."""
    return exact(reading) and reading[AmbiguityID.A24] == "recaptured"


def copied(s: State, t: State, n: Term, r: Term, p: Term, changed: Term) -> Term:
    """A tree that changed on node `n` is copied: its resource is online there, its root left."""
    hosted = And(online(s, r), s.owner(r) == n)
    return And(hosted, s.checkpoint(r, p), changed, exists(t, n, p))


def followed(
    s: State, t: State, n: Term, changed: Term, r: Term, p: Term, k: Term, x: Term
) -> Term:
    """Copies, and what is known of them, follow the trees that changed, and no others."""
    taken = copied(s, t, n, r, p, changed)
    here = And(taken, s.under(p, k))
    undone = And(pending(s, r), s.owner(r) == n, changed)
    return And(
        t.stored(r, p) == Or(s.stored(r, p), taken),
        t.copy(r, p, k) == If(here, t.registry(n, k), s.copy(r, p, k)),
        t.carried(r, p, k, x) == If(here, t.brought(n, k, x), s.carried(r, p, k, x)),
        t.restored(r, p) == Or(And(s.restored(r, p), Not(undone)), taken),
    )


_ABOUT = {"r": "resource", "p": "key", "k": "key", "x": "resource"}


@theorem(RuleID.CAPTURE_ONLINE, about=write, when=at_once, **_ABOUT)
def write_reaches_its_trees(  # noqa: PLR0913, PLR0917 - a write has three arguments of its own
    s: State, t: State, node: Term, key: Term, data: Term, r: Term, p: Term, k: Term, x: Term
) -> Claim:
    """A write is copied for every root above it, and no other copy changes."""
    return Claim({}, followed(s, t, node, s.under(p, key), r, p, k, x))


@theorem(RuleID.CAPTURE_ONLINE, RuleID.ROOT_DELETED, about=delete_tree, when=at_once, **_ABOUT)
def deletion_reaches_its_trees(
    s: State, t: State, node: Term, key: Term, r: Term, p: Term, k: Term, x: Term
) -> Claim:
    """A deletion is copied for every root above it that is left, and no other copy changes."""
    return Claim({}, followed(s, t, node, overlap(s, p, key), r, p, k, x))


def left_as_own(
    s: State, t: State, n: Term, changed: Term, touched: Term, r: Term, p: Term, k: Term
) -> Term:
    """What somebody leaves in a tree of an online resource on its node `n` is the resource's own.

    If the root had been gone, that is the whole tree.
    """
    anew = Or(touched, s.registry(n, p) == s.absent())
    own = And(copied(s, t, n, r, p, changed), s.under(p, k), anew)
    return t.mine(r, p, k) == If(own, t.registry(n, k), s.mine(r, p, k))


@theorem(RuleID.INSTANCES, about=write, r="resource", p="key", k="key")
def what_is_written_is_own(
    s: State, t: State, node: Term, key: Term, data: Term, r: Term, p: Term, k: Term
) -> Claim:
    """What is written under a root of an online resource, on its node, is the resource's own."""
    return Claim({}, left_as_own(s, t, node, s.under(p, key), k == key, r, p, k))


@theorem(RuleID.INSTANCES, about=delete_tree, r="resource", p="key", k="key")
def what_is_deleted_is_own(
    s: State, t: State, node: Term, key: Term, r: Term, p: Term, k: Term
) -> Claim:
    """What is deleted under a root of an online resource, on its node, is gone as its own."""
    return Claim({}, left_as_own(s, t, node, overlap(s, p, key), s.under(key, k), r, p, k))


@theorem(RuleID.INSTANCES, RuleID.CAPTURE_ONLINE, about=restore, when=for_all, **_ABOUT)
def restore_reaches_others_trees(
    s: State, t: State, resource: Term, root: Term, r: Term, p: Term, k: Term, x: Term
) -> Claim:
    """A restore is copied for every other resource whose tree it changes, and for no other."""
    changed = overlap(s, p, root)
    return Claim({"another": r != resource}, followed(s, t, s.owner(resource), changed, r, p, k, x))


@theorem(RuleID.KB_RESTORE_AT_ONLINE, about=restore, p="key", k="key", x="resource", n="node")
def restore_is_of_one_root(
    s: State, t: State, resource: Term, root: Term, p: Term, k: Term, x: Term, n: Term
) -> Claim:
    """A restore changes no copy of its own resource, and marks its tree as brought for it."""
    here = And(n == s.owner(resource), s.under(root, k))
    marks = t.brought(n, k, x) == If(here, x == resource, s.brought(n, k, x))
    same = And(
        t.copy(resource, p, k) == s.copy(resource, p, k),
        t.carried(resource, p, k, x) == s.carried(resource, p, k, x),
        t.restored(resource, p) == Or(s.restored(resource, p), p == root),
    )
    return Claim({}, And(same, marks))


@theorem(RuleID.TREE_REPLACED, about=replicate, n="node", k="key", x="resource")
def replica_is_of_one_tree(
    s: State, t: State, resource: Term, root: Term, node: Term, n: Term, k: Term, x: Term
) -> Claim:
    """A replica puts the copy on its node, marked as brought, and creates missing keys above."""
    here = And(n == node, s.under(root, k))
    marks = t.brought(n, k, x) == If(here, x == resource, s.brought(n, k, x))
    replaced = t.registry(n, k) == s.copy(resource, root, k)
    created = And(n == node, above(s, k, root), Not(exists(s, n, k)), t.registry(n, k) == s.empty())
    left = Or(t.registry(n, k) == s.registry(n, k), created)
    return Claim({}, And(marks, Implies(here, replaced), Or(here, left)))


@theorem(RuleID.FAILOVER, about=crash, n="node")
def crash_is_of_one_node(s: State, t: State, node: Term, n: Term) -> Claim:
    """A crash takes one node out."""
    return Claim({}, t.up(n) == And(s.up(n), n != node))


@theorem(RuleID.FAILOVER, about=join, n="node")
def join_is_of_one_node(s: State, t: State, node: Term, n: Term) -> Claim:
    """A join brings one node back."""
    return Claim({}, t.up(n) == Or(s.up(n), n == node))


@theorem(RuleID.ADD_REGISTRY, about=add_checkpoint, r="resource", p="key", k="key", x="resource")
def add_is_of_one_root(
    s: State, t: State, resource: Term, root: Term, r: Term, p: Term, k: Term, x: Term
) -> Claim:
    """An add puts one root into one list; what it finds becomes the resource's own."""
    one = And(r == resource, p == root)
    own = And(one, s.under(p, k))
    listed = t.checkpoint(r, p) == Or(s.checkpoint(r, p), one)
    left = t.mine(r, p, k) == If(own, s.registry(s.owner(resource), k), s.mine(r, p, k))
    marks = t.carried(r, p, k, x) == And(s.carried(r, p, k, x), Not(one))
    return Claim({}, And(listed, left, marks, looked(s, t, own, r, p, k)))


def looked(s: State, t: State, own: Term, r: Term, p: Term, k: Term) -> Term:
    """What was seen last is what is there while online, else what was just copied, if it was."""
    n = s.owner(r)
    watched = And(online(t, r), t.checkpoint(r, p), exists(t, n, p))
    there = Or(watched, own)
    return t.seen(r, p, k) == If(there, s.registry(n, k), s.seen(r, p, k))


@theorem(RuleID.KB_CAPTURE_AT_ADD, about=recreate, r="resource", p="key", k="key", x="resource")
def tool_remakes_every_copy(
    s: State, t: State, resource: Term, r: Term, p: Term, k: Term, x: Term
) -> Claim:
    """The recovery tool copies every tree of the resource that there is, and makes it its own."""
    n = s.owner(r)
    made = And(r == resource, s.checkpoint(r, p), exists(s, n, p))
    own = And(made, s.under(p, k))
    return Claim(
        {},
        And(
            t.stored(r, p) == Or(s.stored(r, p), made),
            t.copy(r, p, k) == If(own, s.registry(n, k), s.copy(r, p, k)),
            t.mine(r, p, k) == If(own, s.registry(n, k), s.mine(r, p, k)),
            t.carried(r, p, k, x) == And(s.carried(r, p, k, x), Not(made)),
            looked(s, t, own, r, p, k),
        ),
    )


@theorem(RuleID.RESTORE_BEFORE_ONLINE, about=complete_online, r="resource", p="key", k="key")
def what_has_no_copy_is_taken_as_found(
    s: State, t: State, resource: Term, r: Term, p: Term, k: Term
) -> Claim:
    """A tree without a copy is the resource's own from its online on; no other is (A27)."""
    found = And(r == resource, s.checkpoint(r, p), Not(s.stored(r, p)), s.under(p, k))
    return Claim({}, t.mine(r, p, k) == If(found, s.registry(s.owner(r), k), s.mine(r, p, k)))


@theorem(RuleID.DELETE_REGISTRY, about=remove_checkpoint, r="resource", p="key")
def removal_is_of_one_root(
    s: State, t: State, resource: Term, root: Term, r: Term, p: Term
) -> Claim:
    """A removal takes one root out of one list."""
    one = And(r == resource, p == root)
    return Claim({}, t.checkpoint(r, p) == And(s.checkpoint(r, p), Not(one)))


@theorem(RuleID.DELETED_WITH_RESOURCE, about=delete, r="resource", p="key")
def deletion_is_of_one_list(s: State, t: State, resource: Term, r: Term, p: Term) -> Claim:
    """A deletion empties one list."""
    return Claim({}, t.checkpoint(r, p) == And(s.checkpoint(r, p), r != resource))


EFFECTS = (
    write_reaches_its_trees,
    deletion_reaches_its_trees,
    what_is_written_is_own,
    what_is_deleted_is_own,
    restore_reaches_others_trees,
    restore_is_of_one_root,
    replica_is_of_one_tree,
    crash_is_of_one_node,
    join_is_of_one_node,
    add_is_of_one_root,
    tool_remakes_every_copy,
    what_has_no_copy_is_taken_as_found,
    removal_is_of_one_root,
    deletion_is_of_one_list,
)
"""All of them."""
