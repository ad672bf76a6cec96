"""The rule register: every rule, its published sentence, and the evidence for it.

The one subtle fact: the register is the only place where a rule is worded. Clauses, vectors,
proofs and reports cite a rule by its ID and look the words up here, so they cannot drift apart.
"""

import difflib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clusckpt_spec.register.context import CONTEXT_RULES
from clusckpt_spec.register.control_codes import CONTROL_CODE_RULES
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.register.kb174070 import KB174070_RULES
from clusckpt_spec.register.page import PAGE_RULES
from clusckpt_spec.register.record import Grade, Origin, Rule, WorkedExample

__all__ = [
    "RULES",
    "Grade",
    "Origin",
    "Rule",
    "RuleID",
    "UnknownRule",
    "WorkedExample",
    "rule",
]

RULES: Final[Mapping[RuleID, Rule]] = MappingProxyType(
    {
        record.id: record
        for record in (*PAGE_RULES, *KB174070_RULES, *CONTROL_CODE_RULES, *CONTEXT_RULES)
    }
)
"""Every rule by its ID, in register order: page, KB174070, control codes, context."""

_PREFIX: Final = "CKPT-"
"""What every ID begins with, and so tells no ID from another."""

_LONGEST_SHOWN: Final = 60
"""How much of an unknown ID is quoted and compared: it may come from a hostile file."""


class UnknownRule(LookupError):
    """Raised when something is looked up that is not the ID of a rule.

    `identifier` is what came, unshortened; `nearest` holds up to three IDs that look like it.
    """

    def __init__(self, identifier: str) -> None:
        """Take what came, and find the IDs that look like it."""
        super().__init__(identifier)
        self.identifier = identifier
        by_ending = {member.removeprefix(_PREFIX): member for member in RuleID}
        ending = identifier[:_LONGEST_SHOWN].upper().removeprefix(_PREFIX)
        self.nearest: tuple[RuleID, ...] = tuple(
            by_ending[name] for name in difflib.get_close_matches(ending, by_ending)
        )

    def __str__(self) -> str:
        """Say what came, and what was probably meant."""
        shown = repr(self.identifier[:_LONGEST_SHOWN])
        if len(self.identifier) > _LONGEST_SHOWN:
            shown += "..."
        if self.nearest:
            return f"no rule has the ID {shown}; the nearest IDs are: {', '.join(self.nearest)}"
        return (
            f"no rule has the ID {shown}, and none is near it; "
            f"every ID begins with {_PREFIX}, as in {RuleID.CAPTURE_ONLINE}"
        )


def rule(identifier: RuleID | str) -> Rule:
    """Look up a rule by its ID, spelled exactly.

    Raises:
        UnknownRule: when no rule has that ID.

    Example:
        >>> rule("CKPT-IN-BACKUP").title
        'Checkpoints are in backups'

    """
    try:
        return RULES[RuleID(identifier)]
    except ValueError:
        raise UnknownRule(identifier) from None
