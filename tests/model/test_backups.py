"""A backup on disk: the files that it has, and the paths that it takes."""

import pytest

from clusckpt.backups import has_file_name, manifest
from clusckpt.rules.removal import backed_up, backed_up_without_crypto
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.cluster import Resource
from clusckpt_spec.formats.events import CryptGenKey
from clusckpt_spec.readings import VCS_REGREP
from tests.drive import ADD, ADD_CRYPTO, Driver, rules_with

OWN = {"chk????.tmp", "quolog.log", "Clusbackup.dat"}
KEY = "Software\\Acme"
GUID = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
def cluster() -> Driver:
    """A cluster in which A has a container and a root, and B the root of a missing tree."""
    rules = rules_with({}, VCS_REGREP)
    driver = Driver(rules, Resource("A", group="GA", id=GUID), Resource("B", group="GB"))
    driver.write("N1", KEY, "first")
    driver.do(CryptGenKey("N1", "1\\\\Box", "k1"))
    driver.control("A", ADD, KEY)
    driver.control("A", ADD_CRYPTO, "1\\\\Box")
    driver.control("B", ADD, "Software\\Missing")
    driver.write("N2", KEY, "of B")
    driver.control("B", ADD, KEY)
    return driver


@pytest.mark.rule("CKPT-IN-BACKUP")
@pytest.mark.parametrize(
    ("choice", "crypto", "registry"),
    [("cpt-and-cpr", "CPR", "CPT"), ("all-cpt", "CPT", "CPT"), ("all-cpr", "CPR", "CPR")],
)
def test_files_of_a_backup(cluster: Driver, choice: str, crypto: str, registry: str) -> None:
    """Each copy is a numbered file in the folder of its resource, named by GUID or name (A35)."""
    reading = rules_with({AmbiguityID.A35: choice}).reading

    assert manifest(backed_up(cluster.state), reading) == OWN | {
        f"{GUID}\\00000001.{crypto}",
        f"{GUID}\\00000002.{registry}",
        f"B\\00000001.{registry}",
    }


@pytest.mark.rule("CKPT-IN-BACKUP")
def test_files_of_a_backup_of_one_kind(cluster: Driver) -> None:
    """A backup without crypto checkpoints has no files for them (A36)."""
    files = manifest(backed_up_without_crypto(cluster.state), VCS_REGREP)

    assert files == OWN | {f"{GUID}\\00000001.CPT", "B\\00000001.CPT"}


@pytest.mark.rule("CKPT-IN-BACKUP")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("D:\\Backup", False),
        ("\\\\server\\share\\Backup", False),
        ("D:\\Backup\\", False),
        ("D:\\Backup\\chkBC1.tmp", True),
        ("D:/Backup/QUOLOG.LOG", True),
        ("clusbackup.dat", True),
        ("D:\\Backup\\00000001.cpr", True),
        ("D:\\quolog.log\\Backup", False),
    ],
)
def test_paths_with_a_file_name(path: str, expected: bool) -> None:  # noqa: FBT001 - expected
    """A path ends with a file name if its last part is one of the files of a backup."""
    assert has_file_name(path) is expected
