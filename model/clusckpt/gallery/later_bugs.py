"""Planted bugs of late captures, failing restores, dependencies and the quorum."""

from dataclasses import replace

from clusckpt.gallery import delays, hardship
from clusckpt.gallery.planted import PlantedBug
from clusckpt.rules import KB174070_RULES, WINDOWS_OBSERVED_RULES, rulebook
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.events import OfflineClusterResource, OnlineClusterResource
from clusckpt_spec.readings import KB174070, LIVE_PAIR, MS_CMRP, WINDOWS_OBSERVED, Reading
from clusckpt_spec.register.ids import RuleID

_OBSERVED = WINDOWS_OBSERVED_RULES


def _choosing(reading: Reading, ambiguity: AmbiguityID, choice: str) -> Reading:
    """A reading with one other choice."""
    choices = {**reading.choices, ambiguity: choice}
    return replace(reading, name=f"{reading.name} with {ambiguity} {choice}", choices=choices)


DELAY_BUGS: tuple[PlantedBug, ...] = (
    PlantedBug(
        "watch a tree once",
        RuleID.CAPTURE_ONLINE,
        "The watch on a tree is not set again after a capture, so later changes go unnoticed.",
        _OBSERVED,
        WINDOWS_OBSERVED,
        delays.armed_once,
    ),
    PlantedBug(
        "keep deleted keys in the copy",
        RuleID.CAPTURE_ONLINE,
        "A late capture adds to the old copy and takes nothing out of it.",
        _OBSERVED,
        WINDOWS_OBSERVED,
        delays.kept_what_was_deleted,
    ),
    PlantedBug(
        "capture after the resource is offline",
        RuleID.OFFLINE_OVERWRITTEN,
        "The timer runs on when the resource is offline, and offline changes are captured.",
        _OBSERVED,
        WINDOWS_OBSERVED,
        delays.captured_after_offline,
    ),
    PlantedBug(
        "leave the save at offline to the timer",
        RuleID.KB_SAVE_AT_OFFLINE,
        "An orderly offline saves nothing, though what changed last has not been captured.",
        rulebook(_choosing(WINDOWS_OBSERVED, AmbiguityID.A2, "not-saved")),
        WINDOWS_OBSERVED,
    ),
    PlantedBug(
        "save what is terminated",
        RuleID.KB_SAVE_AT_OFFLINE,
        "A resource that does not go offline in time is terminated, and saved as it is.",
        _OBSERVED,
        WINDOWS_OBSERVED,
        delays.saved_when_terminated,
    ),
    PlantedBug(
        "capture on a full quorum",
        RuleID.CAPTURE_ONLINE,
        "A capture says that it has stored its copy on a quorum that has no room for it.",
        behaviour=delays.captured_without_room,
    ),
)
"""Bugs of captures and saves that come late, or should not come."""

FAILURE_BUGS: tuple[PlantedBug, ...] = (
    PlantedBug(
        "survive a failed restore silently",
        RuleID.RESTORE_BEFORE_ONLINE,
        "A restore fails, the resource comes online, and no event tells of it.",
        _OBSERVED,
        WINDOWS_OBSERVED,
        hardship.failed_silently,
    ),
    PlantedBug(
        "survive a failed restore against the MUST",
        RuleID.RESTORE_BEFORE_ONLINE,
        "A restore fails and the resource comes online, though the reading forbids it.",
        rulebook(_choosing(MS_CMRP, AmbiguityID.A25, "logged-and-survived")),
        MS_CMRP,
    ),
    PlantedBug(
        "come online without a copy",
        RuleID.RESTORE_BEFORE_ONLINE,
        "A copy is missing and the resource comes online, though the reading forbids it.",
        rulebook(_choosing(MS_CMRP, AmbiguityID.A27, "online-without-overwrite")),
        MS_CMRP,
    ),
    PlantedBug(
        "restore half-way over an open key",
        RuleID.TREE_REPLACED,
        "A restore that meets an open key has replaced a part of the tree before it fails.",
        _OBSERVED,
        WINDOWS_OBSERVED,
        hardship.restored_half_way,
    ),
    PlantedBug(
        "give up after the first failure",
        RuleID.KB_RESTORE_AT_ONLINE,
        "One restore fails, and the other checkpoints of the resource are not restored either.",
        rulebook(_choosing(WINDOWS_OBSERVED, AmbiguityID.A26, "all-or-nothing")),
        WINDOWS_OBSERVED,
        also=(RuleID.RESTORE_BEFORE_ONLINE,),  # on a node where the copies do not come from
    ),
    PlantedBug(
        "bring back the checkpoints of a deleted resource",
        RuleID.DELETED_WITH_RESOURCE,
        "A new resource gets the checkpoints that a backup has for a deleted one of its name.",
        behaviour=hardship.resurrected,
    ),
    PlantedBug(
        "come online before a dependency",
        RuleID.ONLINE_STATES,
        "A resource is brought online while one that it depends on stays offline.",
        behaviour=hardship.independent(OnlineClusterResource),
    ),
    PlantedBug(
        "go offline before a dependent",
        RuleID.OFFLINE_STATES,
        "A resource is taken offline while one that depends on it stays online.",
        behaviour=hardship.independent(OfflineClusterResource),
    ),
    PlantedBug(
        "recreate copies from another node",
        RuleID.KB_CAPTURE_AT_ADD,
        "The recovery tool copies the trees of a node that does not own the resource.",
        KB174070_RULES,
        KB174070,
        hardship.recreated_elsewhere,
    ),
    PlantedBug(
        "run on without a quorum",
        RuleID.FAILOVER,
        "The quorum is lost, and the nodes go on as if it were there.",
        behaviour=hardship.run_on_without_quorum,
    ),
    PlantedBug(
        "keep what is captured from the peer",
        RuleID.RESTORE_BEFORE_ONLINE,
        "A product that copies all the time copies to the quorum, and to no other node.",
        rulebook(LIVE_PAIR),
        LIVE_PAIR,
        hardship.kept_to_itself,
    ),
)
"""Bugs that show when something fails, is missing, or has to wait for something else."""
