"""The comparison: every state of a carrier, every event, both directions."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from clusckpt.rules import Rulebook
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome, step
from clusckpt_proofs.agreement.abstraction import Abstraction
from clusckpt_proofs.agreement.carrier import Carrier
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.system.program import Concrete, Instance


@dataclass(frozen=True)
class Disagreement:
    """A step that one reading of the rules allows and the other does not."""

    event: AnyEvent | None
    instance: Instance | None
    before: Concrete
    after: Concrete
    reason: str


@dataclass(frozen=True)
class Comparison:
    """The outcome of an exhaustive comparison; the counts are pinned by tests."""

    model_states: int
    system_states: int
    model_steps: int
    system_steps: int
    disagreement: Disagreement | None


def compare(
    carrier: Carrier,
    rules: Rulebook | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Comparison:
    """Explore the model on a carrier and compare each step with the transition system.

    Args:
        carrier: the small cluster; its reading says which system.
        rules: another rulebook for the model, to see a planted bug found.
        progress: told the number of states done so far.
    """
    return _Explorer(carrier, rules or carrier.rules, progress).compare()


def explained(
    abstraction: Abstraction, before: ClusterState, outcome: Outcome
) -> tuple[Concrete, str]:
    """Where the moves of an outcome lead in the system, and why not to the outcome's state."""
    reached = abstraction.state(before)
    for instance in [one for move in outcome.moves for one in abstraction.instances(move)]:
        further = abstraction.carrier.program.step(reached, instance)
        if further is None:
            return reached, f"the transition system does not allow {instance}"
        reached = further
    if reached != abstraction.state(outcome.state):
        return reached, "the transition system comes to another state"
    return reached, ""


class _Explorer:
    def __init__(self, carrier: Carrier, rules: Rulebook, progress: Callable[[int], None]) -> None:
        self.carrier, self.rules, self.progress = carrier, rules, progress
        self.abstraction = Abstraction(carrier)
        self.reached: dict[Concrete, set[Concrete]] = defaultdict(set)
        self.model_steps = 0

    def compare(self) -> Comparison:
        """Forward while exploring; backward once everything has been reached."""
        seen, waiting = {self.carrier.start}, [self.carrier.start]
        found = None
        while waiting and found is None:
            state = waiting.pop()
            self.progress(len(seen))
            found = self._forward(state, seen, waiting)
        system_steps, backward = (0, None)
        if found is None and not self.carrier.only_forward:
            system_steps, backward = self._backward()
        return Comparison(
            len(seen), len(self.reached), self.model_steps, system_steps, found or backward
        )

    def _forward(
        self, state: ClusterState, seen: set[ClusterState], waiting: list[ClusterState]
    ) -> Disagreement | None:
        """Every outcome of every event is a run of the system."""
        before = self.abstraction.state(state)
        successors = self.reached[before]
        for event in self.carrier.events:
            for outcome in step(state, event, self.rules):
                self.model_steps += 1
                after, reason = explained(self.abstraction, state, outcome)
                if reason:
                    return Disagreement(event, None, before, after, reason)
                successors.add(after)
                if outcome.state not in seen:
                    seen.add(outcome.state)
                    waiting.append(outcome.state)
        return None

    def _backward(self) -> tuple[int, Disagreement | None]:
        """Every step of the system is an outcome of some event in a state that it stands for."""
        steps = 0
        missing = self._left_out()
        for before, successors in self.reached.items():
            for instance, after in self.carrier.program.steps(before):
                if instance[0] in missing:
                    continue
                steps += 1
                if after not in successors:
                    reason = "the reference model has no event that does this"
                    return steps, Disagreement(None, instance, before, after, reason)
        return steps, None

    def _left_out(self) -> set[str]:
        """The actions whose events the carrier does without."""
        events = {
            "BackupClusterDatabase": "backup",
            "RestoreClusterDatabase": "restore_database",
            "NodeCrash": "crash",
            "NodeJoin": "join",
            "FailoverClusterGroup": "failover",
            "FailClusterResource": "fail",
            "DllTerminate": "terminate",
            "RegOpenKeyEx": "block",
            "RegCloseKey": "unblock",
            "LoseStoredCopy": "lose_copy",
            "RecreateCheckpoints": "recreate",
            "CreateClusterResource": "create",
        }
        return {events[name] for name in self.carrier.left_out if name in events}
