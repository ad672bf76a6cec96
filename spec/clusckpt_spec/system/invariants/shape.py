"""Shape: what makes a state a state of a cluster at all; the other invariants stand on these."""

from z3 import And, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.lifecycle import saves_in_between
from clusckpt_spec.system.capture import may_wait
from clusckpt_spec.system.claim import Claim, invariant
from clusckpt_spec.system.predicates import exists, online, pending, running, stopping
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State


def add_needs_the_key(reading: Reading) -> bool:
    """Whether an add fails where there is no key, so that every copy has its root (A6)."""
    return reading[AmbiguityID.A6] == "fails"


@invariant(RuleID.TREE_REPLACED, n="node", j="key", k="key")
def registry_is_a_tree(s: State, n: Term, j: Term, k: Term) -> Claim:
    """Above a key that exists, every key exists."""
    return Claim({"exists": exists(s, n, k), "above": s.under(j, k)}, exists(s, n, j))


@invariant(RuleID.TREE_REPLACED, r="resource", p="key", j="key", k="key")
def copy_is_a_tree(s: State, r: Term, p: Term, j: Term, k: Term) -> Claim:
    """A stored copy is a tree: between its root and a key that it holds, it holds every key."""
    return Claim(
        {
            "stored": s.stored(r, p),
            "between": And(s.under(p, j), s.under(j, k)),
            "held": s.copy(r, p, k) != s.absent(),
        },
        s.copy(r, p, j) != s.absent(),
    )


@invariant(RuleID.ROOT_DELETED, when=add_needs_the_key, r="resource", p="key")
def copy_has_its_root(s: State, r: Term, p: Term) -> Claim:
    """Every stored copy holds its root: a tree without its root was never copied."""
    return Claim({"stored": s.stored(r, p)}, s.copy(r, p, p) != s.absent())


@invariant(RuleID.IN_BACKUP, r="resource", p="key", j="key", k="key")
def backup_copy_is_a_tree(s: State, r: Term, p: Term, j: Term, k: Term) -> Claim:
    """A copy in the backup is a tree."""
    return Claim(
        {
            "stored": s.backup_stored(r, p),
            "between": And(s.under(p, j), s.under(j, k)),
            "held": s.backup_copy(r, p, k) != s.absent(),
        },
        s.backup_copy(r, p, j) != s.absent(),
    )


@invariant(RuleID.IN_BACKUP, when=add_needs_the_key, r="resource", p="key")
def backup_copy_has_its_root(s: State, r: Term, p: Term) -> Claim:
    """Every copy in the backup holds its root."""
    return Claim({"stored": s.backup_stored(r, p)}, s.backup_copy(r, p, p) != s.absent())


@invariant(RuleID.FAILOVER, RuleID.MOVE_GROUP, r="resource")
def hosted_by_active_possible_owner(s: State, r: Term) -> Claim:
    """A resource that is online, or on its way there or from there, is on an active owner."""
    n = s.owner(r)
    return Claim({"running": running(s, r)}, And(s.up(n), s.possible(r, n)))


@invariant(RuleID.DELETE_REGISTRY, r="resource", p="key")
def stored_means_listed(s: State, r: Term, p: Term) -> Claim:
    """The quorum has no copy of a root that is not in the list."""
    return Claim({"stored": s.stored(r, p)}, s.checkpoint(r, p))


@invariant(RuleID.INSTANCES, r="resource", p="key")
def listed_means_claimed(s: State, r: Term, p: Term) -> Claim:
    """A resource is only ever given roots that the design gives it."""
    return Claim({"listed": s.checkpoint(r, p)}, s.claims(r, p))


@invariant(RuleID.RESTORE_BEFORE_ONLINE, r="resource", p="key")
def restored_only_while_running(s: State, r: Term, p: Term) -> Claim:
    """Nothing counts as restored for a resource that is at rest, nor without a copy."""
    return Claim(
        {"restored": s.restored(r, p)},
        And(s.stored(r, p), Or(online(s, r), pending(s, r))),
    )


@invariant(RuleID.CAPTURE_ONLINE, when=may_wait, r="resource", p="key")
def dirty_only_while_running(s: State, r: Term, p: Term) -> Claim:
    """Nothing waits to be captured for a resource that is at rest, nor for a root off the list."""
    return Claim({"dirty": s.dirty(r, p)}, And(s.checkpoint(r, p), running(s, r)))


@invariant(RuleID.KB_SAVE_AT_OFFLINE, when=saves_in_between, r="resource", p="key")
def saved_only_while_stopping(s: State, r: Term, p: Term) -> Claim:
    """Only a resource that is going offline has checkpoints that were saved for that."""
    return Claim({"saved": s.saved(r, p)}, And(s.stored(r, p), stopping(s, r)))


@invariant(RuleID.IN_BACKUP, r="resource", p="key")
def backup_lists_what_it_stores(s: State, r: Term, p: Term) -> Claim:
    """The backup has no copy of a root that is not in its list."""
    return Claim({"stored": s.backup_stored(r, p)}, s.backup_checkpoint(r, p))


@invariant(RuleID.IN_BACKUP, RuleID.DELETED_WITH_RESOURCE, r="resource", p="key")
def backup_lists_are_sound(s: State, r: Term, p: Term) -> Claim:
    """The backup has checkpoints only of resources that it contains, and only claimed roots."""
    return Claim(
        {"listed": s.backup_checkpoint(r, p)},
        And(s.backup_exists(r), s.claims(r, p)),
    )


SHAPE = (
    registry_is_a_tree,
    copy_is_a_tree,
    copy_has_its_root,
    backup_copy_is_a_tree,
    backup_copy_has_its_root,
    hosted_by_active_possible_owner,
    stored_means_listed,
    listed_means_claimed,
    restored_only_while_running,
    dirty_only_while_running,
    saved_only_while_stopping,
    backup_lists_what_it_stores,
    backup_lists_are_sound,
)
