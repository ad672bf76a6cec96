"""What a change of a registry tree does beside changing it: copies are stored, restores undone.

CKPT-CAPTURE-ONLINE: "Whenever anything changes on the checkpointed registry tree and the resource
is online, the Cluster service stores a copy of the tree on the quorum resource." How soon it does
so is the ambiguity A1; what a change between online and offline is worth, A3; and whether another
resource's restore is a change, A24.
"""

from collections.abc import Callable

from z3 import And, If, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.system.predicates import exists, online, pending, running, stopping
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State

Changed = Callable[[Term, Term], Term]
"""Which trees changed: whether that under root `p`, as resource `r` sees it, did."""


def immediate(reading: Reading) -> bool:
    """Whether a change while online is captured by the change itself (A1)."""
    return reading[AmbiguityID.A1] == "immediate"


def either_way(reading: Reading) -> bool:
    """Whether a change between online and offline may be captured or not (A3)."""
    return reading[AmbiguityID.A3] == "either"


def may_wait(reading: Reading) -> bool:
    """Whether there are changes that are captured later, if at all."""
    doubtful = either_way(reading) or reading[AmbiguityID.A24] == "either"
    return doubtful or not immediate(reading)


def faithful(reading: Reading) -> bool:
    """Whether a copy and its tree differ only by what waits to be captured.

    A failed restore that is survived (A25) leaves a tree that is not the copy, and so does a
    restore for another resource, if it does not count as a change (A24).
    """
    seen = reading[AmbiguityID.A24] != "not-recaptured"
    return seen and reading[AmbiguityID.A25] == "fatal"


def exact(reading: Reading) -> bool:
    """Whether, wherever a resource is online, its copies are its trees: nothing waits or fails."""
    return faithful(reading) and not may_wait(reading)


def watched(s: State, after: State, n: Term, changed: Changed, r: Term, p: Term) -> Term:
    """Root `p` of `r`, which is online on node `n`, is among the trees that changed there.

    A tree whose root is gone cannot be copied: the last good copy stays (CKPT-ROOT-DELETED).
    """
    listed = And(online(s, r), s.owner(r) == n, s.checkpoint(r, p))
    return And(listed, changed(r, p), exists(after, n, p))


def captured(s: State, after: State, n: Term, changed: Changed) -> State:
    """The state `after`, with every copy taken, or due, that the change on node `n` calls for.

    A copy that had been lost is there again, and counts as what the node has.
    """
    if not immediate(s.reading):
        return _dirty(s, after, n, lambda r, p: And(changed(r, p), online(s, r)))

    def taken(r: Term, p: Term) -> Term:
        return watched(s, after, n, changed, r, p)

    return after.updated(
        copy=lambda r, p, k: If(
            And(taken(r, p), s.under(p, k)), after.registry(n, k), s.copy(r, p, k)
        ),
        stored=lambda r, p: Or(s.stored(r, p), taken(r, p)),
        restored=lambda r, p: Or(after.restored(r, p), taken(r, p)),
        astray=lambda r, p: And(after.astray(r, p), Not(taken(r, p))),
        carried=lambda r, p, k, x: If(
            And(taken(r, p), s.under(p, k)), after.brought(n, k, x), s.carried(r, p, k, x)
        ),
    )


def copied(s: State, taken: Changed) -> State:
    """The state `s`, except that every copy `taken` is the tree as its owner has it.

    Nothing of it waits any more; online, the node has what is stored.
    """
    return s.updated(
        copy=lambda r, p, k: If(
            And(taken(r, p), s.under(p, k)), s.registry(s.owner(r), k), s.copy(r, p, k)
        ),
        stored=lambda r, p: Or(s.stored(r, p), taken(r, p)),
        restored=lambda r, p: Or(s.restored(r, p), And(taken(r, p), online(s, r))),
        dirty=lambda r, p: And(s.dirty(r, p), Not(taken(r, p))),
        astray=lambda r, p: And(s.astray(r, p), Not(taken(r, p))),
        carried=lambda r, p, k, x: If(
            And(taken(r, p), s.under(p, k)), s.brought(s.owner(r), k, x), s.carried(r, p, k, x)
        ),
    )


def changed_between(s: State, after: State, n: Term, changed: Changed) -> State:
    """The state `after`, as the change on node `n` concerns what is not online and not at rest.

    Reading A3: it counts as an offline change, so a restored tree waits to be restored again; or
    it may be captured or not, and a restored tree may be restored again or not.
    """
    if either_way(s.reading):
        return _dirty(s, after, n, lambda r, p: And(changed(r, p), between(s, r, p)))

    def waits_again(r: Term, p: Term) -> Term:
        return And(pending(s, r), s.owner(r) == n, changed(r, p))

    return after.updated(restored=lambda r, p: And(after.restored(r, p), Not(waits_again(r, p))))


def between(s: State, r: Term, p: Term) -> Term:
    """Root `p` of `r` is past its restore and not yet online, or on the way to offline."""
    return Or(stopping(s, r), And(pending(s, r), s.restored(r, p)))


def restored_over(s: State, after: State, n: Term, changed: Changed) -> State:
    """The state `after` a restore on node `n`, as it concerns resources that are online (A24)."""
    choice = s.reading[AmbiguityID.A24]
    if choice == "recaptured":
        return captured(s, after, n, changed)
    if choice == "either":
        return _dirty(s, after, n, lambda r, p: And(changed(r, p), online(s, r)))
    return gone_astray(s, after, n, changed)


def gone_astray(s: State, after: State, n: Term, changed: Changed) -> State:
    """The state `after`, in which the trees that changed on node `n` differ from their copies."""

    def unnoticed(r: Term, p: Term) -> Term:
        return And(running(s, r), s.owner(r) == n, changed(r, p))

    return after.updated(astray=lambda r, p: Or(after.astray(r, p), unnoticed(r, p)))


def _dirty(s: State, after: State, n: Term, concerned: Changed) -> State:
    def marked(r: Term, p: Term) -> Term:
        return And(s.owner(r) == n, s.checkpoint(r, p), concerned(r, p))

    return after.updated(dirty=lambda r, p: Or(after.dirty(r, p), marked(r, p)))
