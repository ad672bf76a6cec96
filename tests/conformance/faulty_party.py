"""Parties for tests: the model with a planted bug, and one that crashes at a call."""

from clusckpt.gallery import GALLERY, PlantedBug
from clusckpt.parties.model import ModelParty
from clusckpt.parties.party import Fault, FaultKind, PartyFault
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt_spec.formats.adapter import Answer, Capabilities
from clusckpt_spec.formats.events import AnyEvent


class CrashingParty(ModelParty):
    """The model of the page, which crashes at every call of one name and can be restarted."""

    def __init__(self, crashes_at: str, *, starts_again: bool = True) -> None:
        """Take the name of the call."""
        super().__init__(MSCS_PAGE_RULES)
        self._crashes_at, self._starts_again = crashes_at, starts_again
        self.restarts = 0

    def call(self, event: AnyEvent) -> Answer:
        """Crash, or do what the model does."""
        name = type(event).__name__
        if name == self._crashes_at:
            raise PartyFault(Fault(FaultKind.CRASHED, name, "exit status 1", "mend the adapter"))
        return super().call(event)

    def restart(self) -> Capabilities:
        """Start anew, if it does."""
        self.restarts += 1
        if not self._starts_again:
            fault = Fault(FaultKind.NOT_STARTED, "initialize", "no such file", "name a program")
            raise PartyFault(fault)
        return self.initialize()


class DeafParty(ModelParty):
    """The model of the page with some calls only."""

    def __init__(self, *calls: str) -> None:
        """Take the names of the calls."""
        super().__init__(MSCS_PAGE_RULES)
        self._calls = calls

    def initialize(self) -> Capabilities:
        """Name the calls, and what the model can observe."""
        whole = super().initialize()
        made = whole.implementation
        return Capabilities(whole.protocol, made, self._calls, whole.observes)


def planted_bug(name: str) -> PlantedBug:
    """The planted bug of that name."""
    (bug,) = [one for one in GALLERY if one.name == name]
    return bug


def with_bug(name: str) -> ModelParty:
    """The model with the planted bug of that name."""
    bug = planted_bug(name)
    return ModelParty(bug.rulebook, behaviour=bug.behaviour)
