"""BackupClusterDatabase and RestoreClusterDatabase: the quorum directory is copied and put back."""

import re

from . import status
from .groups import take_part
from .membership import Membership
from .names import fold
from .resources import Parameters, served

_FILES = re.compile(r"(chk.*\.tmp|quolog\.log|clusbackup\.dat|.*\.cp[tr])", re.IGNORECASE)


def names_a_file(path: str) -> bool:
    r"""Whether a path ends with the name of a file of a backup.

    >>> names_a_file("D:\\Backup\\quolog.log"), names_a_file("D:\\Backup")
    (True, False)
    """
    return _FILES.fullmatch(re.split(r"[\\/]", path)[-1]) is not None


def back_up(members: Membership, parameters: Parameters) -> int:
    """BackupClusterDatabase: the database with every stored copy."""
    served(members)
    if names_a_file(parameters["path"]):
        return status.DIRECTORY
    members.quorum.back_up(parameters["path"])
    return status.SUCCESS


def restore_backup(members: Membership, parameters: Parameters) -> int:
    """RestoreClusterDatabase: the service starts anew on one node, which forms the cluster.

    The others leave; who owns which group is no part of a backup.
    """
    node, path = fold(parameters["node"]), parameters["path"]
    if set(members.up) - {node} and not parameters.get("force", False):
        return status.CLUSTER_NODE_UP
    if node not in members.up:
        return status.HOST_NODE_NOT_AVAILABLE
    if not members.quorum.has_backup(path):
        return status.FILE_NOT_FOUND
    groups = members.quorum.database()["groups"]
    for other in list(members.up):
        members.kill(other)
    members.quorum.bring_back(path)
    database = members.quorum.database()
    database["groups"] = groups
    for resource in database["resources"].values():
        resource["state"] = "Offline"
    members.quorum.keep(database)
    members.join(node)
    take_part(members, node)
    return status.SUCCESS
