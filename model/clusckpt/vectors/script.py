"""Scripts: what a case is made from, before it is known what may come of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.vectors import Start
from clusckpt_spec.register import RuleID


@dataclass(frozen=True, slots=True)
class Planned:
    """An event, and which of the allowed results the sequence goes on from, if it matters.

    `state` is a state that some resource is to be seen in, such as `OnlinePending`; without one,
    everything that the event sets going has come to an end. Of several results that fit, one is
    drawn; another `draw` draws another.
    """

    event: AnyEvent
    state: str | None = None
    draw: int = 0


Program: TypeAlias = tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A program from a start of its subject."""

    title: str
    start: str
    program: Program


@dataclass(frozen=True, slots=True)
class Subject:
    """What a file of vectors is about.

    The planned scripts are held against the planted bugs that break `rules`, and against readings
    that choose otherwise for `ambiguities`.
    """

    name: str
    title: str
    rules: frozenset[RuleID]
    ambiguities: tuple[AmbiguityID, ...]
    starts: dict[str, Start]
    scripts: tuple[Script, ...]


def program(*parts: AnyEvent | Planned | Iterable[AnyEvent | Planned]) -> Program:
    """Events one after the other.

    >>> from clusckpt_spec.formats.events import NodeCrash, NodeJoin
    >>> [one.event for one in program(NodeCrash("N1"), [NodeJoin("N1")])]
    [NodeCrash(node='N1'), NodeJoin(node='N1')]
    """
    planned: list[Planned] = []
    for part in parts:
        if isinstance(part, Planned):
            planned.append(part)
        elif isinstance(part, Iterable):
            planned.extend(program(*part))
        else:
            planned.append(Planned(part))
    return tuple(planned)
