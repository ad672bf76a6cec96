"""Instances: without a conflict, nobody else's data reach a resource, under any reading.

The collision theorem. `brought` and `carried` follow where data come from: a restore for a
resource marks what it puts on a node, a write takes the mark away, and a capture carries it into
the copy. What an add, or the recovery tool, finds on a node becomes the resource's own. So it
holds also where captures wait and failed restores are survived, and data may be older ones.
"""

from z3 import And, Not

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.claim import Claim, invariant
from clusckpt_spec.system.predicates import overlap, running
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State


@invariant(RuleID.INSTANCES, r="resource", q="resource", i="key", j="key", n="node")
def alone_means_apart(s: State, r: Term, q: Term, i: Term, j: Term, n: Term) -> Claim:
    """A resource without a conflict shares no tree with another that a node may host as well."""
    return Claim(
        {
            "no conflict": s.alone(r),
            "another": q != r,
            "given": And(s.claims(r, i), s.claims(q, j)),
            "shared node": And(s.possible(r, n), s.possible(q, n)),
        },
        Not(overlap(s, i, j)),
    )


@invariant(RuleID.INSTANCES, n="node", k="key", x="resource")
def brought_by_who_may(s: State, n: Term, k: Term, x: Term) -> Claim:
    """Data are put on a node only for a resource that it can host, where that may get a root."""
    return Claim({"brought": s.brought(n, k, x)}, And(s.covers(x, k), s.possible(x, n)))


@invariant(RuleID.INSTANCES, r="resource", p="key", k="key", x="resource")
def tree_is_nobody_elses(s: State, r: Term, p: Term, k: Term, x: Term) -> Claim:
    """Without a conflict, what a running resource has under its roots was put there by no other."""
    return Claim(
        {
            "running": running(s, r),
            "checkpointed": s.checkpoint(r, p),
            "covered": s.under(p, k),
            "no conflict": s.alone(r),
            "another": x != r,
        },
        Not(s.brought(s.owner(r), k, x)),
    )


@invariant(RuleID.INSTANCES, r="resource", p="key", k="key", x="resource")
def copy_is_nobody_elses(s: State, r: Term, p: Term, k: Term, x: Term) -> Claim:
    """Without a conflict, no copy of a resource was taken of what another's restore put there."""
    return Claim(
        {
            "stored": s.stored(r, p),
            "covered": s.under(p, k),
            "no conflict": s.alone(r),
            "another": x != r,
        },
        Not(s.carried(r, p, k, x)),
    )


@invariant(RuleID.INSTANCES, RuleID.RESTORE_DATABASE, r="resource", p="key", k="key", x="resource")
def backup_is_nobody_elses(s: State, r: Term, p: Term, k: Term, x: Term) -> Claim:
    """Without a conflict, no copy in the backup was taken of another's data."""
    return Claim(
        {
            "stored": s.backup_stored(r, p),
            "covered": s.under(p, k),
            "no conflict": s.alone(r),
            "another": x != r,
        },
        Not(s.backup_carried(r, p, k, x)),
    )


INSTANCES = (
    alone_means_apart,
    brought_by_who_may,
    tree_is_nobody_elses,
    copy_is_nobody_elses,
    backup_is_nobody_elses,
)
"""All of them."""
