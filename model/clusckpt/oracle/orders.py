"""Orders: lines whose order is not known, followed in every order that is possible.

Whichever lines of a window are done, in whatever order, what matters is the states that remain:
so the sets of lines that may be done are followed, not the orders.
"""

from clusckpt.oracle.candidates import LARGEST_SET, Candidate, TooManyCandidates
from clusckpt.oracle.line import followed
from clusckpt.oracle.windows import Window, may_come_next
from clusckpt.rules import Rulebook

Layer = dict[frozenset[int], list[Candidate]]
"""For each set of lines that may be done, by place: the states that remain possible."""


def in_every_order(
    candidates: list[Candidate], window: Window, rules: Rulebook, skew: float | None
) -> list[Candidate] | None:
    """The candidates after all lines of a window, in any order that fits; None if none does.

    Raises:
        TooManyCandidates: if more states remain possible than are followed.
        TooManyOrders: if more ends of an online are possible than are followed.
    """
    layer: Layer = {frozenset(): candidates}
    for _ in window:
        layer = _one_more(layer, window, rules, skew)
        if sum(map(len, layer.values())) > LARGEST_SET:
            raise TooManyCandidates
    return layer.get(frozenset(range(len(window))))


def _one_more(layer: Layer, window: Window, rules: Rulebook, skew: float | None) -> Layer:
    found: dict[frozenset[int], dict[object, Candidate]] = {}
    for done, candidates in layer.items():
        for at in may_come_next(window, done, skew):
            after, violation = followed(candidates, window[at], rules)
            if violation is None:
                known = found.setdefault(done | {at}, {})
                for one in after:
                    known.setdefault(one.state, one)
    return {done: list(known.values()) for done, known in found.items()}
