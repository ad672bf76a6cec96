"""What a change of a registry tree does beside changing it: copies are stored, restores undone.

CKPT-CAPTURE-ONLINE: "Whenever anything changes on the checkpointed registry tree and the resource
is online, the Cluster service stores a copy of the tree on the quorum resource."
"""

from collections.abc import Callable

from z3 import And, If, Not

from clusckpt_spec.system.predicates import exists, online, pending
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State

Roots = Callable[[Term], Term]
"""A set of roots, as a predicate."""


def takes_copy(s: State, after: State, n: Term, changed: Roots, r: Term, p: Term) -> Term:
    """The change of the trees `changed` on node `n` makes the service copy root `p` of `r`.

    A tree whose root is gone cannot be copied: the last good copy stays (CKPT-ROOT-DELETED).
    """
    watched = And(online(s, r), s.owner(r) == n, s.checkpoint(r, p))
    return And(watched, changed(p), exists(after, n, p))


def captured(s: State, after: State, n: Term, changed: Roots) -> State:
    """The state `after`, in which every copy is taken that the change on node `n` calls for."""
    return after.updated(
        copy=lambda r, p, k: If(
            And(takes_copy(s, after, n, changed, r, p), s.under(p, k)),
            after.registry(n, k),
            s.copy(r, p, k),
        )
    )


def undone(s: State, after: State, n: Term, changed: Roots) -> State:
    """The state `after`, in which changed trees of resources still coming online wait again.

    Reading A3: a change made before the resource is online counts as an offline change and is
    overwritten, so the tree has to be restored once more.
    """
    return after.updated(
        restored=lambda r, p: And(
            s.restored(r, p), Not(And(pending(s, r), s.owner(r) == n, changed(p)))
        )
    )
