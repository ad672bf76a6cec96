"""Blame: which rule a mismatch breaks."""

from clusckpt.names import overlap
from clusckpt.oracle.candidates import Provenance
from clusckpt.oracle.mismatch import Mismatch
from clusckpt.rules import Part
from clusckpt.rules.course import Where
from clusckpt_spec.formats import events
from clusckpt_spec.register import RuleID

_IMPOSSIBLE: dict[type[events.Event], RuleID] = {
    events.DllOnline: RuleID.RESTORE_BEFORE_ONLINE,
    events.DllOffline: RuleID.OFFLINE_STATES,
    events.DllTerminate: RuleID.OFFLINE_STATES,
    events.CaptureCheckpoint: RuleID.CAPTURE_ONLINE,
    events.FailbackClusterGroup: RuleID.FAILOVER,
    events.QuorumChange: RuleID.FAILOVER,
    events.LoseStoredCopy: RuleID.RESTORE_BEFORE_ONLINE,
    events.DropStoredCopies: RuleID.DELETED_WITH_RESOURCE,
    events.RestoreCheckpoint: RuleID.RESTORE_BEFORE_ONLINE,
    events.BringOnline: RuleID.ONLINE_STATES,
    events.FailoverClusterGroup: RuleID.FAILOVER,
    events.NodeCrash: RuleID.FAILOVER,
    events.NodeJoin: RuleID.FAILOVER,
}

_UNTOUCHED: dict[Part, RuleID] = {
    Part.STATE: RuleID.ONLINE_STATES,
    Part.OWNER: RuleID.MOVE_GROUP,
    Part.REGISTRY: RuleID.RESTORE_BEFORE_ONLINE,
    Part.CONTAINER: RuleID.CRYPTO_CONTAINERS,
    Part.COPY: RuleID.OFFLINE_OVERWRITTEN,
    Part.LIST: RuleID.GET_REGISTRY,
    Part.LOG: RuleID.RESTORE_BEFORE_ONLINE,
    Part.BACKUP: RuleID.IN_BACKUP,
}
"""The rule that a part breaks when it changed although no rule had ever touched it."""


def rule_of_impossible(event: events.Event) -> RuleID:
    """The rule that an event breaks which cannot happen where it is said to have happened."""
    return _IMPOSSIBLE.get(type(event), RuleID.ONLINE_STATES)


def rule_of_mismatch(provenance: Provenance, mismatch: Mismatch) -> RuleID:
    """The rule that determined last what was seen otherwise.

    A tree that was restored over a change made while the resource was offline breaks the rule
    about offline changes, which is the more telling one. Some mismatches name their rule.
    """
    if mismatch.rule is not None:
        return mismatch.rule
    relevant = sorted(
        (moment, rule)
        for moment, where, rule in provenance.rules(mismatch.part, mismatch.subject)
        if _concerns(where, mismatch.where)
    )
    if not relevant:
        return _UNTOUCHED[mismatch.part]
    rules = [rule for _, rule in relevant]
    restored_over = rules[-1] is RuleID.RESTORE_BEFORE_ONLINE
    if restored_over and RuleID.OFFLINE_OVERWRITTEN in rules[-2:]:
        return RuleID.OFFLINE_OVERWRITTEN
    return rules[-1]


def _concerns(changed: Where, seen: Where) -> bool:
    if changed is None or seen is None:
        return True
    if isinstance(changed, tuple) and isinstance(seen, tuple):
        return overlap(changed, seen)
    return changed == seen
