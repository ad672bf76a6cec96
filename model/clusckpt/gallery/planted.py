"""What the gallery exhibits: implementations with one bug each, and some that only look odd."""

from dataclasses import dataclass

from clusckpt.properties.run import Behaviour, Run, started
from clusckpt.rules import MSCS_PAGE_RULES, Rulebook
from clusckpt.state import ClusterState
from clusckpt.steps import step
from clusckpt_spec.readings import MSCS_PAGE, Reading
from clusckpt_spec.register.ids import RuleID


@dataclass(frozen=True)
class PlantedBug:
    """A model that breaks one rule; the properties must say which, under the reading that judges.

    Most bugs replace one clause of the rulebook. What a rulebook does not decide, such as the
    answer of a control code, is changed in `behaviour`, a faulty variant of the step.
    """

    name: str
    rule: RuleID
    description: str
    rulebook: Rulebook = MSCS_PAGE_RULES
    judged_by: Reading = MSCS_PAGE
    behaviour: Behaviour = step
    also: tuple[RuleID, ...] = ()
    """Rules that a program of it may break as well, or seem to because no more of it shows."""

    def run(self, state: ClusterState) -> Run:
        """A run of the faulty model from a state."""
        return started(self.rulebook, state, self.judged_by, self.behaviour)


@dataclass(frozen=True)
class LegalButOdd:
    """A model that does what few would expect and breaks no rule of the reading that judges."""

    name: str
    description: str
    rulebook: Rulebook
    judged_by: Reading = MSCS_PAGE
    behaviour: Behaviour = step

    def run(self, state: ClusterState) -> Run:
        """A run of the odd model from a state."""
        return started(self.rulebook, state, self.judged_by, self.behaviour)
