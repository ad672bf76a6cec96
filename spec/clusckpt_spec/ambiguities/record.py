"""The shape of one ambiguity: the question, the evidence, and the possible choices."""

from dataclasses import dataclass
from enum import StrEnum

from clusckpt_spec.ambiguities.ids import AmbiguityID


class Scope(StrEnum):
    """What the ambiguity is about, which says where a choice would show."""

    BEHAVIOUR = "behaviour"
    """The choice changes which registry contents, copies or states are possible."""
    INTERFACE = "interface"
    """The choice changes what a call accepts or answers."""
    STORAGE = "storage"
    """The choice changes where or under which name something is kept."""
    WORDING = "wording"
    """The documents differ in words only; every choice has the same observable effect."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read an ambiguous place. `name` is short, lower case, with hyphens."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """One place where the documents differ or are silent.

    `question` is asked in one sentence; `evidence` names the sources of each side; `stance` is
    the treatment that the fact base suggests.
    """

    id: AmbiguityID
    question: str
    evidence: str
    scope: Scope
    choices: tuple[Choice, ...]
    stance: str
