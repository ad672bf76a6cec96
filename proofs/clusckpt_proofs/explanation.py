"""An obligation explained to a person: what it says, and its run step by step.

Nodes, resources and keys have names (`N1`, `R1`, `K1`), each step lists what it changed, and the
end says which rule that breaks, or meets.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import z3

from clusckpt_proofs.names import differences as changed
from clusckpt_proofs.names import element_name, instance_name
from clusckpt_proofs.obligation import Obligation, Result
from clusckpt_proofs.recheck.execution import Executed, named
from clusckpt_proofs.recheck.records import Applies, Breaks, Happens, Met, Run, Stuck
from clusckpt_proofs.recheck.showing import executed
from clusckpt_spec.register import RULES
from clusckpt_spec.system.claim import ActionTheorem, StepTheorem
from clusckpt_spec.system.program import Concrete, Table
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import Declaration, declarations


@dataclass(frozen=True)
class Row:
    """A line of the table: a step, or the state at the start, with what changed or holds."""

    what: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """What an obligation says and how it went; `rows` is its run, if it has one."""

    name: str
    result: Result
    rules: tuple[str, ...]
    says: tuple[str, ...]
    rows: tuple[Row, ...]
    ending: str


def explained(obligation: Obligation) -> Explanation:
    """Discharge an obligation and explain it."""
    answer = obligation.discharge()
    rules = tuple(f"{rule}: {RULES[rule].title}" for rule in obligation.rules)
    if answer.run is None:
        says = answer.story or ("Proved for any number of nodes, resources and keys.",)
        return Explanation(obligation.name, answer.result, rules, says, (), "")
    done = executed(answer.run)
    says, ending = _told(done, answer.run)
    rows = (_start(done, answer.run), *_steps(done))
    return Explanation(obligation.name, answer.result, rules, says, rows, ending)


def _steps(done: Executed) -> Iterator[Row]:
    for number, instance in enumerate(done.schedule, start=1):
        before, after = done.states[number - 1 : number + 1]
        facts = tuple(changed(done.program, before, after)) or ("changes nothing",)
        yield Row(f"{number}. {instance_name(done.program, instance)}", facts)


def _start(done: Executed, run: Run) -> Row:
    """The first state; of one that need not be initial, all that the claim speaks of."""
    if run.start == "initial":
        return Row("at the start", ("an initial state",))
    if not isinstance(run.shows, Breaks):
        return Row("at the start", ("a state in which all that is promised holds",))
    claim = named(run.shows.invariant, done.program.specification.invariants)
    spoken_of = _mentioned(claim.formula(done.program.state))
    return Row("at the start", tuple(_facts(done, done.states[0], spoken_of)))


def _told(done: Executed, run: Run) -> tuple[tuple[str, ...], str]:
    """What the obligation says, and what the end of the run shows."""
    specification = done.program.specification
    match run.shows:
        case Breaks(invariant=name, without=premise):
            claim = named(name, specification.invariants)
            dropped = f"Without its premise {premise!r} it does not hold:" if premise else "Broken:"
            return (claim.purpose, dropped), f"breaks {name}"
        case Happens(action=name, step=step):
            return (named(name, specification.actions).purpose,), f"step {step} does {name}"
        case Met(invariant=name, step=step):
            purpose = named(name, specification.invariants).purpose
            return (purpose,), f"after step {step} every premise of {name} holds"
        case Applies(theorem=name, step=step):
            theorems: tuple[ActionTheorem | StepTheorem, ...] = (
                *specification.theorems,
                *specification.step_theorems,
            )
            purpose = named(name, theorems).purpose
            return (purpose,), f"in step {step} every premise of {name} holds"
        case Stuck(action=name):
            return (named(name, specification.actions).purpose,), f"now {name} may not happen"


def _mentioned(term: Term) -> set[str]:
    """The names of all symbols in a term."""
    if z3.is_quantifier(term):
        return _mentioned(term.body())
    own = {str(term.decl().name())} if z3.is_app(term) else set()
    return own.union(*(_mentioned(part) for part in term.children()))


def _facts(done: Executed, state: Concrete, spoken_of: set[str]) -> Iterator[str]:
    """What a state says about what is spoken of; what is false or absent is left out."""
    names = [entry.name for entry in done.program.symbols]
    tables = {**done.program.rigid, **dict(zip(names, state, strict=True))}
    for entry in declarations(done.program.specification.state_type):
        if entry.name in spoken_of and entry.domain:
            yield from _true(done, entry, (), tables[entry.name])


def _true(done: Executed, entry: Declaration, at: tuple[int, ...], table: Table) -> Iterator[str]:
    if len(at) < len(entry.domain):
        for number, part in enumerate(table):
            yield from _true(done, entry, (*at, number), part)
        return
    rigid = done.program.rigid
    value = element_name(entry.range, table, rigid)
    elements = (element_name(*one, rigid) for one in zip(entry.domain, at, strict=True))
    applied = f"{entry.name}({', '.join(elements)})"
    if entry.range == "bool" and table:
        yield applied
    elif value not in ("false", "absent"):
        yield f"{applied} = {value}"
