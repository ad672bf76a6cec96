"""The reference model as a party: it does what the rules allow, one way of several."""

from importlib.metadata import version
from random import Random
from typing import get_args

from clusckpt.buffers import Listing
from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.sources import Found, spelled
from clusckpt.files.trace_checks import event_faults, header_faults
from clusckpt.files.trace_lines import CALLS
from clusckpt.parties.canonical import canonical_text
from clusckpt.parties.model_view import View, observation_of
from clusckpt.parties.party import Fault, FaultKind, PartyFault
from clusckpt.parties.settling import settled
from clusckpt.properties.run import Behaviour
from clusckpt.rules import Rulebook, rulebook
from clusckpt.start import initial_state
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome, step
from clusckpt.steps.completion import TooManyOrders
from clusckpt_spec.formats.adapter import (
    ADAPTER_PROTOCOL,
    Answer,
    Capabilities,
    Implementation,
    Observable,
    ObserveParams,
    ResetParams,
)
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation
from clusckpt_spec.readings import Reading


class ModelParty:
    """The model under a reading; which allowed outcome it has, a seed decides.

    Args:
        rules: a reading, or a rulebook of one, such as that of a planted bug.
        seed: the same seed makes the same choices after every `reset`, in every process.
        behaviour: what may come of an event; a planted bug can have one of its own.

    >>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
    >>> from clusckpt_spec.formats.events import OnlineClusterResource
    >>> from clusckpt_spec.readings import MSCS_PAGE
    >>> cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("G"),), (Resource("R", "G"),))
    >>> party = ModelParty(MSCS_PAGE)
    >>> party.reset(ResetParams(cluster))
    >>> _ = party.call(OnlineClusterResource("R"))
    >>> party.observe(ObserveParams(states=("R",))).states
    {'R': 'Online'}
    """

    def __init__(
        self, rules: Reading | Rulebook, *, seed: int = 0, behaviour: Behaviour = step
    ) -> None:
        """Take a reading; there is no cluster before `reset`."""
        self._rules = rulebook(rules) if isinstance(rules, Reading) else rules
        self._behaviour = behaviour
        self._seed = seed
        self._random = Random(seed)  # noqa: S311 - a choice among outcomes is no secret
        self._view: View | None = None
        self._names: ClusterNames | None = None

    def initialize(self) -> Capabilities:
        """Every call and every observation."""
        name = f"clusckpt reference model, {self._rules.reading.name}"
        implementation = Implementation(name, version("clusckpt"))
        return Capabilities(ADAPTER_PROTOCOL, implementation, tuple(CALLS), get_args(Observable))

    def reset(self, start: ResetParams) -> None:
        """Set the cluster up, and make the same choices from here as after every reset."""
        header = Header(
            TRACE_FORMAT, start.cluster, registry=start.registry, containers=start.containers
        )
        _refuse("reset", next(header_faults(header), None))
        self._random = Random(self._seed)  # noqa: S311 - a choice among outcomes is no secret
        self._names = ClusterNames.of(start.cluster)
        self._view = View(initial_state(header))

    def call(self, event: AnyEvent) -> Answer:
        """Have one of the allowed outcomes, and all that it sets going."""
        view, names = self._ready(type(event).__name__)
        _refuse(type(event).__name__, next(event_faults(event, names), None))
        outcome = self._chosen(view.state, event)
        if outcome is None:
            detail = "the rules allow no outcome of it in this state"
            raise _refusal(type(event).__name__, detail, "call it where it can happen")
        state, logged = settled(outcome, event, self._rules, self._chosen)
        self._view = View(state, event, outcome.listing, logged)
        names.learn(event)
        return _answer(outcome)

    def observe(self, wanted: ObserveParams) -> Observation:
        """Look at the state."""
        view, _ = self._ready("observe")
        return observation_of(view, wanted, self._rules.reading)

    def close(self) -> None:
        """Forget the cluster."""
        self._view = None

    def _ready(self, method: str) -> tuple[View, ClusterNames]:
        if self._view is None or self._names is None:
            raise _refusal(method, "there is no cluster yet", "call reset first")
        return self._view, self._names

    def _chosen(self, state: ClusterState, event: AnyEvent) -> Outcome | None:
        """One of the outcomes; None if there is none."""
        try:
            possible = self._behaviour(state, event, self._rules)
        except (KeyError, ValueError, TooManyOrders) as error:
            advice = "call what this cluster has"
            raise _refusal(type(event).__name__, str(error), advice) from error
        if len(possible) <= 1:
            return next(iter(possible), None)
        return self._random.choice(sorted(possible, key=canonical_text))


def _answer(outcome: Outcome) -> Answer:
    """The status by its name, and what a list code leaves in its buffer."""
    listing = outcome.listing
    if listing is None:
        return Answer(outcome.status.name)
    output = listing.example.hex() if listing.is_written else None
    return Answer(outcome.status.name, output, _bytes_returned(listing))


def _bytes_returned(listing: Listing) -> int:
    """The bytes that were written; if none were, those that the list would take."""
    return len(listing.example) if listing.is_written else max(listing.sizes)


def _refuse(method: str, found: Found | None) -> None:
    if found is not None:
        location, fault = found
        detail = f"{fault.came} at {spelled(location)}; allowed: {fault.allowed}"
        raise _refusal(method, detail, fault.advice)


def _refusal(method: str, detail: str, advice: str) -> PartyFault:
    return PartyFault(Fault(FaultKind.REFUSES, method, detail, advice))
