"""Shape: what makes a state a state of a cluster at all; the other invariants stand on these."""

from z3 import And, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.lifecycle import saves_in_between
from clusckpt_spec.system.capture import faithful, may_wait
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


def nothing_can_wait(reading: Reading) -> bool:
    """Whether no change ever waits to be captured."""
    return not may_wait(reading)


def nothing_is_saved_alone(reading: Reading) -> bool:
    """Whether no checkpoint is ever saved on the way to offline."""
    return not saves_in_between(reading)


@invariant(RuleID.CAPTURE_ONLINE, when=nothing_can_wait, r="resource", p="key")
def nothing_waits_to_be_captured(s: State, r: Term, p: Term) -> Claim:
    """Where captures are part of the change, none waits."""
    return Claim({}, Not(s.dirty(r, p)))


@invariant(RuleID.KB_SAVE_AT_OFFLINE, when=nothing_is_saved_alone, r="resource", p="key")
def nothing_is_saved_in_between(s: State, r: Term, p: Term) -> Claim:
    """Where nothing is saved on the way to offline, nothing counts as saved."""
    return Claim({}, Not(s.saved(r, p)))


@invariant(RuleID.RESTORE_BEFORE_ONLINE, when=faithful, r="resource", p="key")
def nothing_goes_astray(s: State, r: Term, p: Term) -> Claim:
    """Where a failed restore is fatal, and every change noticed, no tree goes astray."""
    return Claim({}, Not(s.astray(r, p)))


@invariant(RuleID.IN_BACKUP, r="resource", p="key", k="key")
def unchanged_means_listed(s: State, r: Term, p: Term, k: Term) -> Claim:
    """What is unchanged since a backup is in the list."""
    return Claim({"unchanged": s.unchanged(r, p, k)}, s.checkpoint(r, p))


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
    nothing_waits_to_be_captured,
    nothing_is_saved_in_between,
    nothing_goes_astray,
    unchanged_means_listed,
    backup_lists_what_it_stores,
    backup_lists_are_sound,
)
