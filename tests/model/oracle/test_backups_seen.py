"""The files of a backup are compared by name, whatever stands in the name of a resource."""

import pytest

from clusckpt.oracle import VerdictKind, replay
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import BackupClusterDatabase
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, TraceLine

KEY = "Software\\Acme"
FIXED = ("Clusbackup.dat", "chk0001.tmp", "quolog.log")


@pytest.mark.parametrize("name", ["SQL", "SQL [1]", "SQL *"])
def test_names_stand_for_themselves(name: str) -> None:
    """A folder is that of the resource, and another one is not, though a pattern would fit it."""
    resource = Resource(name, group="G", registry_checkpoints=(RegistryCheckpoint(KEY),))
    cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("G"),), (resource,))
    header = Header(TRACE_FORMAT, cluster, registry={"N1": {KEY: {}}})

    def verdict(folder: str) -> VerdictKind:
        files = (*FIXED, f"{folder}\\00000001.CPT")
        seen = Observation(backup_files={"D:/B": files})
        line = TraceLine(2, BackupClusterDatabase("D:/B"), 0, seen)
        return replay(header, [line], MSCS_PAGE_RULES).kind

    assert verdict(name) is VerdictKind.CONFORMS
    assert verdict("SQL 1") is VerdictKind.VIOLATES
