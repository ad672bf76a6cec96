"""The judge: is a mutant caught by a claim, by the tour, or by nothing, or is it no change?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from clusckpt_proofs.mutation.bench import Bench
from clusckpt_proofs.mutation.cases import Case
from clusckpt_proofs.mutation.clause import Clause
from clusckpt_proofs.mutation.equivalence import equivalent
from clusckpt_proofs.mutation.mutants import Mutant

_UNDECIDED = "no difference was found, and none was proved absent"


class Fate(StrEnum):
    """What becomes of a mutant."""

    PROOF = "killed by proof"
    """A claim that is proved of the action fails."""
    WITNESS = "killed by witness"
    """No claim fails, but the executed tour is not possible any more, or comes to another state."""
    EQUIVALENT = "equivalent"
    """It is proved to be the same relation on all lawful states."""
    SURVIVED = "survived"
    """It does otherwise in some lawful state, and nothing notices."""
    UNKNOWN = "unknown"
    """The solver gave up, or found no difference and proved none absent."""


@dataclass(frozen=True)
class Judgement:
    """What became of a mutant, and why.

    `killers` are the claims that fail in known cases; `moments` are the first moments of the tours
    that are different, by reading; `otherwise` is the fate where neither notices. `case` is a state
    in which the mutant does otherwise.
    """

    mutant: Mutant
    otherwise: Fate
    killers: tuple[str, ...] = ()
    moments: Mapping[str, int] = field(default_factory=dict)
    case: Case | None = None
    reason: str = ""

    def fate(self, reading: str) -> Fate:
        """The fate under a reading: the claims are the same, and the tour is its own."""
        if self.killers:
            return Fate.PROOF
        return Fate.WITNESS if reading in self.moments else self.otherwise


@dataclass
class Judge:
    """Judges the mutants of one action; `wide` is a larger instance for what stays open.

    If it is not `thorough`, it does not ask whether a claim fails too where every tour does.
    """

    bench: Bench
    wide: Bench | None = None
    thorough: bool = True
    timeout_milliseconds: int = 10_000

    def judgement(self, mutant: Mutant) -> Judgement:
        """The fate of a mutant."""
        try:
            return self._judged(mutant)
        except TimeoutError as timeout:
            return Judgement(mutant, Fate.UNKNOWN, reason=f"the solver gave up: {timeout}")

    def _judged(self, mutant: Mutant) -> Judgement:
        moments = self.bench.off_tour(mutant.clause)
        killers = self.bench.known_broken(mutant.clause)
        case = None
        if not killers and not moments:
            case = _difference(self.bench, mutant.clause)
            if case is None and self._equivalent(mutant):
                return Judgement(mutant, Fate.EQUIVALENT)
            if case is None and self.wide is not None:
                case = _difference(self.wide, mutant.clause)
            if case is None:
                return Judgement(mutant, Fate.UNKNOWN, reason=_UNDECIDED)
        if not killers and (self.thorough or len(moments) < len(self.bench.tours)):
            killers = self._killers(mutant.clause)
        return Judgement(mutant, Fate.SURVIVED, killers, moments, case)

    def _equivalent(self, mutant: Mutant) -> bool:
        bench = self.bench
        return equivalent(bench.instance.system, bench.clause, mutant, self.timeout_milliseconds)

    def _killers(self, mutant: Clause) -> tuple[str, ...]:
        """The claims that fail in a case that the solver finds, if there is one."""
        for bench in self._benches():
            example = bench.example(bench.broken(bench.terms, mutant))
            if example is not None:
                return example.holding
        return ()

    def _benches(self) -> Iterator[Bench]:
        yield self.bench
        if self.wide is not None:
            yield self.wide


def _difference(bench: Bench, mutant: Clause) -> Case | None:
    """A case that tells the mutant from the original, known or found; None if there is none."""
    known = bench.known_differences(mutant)
    if known:
        return bench.cases[known[0]]
    example = bench.example({"differs": bench.differs(bench.terms, mutant)})
    return None if example is None else example.case
