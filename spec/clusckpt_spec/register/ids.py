"""Rule IDs: the immutable names by which everything else cites a rule.

An ID is never renamed and never reused. The docstring under each member says the rule in our
own words; the published sentence and its source are in the rule's record (`record.Rule`).
"""

from enum import StrEnum


class RuleID(StrEnum):
    """Every rule that the project decides about."""

    # The Checkpointing page
    CAPTURE_ONLINE = "CKPT-CAPTURE-ONLINE"
    """A change to a checkpointed tree while the resource is online is copied to the quorum."""
    OFFLINE_OVERWRITTEN = "CKPT-OFFLINE-OVERWRITTEN"
    """A change made while the resource is offline does not survive its next online."""
    RESTORE_BEFORE_ONLINE = "CKPT-RESTORE-BEFORE-ONLINE"
    """The hosting node has the stored tree before the resource is online on it."""
    DELETED_WITH_RESOURCE = "CKPT-DELETED-WITH-RESOURCE"
    """Deleting a resource deletes its checkpoints, list entries and stored copies alike."""
    IN_BACKUP = "CKPT-IN-BACKUP"
    """A backup of the cluster database contains the checkpoints of that moment."""
    INSTANCES = "CKPT-INSTANCES"
    """Instances that share a key name replace each other's data; without sharing, they cannot."""
    NOT_PASSED_TO_DLL = "CKPT-NOT-PASSED-TO-DLL"
    """No checkpoint control code reaches a resource DLL, so none can close a cycle of waits."""

    # KB174070
    KB_CAPTURE_AT_ADD = "CKPT-KB-CAPTURE-AT-ADD"
    """Adding a checkpoint takes a first copy, whatever the state of the resource."""
    KB_RESTORE_AT_ONLINE = "CKPT-KB-RESTORE-AT-ONLINE"
    """Every online restores the stored copy, on the same node as well."""
    KB_SAVE_AT_OFFLINE = "CKPT-KB-SAVE-AT-OFFLINE"
    """An orderly offline saves every checkpoint of the resource."""
    KB_CAPTURE_ONLINE = "CKPT-KB-CAPTURE-ONLINE"
    """Updates made while the resource is online are written to its checkpoint."""

    # Control codes
    ADD_REGISTRY = "CKPT-ADD-REGISTRY"
    """Contract of CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT."""
    ADD_REGISTRY_64BIT = "CKPT-ADD-REGISTRY-64BIT"
    """Contract of CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT_64BIT."""
    ADD_REGISTRY_32BIT = "CKPT-ADD-REGISTRY-32BIT"
    """Contract of CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT_32BIT."""
    DELETE_REGISTRY = "CKPT-DELETE-REGISTRY"
    """Contract of CLUSCTL_RESOURCE_DELETE_REGISTRY_CHECKPOINT."""
    GET_REGISTRY = "CKPT-GET-REGISTRY"
    """Contract of CLUSCTL_RESOURCE_GET_REGISTRY_CHECKPOINTS."""
    ADD_CRYPTO = "CKPT-ADD-CRYPTO"
    """Contract of CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT."""
    ADD_CRYPTO_EX = "CKPT-ADD-CRYPTO-EX"
    """Contract of CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT_EX, published as "TBD"."""
    DELETE_CRYPTO = "CKPT-DELETE-CRYPTO"
    """Contract of CLUSCTL_RESOURCE_DELETE_CRYPTO_CHECKPOINT."""
    GET_CRYPTO = "CKPT-GET-CRYPTO"
    """Contract of CLUSCTL_RESOURCE_GET_CRYPTO_CHECKPOINTS."""
    TYPE_GET_REGISTRY = "CKPT-TYPE-GET-REGISTRY"
    """CLUSCTL_RESOURCE_TYPE_GET_REGISTRY_CHECKPOINTS is not supported."""
    TYPE_GET_CRYPTO = "CKPT-TYPE-GET-CRYPTO"
    """CLUSCTL_RESOURCE_TYPE_GET_CRYPTO_CHECKPOINTS is not supported."""

    # What the rules above stand on
    TREE_REPLACED = "CKPT-TREE-REPLACED"
    """A restore replaces the whole tree; it does not merge."""
    NAMES_CASELESS = "CKPT-NAMES-CASELESS"
    """Key names are compared without case and kept with it."""
    ROOT_DELETED = "CKPT-ROOT-DELETED"
    """When a root is deleted while online, capture fails and the last good copy stays."""
    CRYPTO_CONTAINERS = "CKPT-CRYPTO-CONTAINERS"
    """Crypto key containers can be checkpointed as well as registry keys."""
    ONLINE_STATES = "CKPT-ONLINE-STATES"
    """From which states a resource may be brought online, and what each request answers."""
    OFFLINE_STATES = "CKPT-OFFLINE-STATES"
    """From which states a resource may be taken offline, and what each request answers."""
    DELETE_STATES = "CKPT-DELETE-STATES"
    """Only an offline or failed resource can be deleted."""
    MOVE_GROUP = "CKPT-MOVE-GROUP"
    """A group moves to an active possible owner once its resources are offline or failed."""
    FAILOVER = "CKPT-FAILOVER"
    """When the hosting node becomes inactive, its groups go to another possible owner."""
    RESTORE_DATABASE = "CKPT-RESTORE-DATABASE"
    """Restoring the cluster database brings back the checkpoints of the backup."""
