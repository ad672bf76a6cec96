"""The planted bugs: at least one for every rule, each breaking that rule before any other."""

from dataclasses import replace

from clusckpt.gallery import clauses, codes, life
from clusckpt.gallery.later_bugs import DELAY_BUGS, FAILURE_BUGS
from clusckpt.gallery.planted import PlantedBug
from clusckpt.rules import KB174070_RULES, MSCS_PAGE_RULES
from clusckpt.rules.removal import compared_with_case
from clusckpt.state import CheckpointKind
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.readings import KB174070
from clusckpt_spec.register.ids import RuleID

_PAGE = MSCS_PAGE_RULES

PAGE_BUGS: tuple[PlantedBug, ...] = (
    PlantedBug(
        "skip capture",
        RuleID.CAPTURE_ONLINE,
        "A change while the resource is online is not copied to the quorum.",
        replace(_PAGE, capture=clauses.nothing_captured),
    ),
    PlantedBug(
        "capture without subkeys",
        RuleID.CAPTURE_ONLINE,
        "The copy has the values of the root and none of its subkeys.",
        replace(_PAGE, capture=clauses.roots_captured_without_subkeys),
    ),
    PlantedBug(
        "capture while offline",
        RuleID.OFFLINE_OVERWRITTEN,
        "A change made while the resource is offline is copied, so the next online keeps it.",
        replace(_PAGE, capture=clauses.captured_offline_too),
    ),
    PlantedBug(
        "restore after online",
        RuleID.RESTORE_BEFORE_ONLINE,
        "The resource is online first, and its checkpoints are restored afterwards.",
        replace(_PAGE, waits=clauses.waits_for_nothing),
    ),
    PlantedBug(
        "restore to the old node",
        RuleID.RESTORE_BEFORE_ONLINE,
        "Checkpoints are restored on the node where the group started, wherever it is now.",
        replace(_PAGE, target=clauses.on_the_first_owner),
    ),
    PlantedBug(
        "restore on the wrong node",
        RuleID.RESTORE_BEFORE_ONLINE,
        "Checkpoints are restored on a node that does not host the resource.",
        replace(_PAGE, target=clauses.on_another_node),
    ),
    PlantedBug(
        "keep the checkpoint of a deleted resource",
        RuleID.DELETED_WITH_RESOURCE,
        "The resource goes, and its copies stay on the quorum.",
        replace(_PAGE, deletion=clauses.resource_deleted_alone),
    ),
    PlantedBug(
        "lose checkpoints in a backup",
        RuleID.IN_BACKUP,
        "The backup has the lists of checkpoints and not the stored copies.",
        replace(_PAGE, backup=clauses.backed_up_without_copies),
    ),
    PlantedBug(
        "one copy for a key name",
        RuleID.INSTANCES,
        "Copies are kept by the name of the key: two resources with the same key share one.",
        replace(_PAGE, capture=clauses.captured_by_key_name),
    ),
    PlantedBug(
        "pass codes to the resource DLL",
        RuleID.NOT_PASSED_TO_DLL,
        "A checkpoint code reaches the DLL of an online resource, which hangs and is failed.",
        behaviour=codes.passed_to_the_dll,
    ),
    PlantedBug(
        "merge instead of replace",
        RuleID.TREE_REPLACED,
        "A restore writes the copy into the tree and takes nothing away.",
        replace(_PAGE, replacement=clauses.merged),
    ),
    PlantedBug(
        "copy an empty tree when the root is gone",
        RuleID.ROOT_DELETED,
        "When the root is deleted while online, an empty tree replaces the last good copy.",
        replace(_PAGE, capture=clauses.captured_empty_without_root),
    ),
    PlantedBug(
        "keep the container that is there",
        RuleID.CRYPTO_CONTAINERS,
        "A key container that the node already has is not restored over.",
        replace(_PAGE, restoration=clauses.keeps_containers),
    ),
)
"""Bugs against the page and what it stands on."""

KB174070_BUGS: tuple[PlantedBug, ...] = (
    PlantedBug(
        "no copy at add",
        RuleID.KB_CAPTURE_AT_ADD,
        "An add to a resource that is not online takes no first copy.",
        behaviour=codes.no_copy_at_add,
    ),
    PlantedBug(
        "restart without restore",
        RuleID.KB_RESTORE_AT_ONLINE,
        "A failed resource is brought online on its node as it is.",
        behaviour=life.restarted_as_it_is,
        also=(RuleID.TREE_REPLACED,),  # a tree that only has too much may as well be merged
    ),
    PlantedBug(
        "no save at offline",
        RuleID.KB_SAVE_AT_OFFLINE,
        "An orderly offline saves nothing; judged by the article that asks for it.",
        _PAGE,
        KB174070,
    ),
    PlantedBug(
        "rely on the save at offline",
        RuleID.KB_CAPTURE_ONLINE,
        "Updates wait for the offline to be saved, and a crash loses them.",
        replace(KB174070_RULES, capture=clauses.nothing_captured),
        KB174070,
    ),
)
"""Bugs against KB174070."""

