"""Words that the clauses are written in."""

from z3 import And, BoolVal, Or

from clusckpt_spec.system.sorts import (
    FAILED,
    OFFLINE,
    OFFLINE_PENDING,
    ONLINE,
    ONLINE_PENDING,
    Term,
)
from clusckpt_spec.system.state import State

NEVER: Term = BoolVal(val=False)
"""What is so of nothing."""


def online(s: State, r: Term) -> Term:
    """Resource `r` is online."""
    return s.status(r) == ONLINE


def pending(s: State, r: Term) -> Term:
    """Resource `r` is coming online: accepted, and not yet online."""
    return s.status(r) == ONLINE_PENDING


def stopping(s: State, r: Term) -> Term:
    """Resource `r` is going offline: accepted, and not yet offline."""
    return s.status(r) == OFFLINE_PENDING


def running(s: State, r: Term) -> Term:
    """Resource `r` is online, on its way there, or on its way from there."""
    return Or(online(s, r), pending(s, r), stopping(s, r))


def resting(s: State, r: Term) -> Term:
    """Resource `r` is offline or failed."""
    return Or(s.status(r) == OFFLINE, s.status(r) == FAILED)


def exists(s: State, n: Term, k: Term) -> Term:
    """Key `k` exists on node `n`."""
    return s.registry(n, k) != s.absent()


def above(s: State, j: Term, k: Term) -> Term:
    """Key `j` lies strictly above key `k`."""
    return And(s.under(j, k), j != k)


def overlap(s: State, p: Term, q: Term) -> Term:
    """The trees under `p` and `q` share a key; in a forest, one root then lies under the other."""
    return Or(s.under(p, q), s.under(q, p))
