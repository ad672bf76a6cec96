"""Progress: what happens in the end, if what can always happen does happen some time.

Safety says what never goes wrong; a cluster that never captures anything is safe. Where a capture
may wait (A1), the documents promise that it comes. The rule for that is the classical one for weak
fairness (Lamport, The Temporal Logic of Actions, rule WF1): as long as something waits, no step
ends the waiting but by reaching the goal, and one action, which can happen all the while, reaches
it. If that action is treated fairly, the goal is reached, however many nodes, resources and keys
there are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc

from z3 import And, ForAll, Implies, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.actions.copies import capture
from clusckpt_spec.system.capture import may_wait
from clusckpt_spec.system.predicates import exists, online
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import Symbols, bound


@dataclass(frozen=True)
class Progress:
    """What waits, what it leads to, and the action, with its elements, that fairness is for."""

    name: str
    purpose: str
    rules: tuple[RuleID, ...]
    variables: tuple[tuple[str, str], ...]
    waiting: Callable[..., Term]
    goal: Callable[..., Term]
    helpful: Action
    """Its parameters are the variables, in order."""
    when: Callable[[Reading], bool]

    def elements(self, s: Symbols) -> tuple[Term, ...]:
        """The elements that it is about."""
        return tuple(bound(s, sort, name)[0] for name, sort in self.variables)


def comes(reading: Reading) -> bool:
    """Whether a capture that waits is promised to come (A1), and is not optional."""
    return may_wait(reading) and reading[AmbiguityID.A1] == "eventual"


def _waits(s: State, r: Term, p: Term) -> Term:
    return And(online(s, r), s.dirty(r, p), exists(s, s.owner(r), p))


def _captured(s: State, r: Term, p: Term) -> Term:
    (k,) = bound(s, "key", "k")
    n = s.owner(r)
    equal = ForAll([k], Implies(s.under(p, k), s.copy(r, p, k) == s.registry(n, k)))
    overtaken = Or(Not(online(s, r)), Not(s.checkpoint(r, p)), Not(exists(s, n, p)))
    return Or(And(s.stored(r, p), equal), overtaken)


captured_in_the_end = Progress(
    name="captured_in_the_end",
    purpose=cleandoc(
        """A change while online is captured in the end: at some time the copy is the tree.

        Unless the resource stops, or the checkpoint or its root is gone, before that.
        """
    ),
    rules=(RuleID.CAPTURE_ONLINE, RuleID.KB_CAPTURE_ONLINE),
    variables=(("r", "resource"), ("p", "key")),
    waiting=_waits,
    goal=_captured,
    helpful=capture,
    when=comes,
)

PROGRESS = (captured_in_the_end,)
"""All of them."""
