"""The shape of one rule: what was published, where, and how sure we are."""

from dataclasses import dataclass
from enum import StrEnum

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.register.ids import RuleID


class Grade(StrEnum):
    """How good the evidence for a rule is."""

    DOCUMENTED = "documented"
    """One published document states it."""
    DOCUMENTED_TWICE = "documented-twice"
    """At least two published documents state it independently."""
    OBSERVED = "observed"
    """A published log, output or field report shows it."""
    INFERRED = "inferred"
    """It follows from documented facts, but no document says it."""
    CONTESTED = "contested"
    """Published documents disagree."""


class Origin(StrEnum):
    """The family of documents a rule comes from; the order is the order of the register."""

    PAGE = "page"
    """The MsCS page "Checkpointing"."""
    KB174070 = "kb174070"
    """Knowledge Base article 174070."""
    CONTROL_CODE = "control-code"
    """The reference page of one control code."""
    CONTEXT = "context"
    """Documents around the page that its rules stand on."""


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """A rule at work, for readers who will never open the code.

    `steps` are short sentences in order; `ending` says what holds afterwards and why.
    """

    steps: tuple[str, ...]
    ending: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with its published sentence, its source and the evidence for it.

    `sentence` quotes or closely paraphrases the source; `meaning` says it in our own words in
    at most two lines; `ambiguities` are those that touch the rule.
    """

    id: RuleID
    origin: Origin
    title: str
    sentence: str
    source: str
    grade: Grade
    meaning: str
    example: WorkedExample
    ambiguities: tuple[AmbiguityID, ...] = ()
