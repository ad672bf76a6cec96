"""A human at a cluster as a party: told what to do, asked what came of it."""

from collections.abc import Iterator
from importlib.metadata import version

from clusckpt.parties.command_lines import DOABLE, command_line
from clusckpt.parties.console_checks import is_done, status_fault
from clusckpt.parties.console_view import seen_by
from clusckpt.parties.dialogue import Check, Dialogue, SessionEnded
from clusckpt.parties.party import Fault, FaultKind, PartyFault
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
from clusckpt_spec.formats.trace import Observation

_NONE = "none"
_OBSERVES: tuple[Observable, ...] = (
    "states",
    "owners",
    "registry",
    "containers",
    "checkpoints",
    "groups",
)


class ConsoleParty:
    r"""A person who makes the calls on a cluster by hand, and reads off what came of them.

    A person sees neither the stored copies on the quorum nor the bytes of output buffers.

    >>> from io import StringIO
    >>> from clusckpt_spec.formats.events import OnlineClusterResource
    >>> questions = StringIO()
    >>> party = ConsoleParty(Dialogue(StringIO("0\n"), questions))
    >>> party.call(OnlineClusterResource("SQL"))
    Answer(returned=0, output=None, bytes_returned=None)
    >>> questions.getvalue().partition(" -- ")[0]
    "1. OnlineClusterResource: Start-ClusterResource -Name 'SQL'"
    """

    def __init__(self, dialogue: Dialogue) -> None:
        """Speak with the person through a dialogue."""
        self._dialogue = dialogue
        self._calls = 0
        self._nodes: tuple[str, ...] = ()

    def initialize(self) -> Capabilities:
        """Every call that is not a step of the cluster service itself."""
        implementation = Implementation("a person at a console", version("clusckpt"))
        return Capabilities(ADAPTER_PROTOCOL, implementation, DOABLE, _OBSERVES)

    def reset(self, start: ResetParams) -> None:
        """Have the person set the cluster up."""
        self._calls = 0
        self._nodes = start.cluster.nodes
        for step in _steps(start):
            self._ask("reset", f"Set up: {step}. Answer done.", is_done)

    def call(self, event: AnyEvent) -> Answer:
        """Have the person make a call, wait for what it sets going, and tell what it returned."""
        method = type(event).__name__
        if method not in DOABLE:
            detail = "the cluster service does this by itself, and nobody can call it"
            fault = Fault(FaultKind.REFUSES, method, detail, "leave the call out of the program")
            raise PartyFault(fault)
        self._calls += 1
        question = (
            f"{self._calls}. {method}: {command_line(event)} -- and wait until nothing is pending. "
            "Which status did it return: a number, a name such as ERROR_ALREADY_EXISTS, or none?"
        )
        answer = self._ask(method, question, status_fault)
        return Answer(None if answer == _NONE else _status(answer))

    def observe(self, wanted: ObserveParams) -> Observation:
        """Have the person look at all that is wanted."""

        def ask(question: str, check: Check) -> str:
            return self._ask("observe", question, check)

        return seen_by(ask, wanted, self._nodes)

    def close(self) -> None:
        """Thank the person; the cluster stays as it is."""

    def _ask(self, method: str, question: str, check: Check) -> str:
        try:
            return self._dialogue.ask(question, check)
        except SessionEnded as error:
            advice = "resume with the same session file, and answer as the question says"
            raise PartyFault(Fault(FaultKind.REFUSES, method, str(error), advice)) from error


def _status(answer: str) -> int | str:
    return answer if answer.startswith(("ERROR_", "NTE_", "UNSPECIFIED_")) else int(answer, 0)


def _steps(start: ResetParams) -> Iterator[str]:
    """What has to be so at the start, one thing at a time."""
    cluster = start.cluster
    yield f"a cluster with the nodes {', '.join(cluster.nodes)}, all of them up"
    for group in cluster.groups:
        owner = "" if group.owner is None else f", owned by {group.owner}"
        yield f"the group {group.name}{owner}"
    for resource in cluster.resources:
        needs = ", ".join(resource.dependencies) or "nothing"
        roots = [f"{one.key} ({one.view} view)" for one in resource.registry_checkpoints]
        kept = ", ".join([*roots, *resource.crypto_checkpoints]) or "none"
        hosts = (
            "every node"
            if resource.possible_owners is None
            else ", ".join(resource.possible_owners)
        )
        yield (
            f"the resource {resource.name} in {resource.group}, offline; it depends on {needs}; "
            f"possible owners: {hosts}; checkpoints: {kept}"
        )
    for node, tree in start.registry.items():
        for key, values in tree.items():
            shown = ", ".join(
                f"{name or '(Default)'} = {value!r}" for name, value in values.items()
            )
            yield f"on {node} the key HKLM\\{key}: {shown or 'no values'}"
    for node, containers in start.containers.items():
        for text, keys in containers.items():
            yield f"on {node} the machine key container {text}, with keys that you note as {keys}"
