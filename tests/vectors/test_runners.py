"""The runners for projects without Python pass the model, and fail a planted bug where they must.

They need Node.js and a C compiler, as the projects do that use them.
"""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from clusckpt.vectors.committed import committed, folder

RUNNERS = Path(str(folder())).parent / "runners"
HERE = Path(__file__).resolve().parent
SERVED = HERE / "served.py"

Told = dict[str, str]
"""What became of each case."""


def run_js(subject: str, reading: str, bug: str = "none") -> Told:
    """What runner.js says of each case."""
    vectors = Path(str(folder())) / f"{subject}.json"
    command: list[str | Path] = [
        "node",
        RUNNERS / "runner.js",
        vectors,
        reading,
        sys.executable,
        SERVED,
        reading,
        bug,
    ]
    return told(subprocess.run(command, capture_output=True, text=True, check=False))  # noqa: S603 - our runner


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """runner.c with an implementation that asks a Python process."""
    program = tmp_path_factory.mktemp("c") / "run"
    flags = ["-std=c11", "-O1", "-Wall", "-Wextra", "-Werror"]
    command: list[str | Path] = [
        "cc",
        *flags,
        RUNNERS / "runner.c",
        HERE / "adapter.c",
        "-o",
        program,
    ]
    subprocess.run(command, check=True)  # noqa: S603 - our sources
    return program


def run_c(program: Path, subject: str, reading: str, bug: str = "none") -> Told:
    """What runner.c says of each case."""
    vectors = Path(str(folder())) / f"{subject}.json"
    adapter = shlex.join([sys.executable, str(SERVED), "plain", reading, bug])
    return told(
        subprocess.run(  # noqa: S603 - the program that was compiled from our sources
            [program, vectors, reading],
            capture_output=True,
            text=True,
            check=False,
            env={"ADAPTER": adapter},
        )
    )


def told(ended: subprocess.CompletedProcess[str]) -> Told:
    """What became of each case; the status says whether one failed."""
    lines = [line.split() for line in ended.stdout.splitlines() if not line.startswith("{")]
    found = {line[1]: line[0] for line in lines}
    assert ended.stderr == ""
    assert ended.returncode == int("fail" in found.values())
    return found


def killing(subject: str, bug: str) -> set[str]:
    """The cases of a file that a planted bug fails."""
    return {case.id for case in committed()[f"{subject}.json"].cases if bug in case.kills}


@pytest.mark.parametrize(
    ("subject", "reading"),
    [("capture", "mscs-page"), ("codes", "mscs-page"), ("failures", "windows-observed")],
)
def test_the_model_passes(subject: str, reading: str) -> None:
    """No case fails for the model, and many are followed to their end."""
    found = run_js(subject, reading)

    assert "fail" not in found.values()
    assert list(found.values()).count("pass") > 50


@pytest.mark.parametrize(
    ("subject", "reading", "bug"),
    [
        ("capture", "mscs-page", "skip capture"),
        ("deletion", "mscs-page", "delete an online resource"),
    ],
)
def test_a_planted_bug_fails(subject: str, reading: str, bug: str) -> None:
    """A planted bug fails every case that it is killed by."""
    found = run_js(subject, reading, bug)
    expected = killing(subject, bug)

    assert expected
    assert {one: found[one] for one in expected} == dict.fromkeys(expected, "fail")


def test_the_c_runner_passes_the_model(compiled: Path) -> None:
    """The runner in C fails no case of the model either."""
    found = run_c(compiled, "capture", "mscs-page")

    assert "fail" not in found.values()
    assert list(found.values()).count("pass") > 50


def test_the_c_runner_fails_a_planted_bug(compiled: Path) -> None:
    """The runner in C fails the cases that a planted bug is killed by."""
    found = run_c(compiled, "capture", "mscs-page", "skip capture")
    expected = killing("capture", "skip capture")

    assert {one: found[one] for one in expected} == dict.fromkeys(expected, "fail")
