"""Rules whose breach the oracle tells of as the breach of another rule.

What was observed shows that a copy or a tree is wrong; the oracle names the rule that put it
there last. These rules never do: they say how another one does it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clusckpt_spec.register import RuleID

TOLD_AS: Final[Mapping[RuleID, RuleID]] = MappingProxyType(
    {
        RuleID.INSTANCES: RuleID.OFFLINE_OVERWRITTEN,
        RuleID.NOT_PASSED_TO_DLL: RuleID.RESTORE_BEFORE_ONLINE,
        RuleID.KB_RESTORE_AT_ONLINE: RuleID.RESTORE_BEFORE_ONLINE,
        RuleID.KB_CAPTURE_ONLINE: RuleID.CAPTURE_ONLINE,
        RuleID.TREE_REPLACED: RuleID.RESTORE_BEFORE_ONLINE,
        RuleID.NAMES_CASELESS: RuleID.ADD_REGISTRY,
        RuleID.ROOT_DELETED: RuleID.CAPTURE_ONLINE,
    }
)
"""Each of these rules with the one that the oracle names."""


def as_told(rules: frozenset[RuleID]) -> frozenset[RuleID]:
    """The rules that the oracle may name when one of these is broken.

    >>> ", ".join(sorted(as_told(frozenset({RuleID.ROOT_DELETED}))))
    'CKPT-CAPTURE-ONLINE, CKPT-ROOT-DELETED'
    """
    return rules | {TOLD_AS[rule] for rule in rules if rule in TOLD_AS}
