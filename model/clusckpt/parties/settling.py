"""Settling: what a call sets going comes to its end, so that it can be answered.

Captures by a timer wait until the delay passes, and a resource DLL always ends in time: its
Terminate runs only where nothing else can happen. Groups change hands and resources come online
unasked only after a failure or a return, not while somebody takes them offline or moves them.
"""

from collections.abc import Callable

from clusckpt.names import fold
from clusckpt.rules import LogEntry, Rulebook
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome, internal_events
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.events import (
    AnyEvent,
    BringOnline,
    CaptureCheckpoint,
    DllTerminate,
    FailbackClusterGroup,
    FailClusterResource,
    FailoverClusterGroup,
    InternalEvent,
    NodeCrash,
    NodeJoin,
    QuorumChange,
    RestoreClusterDatabase,
)

Choose = Callable[[ClusterState, AnyEvent], Outcome | None]
"""What comes of an event in a state: one of its outcomes, or None if it cannot happen."""

_CHANGES_HANDS = (FailoverClusterGroup, FailbackClusterGroup)
_UNASKED = (*_CHANGES_HANDS, BringOnline)
_AFTER = (NodeCrash, NodeJoin, FailClusterResource, QuorumChange, RestoreClusterDatabase)
"""The events after which the cluster service does what nobody asked for."""


def settled(
    outcome: Outcome, event: AnyEvent, rules: Rulebook, choose: Choose
) -> tuple[ClusterState, frozenset[LogEntry]]:
    """The state in which nothing is under way any more, and what was logged since the event.

    Nothing happens twice while its group stays where it is, so what fails is not tried for ever.

    Args:
        outcome: that of the event.
        event: what was called or happened.
        rules: the rulebook, which carries the reading.
        choose: what comes of each step that the cluster service takes.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> from clusckpt.steps import step
    >>> def first(state, event):
    ...     return min(step(state, event), key=str)
    >>> crash = NodeCrash("N1")
    >>> crashed = first(two_nodes(), crash)
    >>> settled(crashed, crash, MSCS_PAGE_RULES, first)[0].owner_of("A")
    'N2'
    """
    state, logged = outcome.state, outcome.logged
    done: set[InternalEvent] = set()
    while (internal := _next(state, rules, done, unasked=isinstance(event, _AFTER))) is not None:
        if isinstance(internal, _CHANGES_HANDS):
            done = {one for one in done if isinstance(one, _CHANGES_HANDS)}
        done.add(internal)
        if (further := choose(state, internal)) is not None:
            state, logged = further.state, logged | further.logged
    return state, logged


def _next(
    state: ClusterState, rules: Rulebook, done: set[InternalEvent], *, unasked: bool
) -> InternalEvent | None:
    """The next step that the cluster service takes; a group changes hands before all else."""
    possible = [
        event
        for event in internal_events(state, rules)
        if event not in done
        and not _waits(state, event)
        and (unasked or not isinstance(event, _UNASKED))
    ]
    return min(possible, key=_rank, default=None)


def _rank(event: InternalEvent) -> int:
    if isinstance(event, _CHANGES_HANDS):
        return 0
    return 2 if isinstance(event, DllTerminate) else 1


def _waits(state: ClusterState, event: InternalEvent) -> bool:
    """Whether an event is a capture by a timer; one on the way to offline is not."""
    if not isinstance(event, CaptureCheckpoint):
        return False
    return state.resources[fold(event.resource)].state is not ResourceState.OFFLINE_PENDING
