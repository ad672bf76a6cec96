"""The rules of the page as invariants, in the page's order.

"The copy" of a root is on the quorum; "the tree" is what the owner's registry has under it. The
premise `untangled` says that no two copies of the resource have ever disagreed about a key that
both cover: the documents do not say which of them is restored last (A22).
"""

from collections.abc import Mapping

from z3 import And, Not

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.restore import restores
from clusckpt_spec.system.capture import exact, faithful, may_wait
from clusckpt_spec.system.claim import Claim, invariant
from clusckpt_spec.system.predicates import exists, online, pending
from clusckpt_spec.system.sorts import DELETED, Term
from clusckpt_spec.system.state import State


def nothing_waits(s: State, r: Term, p: Term) -> Mapping[str, Term]:
    """The premise, where changes may wait, that none of this tree does (A1, A3, A24)."""
    return {"nothing waits": Not(s.dirty(r, p))} if may_wait(s.reading) else {}


def not_astray(s: State, r: Term, p: Term) -> Mapping[str, Term]:
    """The premise, where a tree can differ from its copy unnoticed, that this does not (A24, A25).

    A restore that failed and was survived leaves such a tree, and so does what a product that
    restores nothing at an online finds there.
    """
    return {} if faithful(s.reading) else {"not astray": Not(s.astray(r, p))}


def untangled(s: State, r: Term) -> Mapping[str, Term]:
    """The premise, where copies are restored one over the other, that they agree (A22)."""
    return {"untangled": Not(s.tangled(r))} if restores(s.reading) else {}


def at_once(s: State, name: str, premise: Term) -> Mapping[str, Term]:
    """A premise that is needed only where captures are part of the change, and nothing waits."""
    return {} if may_wait(s.reading) else {name: premise}


@invariant(RuleID.CAPTURE_ONLINE, RuleID.KB_CAPTURE_ONLINE, r="resource", p="key", k="key")
def captured_while_online(s: State, r: Term, p: Term, k: Term) -> Claim:
    """While a resource is online, the copy of each of its roots is the tree on its node.

    Where changes may wait to be captured, this holds for a root of which none does; a root that
    is gone is such a change. Where a failed restore is survived, it holds for the others.
    """
    n = s.owner(r)
    return Claim(
        {
            "online": online(s, r),
            "stored": s.stored(r, p),
            **at_once(s, "root exists", exists(s, n, p)),
            "covered": s.under(p, k),
            **untangled(s, r),
            **nothing_waits(s, r, p),
            **not_astray(s, r, p),
        },
        s.copy(r, p, k) == s.registry(n, k),
    )


@invariant(
    RuleID.CAPTURE_ONLINE, RuleID.OFFLINE_OVERWRITTEN, when=exact, r="resource", p="key", k="key"
)
def copy_is_as_last_seen(s: State, r: Term, p: Term, k: Term) -> Claim:
    """The copy is the tree as it last was while the resource was online, or at the add."""
    return Claim(
        {
            "stored": s.stored(r, p),
            "covered": s.under(p, k),
            "untangled": Not(s.tangled(r)),
        },
        s.copy(r, p, k) == s.seen(r, p, k),
    )


@invariant(RuleID.OFFLINE_OVERWRITTEN, when=exact, r="resource", p="key", k="key")
def offline_change_overwritten(s: State, r: Term, p: Term, k: Term) -> Claim:
    """A restored tree is as it last was while the resource was online; no offline change stays."""
    return Claim(
        {
            "coming online": pending(s, r),
            "restored": s.restored(r, p),
            "covered": s.under(p, k),
            "untangled": Not(s.tangled(r)),
        },
        s.registry(s.owner(r), k) == s.seen(r, p, k),
    )


@invariant(
    RuleID.RESTORE_BEFORE_ONLINE,
    RuleID.KB_RESTORE_AT_ONLINE,
    when=restores,
    r="resource",
    p="key",
)
def restored_before_online(s: State, r: Term, p: Term) -> Claim:
    """On a resource that is online, every stored copy has been restored on its node."""
    return Claim({"online": online(s, r), "stored": s.stored(r, p)}, s.restored(r, p))


@invariant(
    RuleID.RESTORE_BEFORE_ONLINE,
    RuleID.KB_RESTORE_AT_ONLINE,
    RuleID.TREE_REPLACED,
    when=restores,
    r="resource",
    p="key",
    k="key",
)
def restored_is_the_copy(s: State, r: Term, p: Term, k: Term) -> Claim:
    """Before the resource is online, a restored tree on its node is the copy, key by key.

    Where changes may wait to be captured, it stays so for as long as none does.
    """
    return Claim(
        {
            **at_once(s, "coming online", pending(s, r)),
            "restored": s.restored(r, p),
            "covered": s.under(p, k),
            "untangled": Not(s.tangled(r)),
            **nothing_waits(s, r, p),
            **not_astray(s, r, p),
        },
        s.registry(s.owner(r), k) == s.copy(r, p, k),
    )


@invariant(RuleID.DELETED_WITH_RESOURCE, r="resource", p="key")
def deleted_leaves_no_checkpoint(s: State, r: Term, p: Term) -> Claim:
    """A deleted resource has no checkpoint, neither in a list nor as a copy on the quorum."""
    return Claim({"deleted": s.status(r) == DELETED}, Not(s.checkpoint(r, p)))


@invariant(RuleID.IN_BACKUP, r="resource", p="key", k="key")
def backup_holds_the_checkpoint(s: State, r: Term, p: Term, k: Term) -> Claim:
    """A checkpoint that has not changed since the backup is in the backup as it is."""
    return Claim(
        {"unchanged": s.unchanged(r, p, k)},
        And(
            s.backed_up(),
            s.backup_checkpoint(r, p),
            s.backup_copy(r, p, k) == s.copy(r, p, k),
        ),
    )


@invariant(RuleID.INSTANCES, when=exact, r="resource", p="key", k="key")
def own_data_while_online(s: State, r: Term, p: Term, k: Term) -> Claim:
    """Without a conflict, a resource that is online finds what it last left there itself."""
    n = s.owner(r)
    return Claim(
        {
            "online": online(s, r),
            "checkpointed": s.checkpoint(r, p),
            "root exists": exists(s, n, p),
            "covered": s.under(p, k),
            "untangled": Not(s.tangled(r)),
            "no conflict": s.alone(r),
        },
        s.registry(n, k) == s.mine(r, p, k),
    )


@invariant(RuleID.INSTANCES, when=exact, r="resource", p="key", k="key")
def own_data_in_copy(s: State, r: Term, p: Term, k: Term) -> Claim:
    """Without a conflict, the copy of a resource is what it last left there itself."""
    return Claim(
        {
            "stored": s.stored(r, p),
            "covered": s.under(p, k),
            "untangled": Not(s.tangled(r)),
            "no conflict": s.alone(r),
        },
        s.copy(r, p, k) == s.mine(r, p, k),
    )


PAGE = (
    captured_while_online,
    copy_is_as_last_seen,
    offline_change_overwritten,
    restored_before_online,
    restored_is_the_copy,
    deleted_leaves_no_checkpoint,
    backup_holds_the_checkpoint,
    own_data_while_online,
    own_data_in_copy,
)
