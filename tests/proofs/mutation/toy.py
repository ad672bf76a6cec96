"""A small system whose mutants are known: lamps that are lit, and a record of who ever was."""

from collections.abc import Mapping
from dataclasses import dataclass

from z3 import And, ForAll, Not, Or

from clusckpt_proofs.mutation.bench import Bench
from clusckpt_proofs.mutation.cases import Case
from clusckpt_proofs.mutation.finite import Instance
from clusckpt_proofs.mutation.judge import Judge, Judgement
from clusckpt_proofs.mutation.mutants import mutants
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.claim import Claim, invariant
from clusckpt_spec.system.sorts import Scope, Term, unbounded
from clusckpt_spec.system.symbols import Role, Symbol, Symbols, bound, symbol
from clusckpt_spec.system.system import Specification, TransitionSystem

SCOPE = Scope(node=1, resource=2, key=1, data=2)


@dataclass(frozen=True)
class Lamps(Symbols):
    """Which lamps are lit, which ever were, and which are dusty, of which nothing is claimed."""

    lit: Symbol = symbol(  # noqa: RUF009 - as in State
        Role.PROPER, "resource -> bool", "lit(r): lamp r is lit"
    )
    known: Symbol = symbol(  # noqa: RUF009 - as in State
        Role.HISTORY, "resource -> bool", "known(r): lamp r was lit once"
    )
    dusty: Symbol = symbol(  # noqa: RUF009 - as in State
        Role.PROPER, "resource -> bool", "dusty(r): lamp r is dusty"
    )


@action(resource="resource")
def light(s: Lamps, resource: Term) -> Step:
    """A lamp is lit, and that is recorded."""
    lit = s.updated(lit=lambda r: Or(s.lit(r), r == resource))
    return Step(Not(s.lit(resource)), lit.updated(known=lambda r: Or(s.known(r), lit.lit(r))))


@action(resource="resource")
def dim(s: Lamps, resource: Term) -> Step:
    """A lamp is put out, which was lit and is known."""
    after = s.updated(lit=lambda r: And(s.lit(r), r != resource))
    return Step(And(s.lit(resource), s.known(resource)), after)


@invariant(r="resource")
def lit_is_known(s: Lamps, r: Term) -> Claim:
    """A lamp that is lit is known."""
    return Claim({"lit": s.lit(r)}, s.known(r))


def initial(s: Lamps) -> Mapping[str, Term]:
    """No lamp is lit."""
    (r,) = bound(s, "resource", "r")
    return {"dark": ForAll([r], Not(s.lit(r)))}


LAMPS = Specification("lamps", Lamps, lambda _: {}, initial, (light, dim), (lit_is_known,))
SYSTEM = TransitionSystem(LAMPS, MSCS_PAGE, unbounded())

DARK = {"lit": (False, False), "known": (False, False), "dusty": (False, False)}
TOUR = {
    "light": (Case(DARK, {"resource": 0}, SCOPE),),
    "dim": (Case({**DARK, "lit": (True, False), "known": (True, False)}, {"resource": 0}, SCOPE),),
}
"""The first lamp is lit and put out again."""


def bench(name: str, *, toured: bool = True) -> Bench:
    """The bench of one of the two actions, with its moments of the tour or without."""
    chosen = next(entry for entry in LAMPS.actions if entry.name == name)
    return Bench(Instance(SYSTEM, SCOPE), chosen, {MSCS_PAGE.name: TOUR[name]} if toured else {})


def fates(name: str, *, toured: bool = True) -> dict[str, Judgement]:
    """The judgement of every mutant of one of the two actions, by the mutant's name."""
    judge = Judge(bench(name, toured=toured))
    return {mutant.name: judge.judgement(mutant) for mutant in mutants(SYSTEM, judge.bench.clause)}
