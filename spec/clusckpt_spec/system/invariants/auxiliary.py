"""What the proof of the page's rules needs beside them: agreement of copies, and the backup's."""

from collections.abc import Mapping

from z3 import And, Not

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.lifecycle import saves_in_between
from clusckpt_spec.system.actions.restore import restores
from clusckpt_spec.system.capture import exact
from clusckpt_spec.system.claim import Claim, invariant
from clusckpt_spec.system.predicates import exists, online
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State


def not_replicated_over(s: State, r: Term, p: Term) -> Mapping[str, Term]:
    """The premise, where products replicate to any node, that none did so over this tree."""
    return {} if restores(s.reading) else {"not astray": Not(s.astray(r, p))}


@invariant(RuleID.CAPTURE_ONLINE, RuleID.KB_SAVE_AT_OFFLINE, r="resource", p="key", k="key")
def seen_while_online(s: State, r: Term, p: Term, k: Term) -> Claim:
    """What was last seen of a tree while its resource was online is what is there, if it is."""
    n = s.owner(r)
    return Claim(
        {
            "online": online(s, r),
            "checkpointed": s.checkpoint(r, p),
            "root exists": exists(s, n, p),
        },
        s.seen(r, p, k) == s.registry(n, k),
    )


@invariant(RuleID.KB_SAVE_AT_OFFLINE, when=saves_in_between, r="resource", p="key", k="key")
def saved_is_the_tree(s: State, r: Term, p: Term, k: Term) -> Claim:
    """On the way to offline, a copy that was saved is the tree, unless that changed since."""
    return Claim(
        {
            "saved": s.saved(r, p),
            "covered": s.under(p, k),
            "nothing waits": Not(s.dirty(r, p)),
            **not_replicated_over(s, r, p),
        },
        s.copy(r, p, k) == s.registry(s.owner(r), k),
    )


@invariant(RuleID.RESTORE_BEFORE_ONLINE, r="resource", p="key", q="key", k="key")
def untangled_copies_agree(s: State, r: Term, p: Term, q: Term, k: Term) -> Claim:
    """Two copies of an untangled resource agree about every key that both cover."""
    return Claim(
        {
            "stored": And(s.stored(r, p), s.stored(r, q)),
            "covered": And(s.under(p, k), s.under(q, k)),
            "untangled": Not(s.tangled(r)),
        },
        s.copy(r, p, k) == s.copy(r, q, k),
    )


@invariant(RuleID.RESTORE_DATABASE, r="resource", p="key", q="key", k="key")
def backup_copies_agree(s: State, r: Term, p: Term, q: Term, k: Term) -> Claim:
    """Two copies in the backup agree, if the resource was untangled then."""
    return Claim(
        {
            "stored": And(s.backup_stored(r, p), s.backup_stored(r, q)),
            "covered": And(s.under(p, k), s.under(q, k)),
            "untangled": Not(s.backup_tangled(r)),
        },
        s.backup_copy(r, p, k) == s.backup_copy(r, q, k),
    )


@invariant(RuleID.RESTORE_DATABASE, when=exact, r="resource", p="key", k="key")
def backup_is_as_seen_then(s: State, r: Term, p: Term, k: Term) -> Claim:
    """A copy in the backup is the tree as it had last been seen at the time of the backup."""
    return Claim(
        {
            "stored": s.backup_stored(r, p),
            "covered": s.under(p, k),
            "untangled": Not(s.backup_tangled(r)),
        },
        s.backup_copy(r, p, k) == s.backup_seen(r, p, k),
    )


@invariant(RuleID.RESTORE_DATABASE, RuleID.INSTANCES, when=exact, r="resource", p="key", k="key")
def backup_holds_own_data(s: State, r: Term, p: Term, k: Term) -> Claim:
    """Without a conflict, a copy in the backup is what the resource had left there then."""
    return Claim(
        {
            "stored": s.backup_stored(r, p),
            "covered": s.under(p, k),
            "untangled": Not(s.backup_tangled(r)),
            "no conflict": s.alone(r),
        },
        s.backup_copy(r, p, k) == s.backup_mine(r, p, k),
    )


AUXILIARY = (
    seen_while_online,
    saved_is_the_tree,
    untangled_copies_agree,
    backup_copies_agree,
    backup_is_as_seen_then,
    backup_holds_own_data,
)
