"""Many obligations at once: what they share is given to the solver once.

Obligations of one action differ in the last term only, so one solver takes the others and each
last one in turn. Obligations under several readings that come to the very same terms share one
proof. Either is only a faster way to `holds`: whatever the shared solver does not refute is asked
again alone, so no answer depends on what was asked before.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from time import perf_counter

import z3

from clusckpt_proofs import unbounded
from clusckpt_proofs.obligation import Answer, Kind, Obligation, Result, Verdict
from clusckpt_spec.system.sorts import Term

SHARED_MILLISECONDS = 500
"""How long a shared solver may take before the obligation is asked alone."""

SHARING = (Kind.INITIAL, Kind.STEP, Kind.THEOREM, Kind.PROGRESS)
"""The kinds that share solvers. A schedule has few proofs, and each is faster alone."""

Terms = list[Term]


class Batch:
    """Obligations discharged one after the other, with what was proved and the solvers so far."""

    def __init__(self) -> None:
        """Begin with nothing proved."""
        # z3 gives no two terms that are alive the same number, so the terms are kept.
        self._proved: dict[frozenset[int], tuple[str, Terms]] = {}
        self._solvers: dict[tuple[int, ...], tuple[z3.Solver, Terms]] = {}

    def verdict(self, obligation: Obligation) -> Verdict:
        """Discharge an obligation, and measure how long that took here."""
        return self.answered(obligation)[0]

    def answered(self, obligation: Obligation) -> tuple[Verdict, Answer]:
        """The verdict, with the answer that it was made of."""
        start = perf_counter()
        answer = self._answer(obligation)
        return obligation.judged(answer, perf_counter() - start), answer

    def _answer(self, obligation: Obligation) -> Answer:
        if obligation.refutation is None:
            return obligation.discharge()
        terms = obligation.refutation()
        key = frozenset(term.get_id() for term in terms)
        if key in self._proved:
            return Answer(Result.HOLDS, (f"the same terms as {self._proved[key][0]}: one proof",))
        shared = obligation.kind in SHARING and self._refuted(terms)
        answer = Answer(Result.HOLDS) if shared else obligation.discharge()
        if answer.result is Result.HOLDS:
            self._proved[key] = obligation.name, terms
        return answer

    def _refuted(self, terms: Terms) -> bool:
        """Whether a solver that has all terms but the last refutes the last."""
        *given, last = terms
        key = tuple(term.get_id() for term in given)
        if key not in self._solvers:
            solver = z3.Solver()
            solver.add(*given)
            self._solvers[key] = solver, given
        solver, _ = self._solvers[key]
        solver.set("timeout", min(SHARED_MILLISECONDS, unbounded.TIMEOUT_MILLISECONDS))
        solver.push()
        solver.add(last)
        answer = solver.check()
        solver.pop()
        return bool(answer == z3.unsat)


def portions(obligations: Sequence[Obligation]) -> list[list[int]]:
    """The positions of the obligations that are best discharged together, longest work first.

    Proofs about one action go together under all readings; what is executed or searched for, by
    reading, since the finite system of a reading is made once.
    """
    executed: defaultdict[str, list[int]] = defaultdict(list)
    proved: defaultdict[str, list[int]] = defaultdict(list)
    for position, obligation in enumerate(obligations):
        parts = obligation.name.split("/")
        if obligation.refutation is None:
            executed["/".join(parts[:3])].append(position)
        else:
            proved["/".join((*parts[1:3], parts[-1]))].append(position)
    return [
        *sorted(executed.values(), key=len, reverse=True),
        *sorted(proved.values(), key=len, reverse=True),
    ]


def discharged(obligations: Iterable[Obligation]) -> Iterator[Verdict]:
    """Discharge some obligations together, in the order in which they come."""
    batch = Batch()
    for obligation in obligations:
        yield batch.verdict(obligation)
