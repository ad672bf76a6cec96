"""The wheel carries everything that the commands need, and nothing generic."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    before = Path.cwd()
    os.chdir(REPOSITORY)
    try:
        name = build_wheel(str(folder))
    finally:
        os.chdir(before)
    with zipfile.ZipFile(folder / name) as wheel:
        wheel.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_the_wheel_has_three_packages(unpacked: Path) -> None:
    """Nothing called spec, model or proofs reaches anybody's site-packages."""
    folders = {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")}

    assert folders == {"clusckpt", "clusckpt_spec", "clusckpt_proofs"}


def test_the_wheel_has_every_file_of_the_packages(unpacked: Path) -> None:
    """Schemas, templates, bundled clusters and incidents are in the wheel, byte for byte."""
    for root, package in (
        ("spec", "clusckpt_spec"),
        ("model", "clusckpt"),
        ("proofs", "clusckpt_proofs"),
    ):
        source = REPOSITORY / root / package
        files = [path for path in source.rglob("*") if path.is_file()]
        kept = [path for path in files if "__pycache__" not in path.parts]

        assert kept
        for path in kept:
            packed = unpacked / package / path.relative_to(source)
            assert packed.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "arguments", [("demo", "--quick"), ("rules", "CKPT-CAPTURE-ONLINE"), ("prove", "--help")]
)
def test_commands_run_from_the_wheel(
    unpacked: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """The commands run from the unpacked wheel alone, far from this tree."""
    command = [sys.executable, "-c", "from clusckpt.cli import main; main()", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    finished = subprocess.run(  # noqa: S603 - our own command
        command, cwd=tmp_path, env=environment, capture_output=True, check=False, timeout=120
    )

    assert finished.returncode == 0, finished.stderr.decode()
