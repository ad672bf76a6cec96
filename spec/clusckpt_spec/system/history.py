"""History: what the theorems speak of and no action depends on.

`tangled`, `seen`, `unchanged` and `astray` follow every action in the same way; some actions say
more about them. `mine` follows writes, adds and the restore of a database, and deliberately does
not follow another resource's restore: that difference is what the collision theorem is about.
`brought` and `carried` say the same of where data come from, whatever waits or fails.
"""

from collections.abc import Callable

from z3 import And, Exists, If, Or

from clusckpt_spec.system.capture import Changed, watched
from clusckpt_spec.system.predicates import exists, online, running
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import bound

Keys = Callable[[Term], Term]
"""A set of keys, as a predicate."""


def left_there(s: State, after: State, n: Term, changed: Changed, touched: Keys) -> State:
    """`mine` after somebody wrote the keys `touched` on node `n`.

    If the root had been gone, the whole tree is what the write left there.
    """

    def rewritten(r: Term, p: Term, k: Term) -> Term:
        anew = Or(touched(k), s.registry(n, p) == s.absent())
        return And(watched(s, after, n, changed, r, p), s.under(p, k), anew)

    return after.updated(
        mine=lambda r, p, k: If(rewritten(r, p, k), after.registry(n, k), s.mine(r, p, k))
    )


def recorded(s: State, after: State) -> State:
    """The state `after`, with the histories that follow every action."""

    def last_seen(r: Term, p: Term, k: Term) -> Term:
        n = after.owner(r)
        watched = And(online(after, r), after.checkpoint(r, p), exists(after, n, p))
        return If(watched, after.registry(n, k), after.seen(r, p, k))

    def still_unchanged(r: Term, p: Term, k: Term) -> Term:
        same = after.copy(r, p, k) == s.copy(r, p, k)
        return And(s.unchanged(r, p, k), after.checkpoint(r, p), same)

    return after.updated(
        tangled=lambda r: Or(s.tangled(r), disagreement(after, r)),
        seen=last_seen,
        unchanged=still_unchanged,
        astray=lambda r, p: And(after.astray(r, p), running(after, r)),
    )


def disagreement(s: State, r: Term) -> Term:
    """Two copies of `r` hold different things for a key that both cover (A22)."""
    p, q, k = bound(s, "key", "p q k")
    both = And(s.stored(r, p), s.stored(r, q), s.under(p, k), s.under(q, k))
    return Exists([p, q, k], And(both, s.copy(r, p, k) != s.copy(r, q, k)))