CODE_BUGS: tuple[PlantedBug, ...] = (
    PlantedBug(
        "case-sensitive duplicate check",
        RuleID.NAMES_CASELESS,
        "A root that is listed in another case is added a second time.",
        replace(_PAGE, comparison=compared_with_case),
    ),
    PlantedBug(
        "strip a leading backslash",
        RuleID.ADD_REGISTRY,
        "The add code takes a path with a leading backslash instead of failing.",
        behaviour=codes.backslash_stripped,
    ),
    PlantedBug(
        "ignore the 32-bit view",
        RuleID.ADD_REGISTRY_32BIT,
        "The 32-bit add code adds the root of the native view.",
        behaviour=codes.taken_for(
            ControlCode.ADD_REGISTRY_CHECKPOINT_32BIT, ControlCode.ADD_REGISTRY_CHECKPOINT
        ),
    ),
    PlantedBug(
        "take the 64-bit view for the 32-bit one",
        RuleID.ADD_REGISTRY_64BIT,
        "The 64-bit add code adds a root under Wow6432Node.",
        behaviour=codes.taken_for(
            ControlCode.ADD_REGISTRY_CHECKPOINT_64BIT, ControlCode.ADD_REGISTRY_CHECKPOINT_32BIT
        ),
    ),
    PlantedBug(
        "delete what is not listed",
        RuleID.DELETE_REGISTRY,
        "The delete of a root that is not listed succeeds.",
        behaviour=codes.unknown_deleted,
    ),
    PlantedBug(
        "list nothing while offline",
        RuleID.GET_REGISTRY,
        "Only a resource that is online lists its roots.",
        behaviour=codes.list_empty_offline,
    ),
    PlantedBug(
        "take keys that cannot be exported",
        RuleID.ADD_CRYPTO,
        "A container is added although its keys cannot be exported.",
        behaviour=codes.fixed_keys_taken,
    ),
    PlantedBug(
        "list what failed to be added",
        RuleID.ADD_CRYPTO_EX,
        "The extended add code fails, and the container is listed all the same.",
        behaviour=codes.listed_though_it_failed,
    ),
    PlantedBug(
        "leave the copy of a deleted crypto checkpoint",
        RuleID.DELETE_CRYPTO,
        "The checkpoint is off the list, and its copy stays on the quorum.",
        behaviour=codes.crypto_copy_left,
    ),
    PlantedBug(
        "keep a deleted crypto checkpoint on the list",
        RuleID.DELETE_CRYPTO,
        "The delete answers success, and the container is listed and restored as before.",
        behaviour=codes.crypto_kept_listed,
    ),
    PlantedBug(
        "list roots for containers",
        RuleID.GET_CRYPTO,
        "The code that lists key containers lists registry roots.",
        behaviour=codes.taken_for(
            ControlCode.GET_CRYPTO_CHECKPOINTS, ControlCode.GET_REGISTRY_CHECKPOINTS
        ),
    ),
    PlantedBug(
        "list roots for a type",
        RuleID.TYPE_GET_REGISTRY,
        "A code that is not supported lists the roots of a resource.",
        behaviour=codes.types_list(
            ControlCode.TYPE_GET_REGISTRY_CHECKPOINTS, CheckpointKind.REGISTRY
        ),
    ),
    PlantedBug(
        "list containers for a type",
        RuleID.TYPE_GET_CRYPTO,
        "A code that is not supported lists the containers of a resource.",
        behaviour=codes.types_list(ControlCode.TYPE_GET_CRYPTO_CHECKPOINTS, CheckpointKind.CRYPTO),
    ),
)
"""Bugs against the contracts of the control codes."""

LIFE_BUGS: tuple[PlantedBug, ...] = (
    PlantedBug(
        "accept a second online request",
        RuleID.ONLINE_STATES,
        "A request is accepted while the resource is coming online already.",
        behaviour=life.accepted_twice,
    ),
    PlantedBug(
        "answer success for a failed resource",
        RuleID.OFFLINE_STATES,
        "A failed resource that is asked to go offline answers success.",
        behaviour=life.failed_counts_as_offline,
    ),
    PlantedBug(
        "delete an online resource",
        RuleID.DELETE_STATES,
        "A resource is deleted although it is online.",
        behaviour=life.deleted_while_online,
    ),
    PlantedBug(
        "leave resources offline after a move",
        RuleID.MOVE_GROUP,
        "A move does not bring the resources back to their persistent state.",
        behaviour=life.left_offline_by_a_move,
    ),
    PlantedBug(
        "run on after a crash",
        RuleID.FAILOVER,
        "What ran on a node that went down still counts as running there.",
        behaviour=life.online_after_a_crash,
    ),
    PlantedBug(
        "restore lists without copies",
        RuleID.RESTORE_DATABASE,
        "A restored database has the lists of the backup and the copies of today.",
        behaviour=life.lists_restored_alone,
    ),
)
"""Bugs against states, moves, failover and the database."""

GALLERY: tuple[PlantedBug, ...] = (
    *PAGE_BUGS,
    *KB174070_BUGS,
    *CODE_BUGS,
    *LIFE_BUGS,
    *DELAY_BUGS,
    *FAILURE_BUGS,
)
"""Every planted bug."""
