"""Runs: a model followed step by step by an observer, and told as a readable program."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from clusckpt.names import Path
from clusckpt.properties.chronicle import Chronicle, begun
from clusckpt.properties.contents import contents_of
from clusckpt.properties.every import violations
from clusckpt.properties.noting import noted
from clusckpt.properties.violation import Violation
from clusckpt.registry import RegistryKey
from clusckpt.rules import Rulebook
from clusckpt.state import CheckpointName, ClusterState, Resource
from clusckpt.steps import Outcome, step
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.readings import Reading

Behaviour = Callable[[ClusterState, AnyEvent, Rulebook], frozenset[Outcome]]
"""What may come of an event: `step`, or a faulty variant of it."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that happened: what it answered, and which of its outcomes it had, from 0."""

    event: AnyEvent
    status: Status
    choice: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the model under a rulebook up to a state, with the chronicle of its observer.

    `program` has what happened, in order.
    """

    rules: Rulebook
    state: ClusterState
    chronicle: Chronicle
    behaviour: Behaviour = step
    program: tuple[Happening, ...] = ()

    def outcomes(self, event: AnyEvent) -> list[Outcome]:
        """What may come of an event, in an order that does not depend on hashing."""
        outcomes = list(self.behaviour(self.state, event, self.rules))
        return outcomes if len(outcomes) < 2 else sorted(outcomes, key=_order)  # noqa: PLR2004

    def violations(self, event: AnyEvent, outcome: Outcome) -> Iterator[Violation]:
        """What is wrong with an outcome of an event."""
        return violations(self.chronicle, self.state, event, outcome)

    def then(self, event: AnyEvent, outcome: Outcome, choice: int = 0) -> Run:
        """The run after an event with this outcome, the choice among its `outcomes`."""
        return replace(
            self,
            state=outcome.state,
            chronicle=noted(self.chronicle, self.state, event, outcome),
            program=(*self.program, Happening(event, outcome.status, choice)),
        )

    def __str__(self) -> str:
        steps = enumerate(self.program, start=1)
        return "\n".join(f"{at:3}. {one.event} -> {one.status.name}" for at, one in steps)


def started(
    rules: Rulebook,
    state: ClusterState,
    reading: Reading | None = None,
    behaviour: Behaviour = step,
) -> Run:
    """A run that starts in a state; the reading judges, by default that of the rulebook.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> from clusckpt_spec.formats.events import NodeCrash
    >>> run = started(MSCS_PAGE_RULES, two_nodes())
    >>> crash = NodeCrash("N1")
    >>> print(run.then(crash, run.outcomes(crash)[0]))
      1. NodeCrash(node='N1') -> ERROR_SUCCESS
    """
    return Run(rules, state, begun(reading or rules.reading, state), behaviour)


def _order(outcome: Outcome) -> tuple[object, ...]:
    state = outcome.state
    return (
        outcome.status,
        sorted(outcome.output or ()),
        sorted((name, entry.owner) for name, entry in state.groups.items()),
        [
            (name, one.state, one.persistent_online, sorted(one.restored), _roots(one))
            for name, one in sorted(state.resources.items())
        ],
        [_tree(node.registry) for _, node in sorted(state.nodes.items())],
        [
            (name, *((0, _tree(copy)) if isinstance(copy, RegistryKey) else (1, str(copy))))
            for name, copy in sorted(state.copies.items(), key=lambda entry: entry[0])
        ],
    )


def _roots(resource: Resource) -> list[tuple[CheckpointName, Path]]:
    return sorted((name, entry.root) for name, entry in resource.checkpoints.items())


def _tree(tree: RegistryKey) -> list[object]:
    return [(path, sorted(held)) for path, held in sorted(contents_of(tree, ()).items())]
