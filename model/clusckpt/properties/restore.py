"""Restore: before a resource is online, its node has what is stored, and nothing else of it."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from collections.abc import Iterator

from clusckpt.names import Folded
from clusckpt.properties.chronicle import Chronicle, left_alone
from clusckpt.properties.contents import NO_TREE, Contents, Held, described, on_node, root_of, same
from clusckpt.properties.happening import CheckpointKey, came_online, checkpoints, is_online
from clusckpt.properties.judging import needs_every_copy, restores_at_online
from clusckpt.properties.marked import property_of
from clusckpt.properties.noting import noted
from clusckpt.properties.restored_as import Source, differences
from clusckpt.properties.sources import just_restored, sources_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import Checkpoint, ClusterState, Container
from clusckpt.steps import Outcome
from clusckpt_spec.formats.events import AnyEvent, DllOnline, RestoreCheckpoint
from clusckpt_spec.register.ids import RuleID


@property_of(RuleID.RESTORE_BEFORE_ONLINE, RuleID.KB_RESTORE_AT_ONLINE)
def restored_in_time(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A resource comes online only after the restore of every stored copy is over.

    If only its DLL has run, the order is wrong. If the whole online has passed, nothing was
    restored; on the node where the copies come from, KB174070 alone speaks of that. Products that
    copy all the time restore nothing, and others nothing on the same node.
    """
    after = outcome.state
    for name in came_online(before, after) if restores_at_online(chronicle.reading) else ():
        for entry in () if left_alone(chronicle, after, name) else checkpoints(after, name):
            if (name, entry.name) in after.copies and (
                entry.name not in after.resources[name].restored
            ):
                early = isinstance(event, DllOnline)
                yield violation(
                    RuleID.RESTORE_BEFORE_ONLINE if early else _rule(chronicle, after, name),
                    f"{name} is online while {entry.given} has not been restored",
                    f"{name} online after its copy of {entry.given} has been restored",
                )


@property_of(RuleID.RESTORE_BEFORE_ONLINE)
def online_with_every_copy(
    chronicle: Chronicle, before: ClusterState, _event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Where A27 says so, a resource does not come online while a copy of it is missing."""
    after = outcome.state
    for name in came_online(before, after) if needs_every_copy(chronicle.reading) else ():
        for entry in checkpoints(after, name):
            if (name, entry.name) not in after.copies:
                yield violation(
                    RuleID.RESTORE_BEFORE_ONLINE,
                    f"{name} is online, and there is no copy of {entry.given}",
                    f"the online of {name} fails: its copy of {entry.given} is missing",
                )


@property_of(
    RuleID.RESTORE_BEFORE_ONLINE,
    RuleID.KB_RESTORE_AT_ONLINE,
    RuleID.TREE_REPLACED,
    RuleID.CRYPTO_CONTAINERS,
)
def node_has_what_is_stored(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """What is restored is on the owner as it is stored; what the copy lacks is gone from there.

    A tree that has all of its copy and kept more was merged (CKPT-TREE-REPLACED), and a container
    with other keys was kept (CKPT-CRYPTO-CONTAINERS). Anything else was not restored here; nor was
    what stayed as it was when another restore of the resource failed.
    """
    after, failed = outcome.state, noted(chronicle, before, event, outcome).failed
    for name, entry in just_restored(chronicle, before, event, outcome):
        sources = sources_of(chronicle, before, event, outcome, (name, entry))
        got = on_node(after, after.owner_of(name), entry)
        there = on_node(before, after.owner_of(name), entry)
        if not sources or (name, entry.name) in chronicle.unsettled:
            continue
        rule = _broken(got, there, entry, sources)
        if rule is not None and same(got, there) and _gave_up(failed, name):
            rule = RuleID.RESTORE_BEFORE_ONLINE
        if rule is not None:
            rule = _rule(chronicle, after, name) if rule is RuleID.RESTORE_BEFORE_ONLINE else rule
            yield violation(
                rule,
                f"{described(got)} on {after.owner_of(name)} for {entry.given} of {name}",
                " or ".join(described(one) for _, one in sources),
            )


@property_of(RuleID.KB_SAVE_AT_OFFLINE)
def move_restores_what_was_saved(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Where A2 says so, what was online before a move is saved by it, and so restored."""
    after = outcome.state
    for name, entry in just_restored(chronicle, before, event, outcome):
        if not is_online(before, name) or isinstance(event, RestoreCheckpoint):
            continue
        sources = sources_of(chronicle, before, event, outcome, (name, entry), saved=True)
        got = on_node(after, after.owner_of(name), entry)
        if sources and _broken(got, got, entry, sources) is not None:
            yield violation(
                RuleID.KB_SAVE_AT_OFFLINE,
                f"{described(got)} on {after.owner_of(name)} for {entry.given} of {name}",
                " or ".join(described(one) for _, one in sources),
            )


def _broken(
    got: Held | None,
    there: Held | None,
    entry: Checkpoint,
    sources: list[tuple[Checkpoint, Held]],
) -> RuleID | None:
    """The rule that what the node has breaks, if it breaks one."""
    if not entry.root:
        restored = any(got == one for _, one in sources)
        kept = RuleID.RESTORE_BEFORE_ONLINE if got is None else RuleID.CRYPTO_CONTAINERS
        return None if restored else kept
    trees: list[Source] = [
        (root_of(one), tree) for one, tree in sources if not isinstance(tree, Container)
    ]
    found = list(differences(_tree(got), _tree(there), root_of(entry), trees))
    if not found:
        return None
    merged = all(difference.surplus for difference in found)
    return RuleID.TREE_REPLACED if merged else RuleID.RESTORE_BEFORE_ONLINE


def _gave_up(failed: frozenset[CheckpointKey], name: Folded) -> bool:
    """Whether a restore of the resource has failed, so that nothing more may have been tried."""
    return any(key[0] == name for key in failed)


def _tree(one: Held | None) -> Contents:
    return NO_TREE if one is None or isinstance(one, Container) else one


def _rule(chronicle: Chronicle, after: ClusterState, name: Folded) -> RuleID:
    """On the node where the copies come from, it is KB174070 that asks for the restore."""
    same = chronicle.hosts.get(name) == after.owner_of(name)
    return RuleID.KB_RESTORE_AT_ONLINE if same else RuleID.RESTORE_BEFORE_ONLINE
