"""The repository keeps its shape: what lies at the top, how modules begin, what is ignored."""

import ast
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGES = (
    REPOSITORY / "spec" / "clusckpt_spec",
    REPOSITORY / "model" / "clusckpt",
    REPOSITORY / "proofs" / "clusckpt_proofs",
)
TOP_LEVEL = {
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "model",
    "proofs",
    "pyproject.toml",
    "spec",
    "tests",
}
LONGEST_MODULE = 600
SHORTEST_REASON = 15
IGNORED_RULE = re.compile(r'^ *"(?P<code>[A-Z]+[0-9]*)",(?: # (?P<reason>.*))?$', re.MULTILINE)
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ]+)", re.MULTILINE)


def project() -> dict[str, Any]:
    """What pyproject.toml states."""
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def python_modules() -> list[Path]:
    """Every Python module of the three packages and of the tests."""
    return sorted(path for root in (*PACKAGES, REPOSITORY / "tests") for path in root.rglob("*.py"))


def unexplained(configuration: str) -> list[str]:
    r"""The codes among the lines of pyproject.toml that ignore a rule without a reason.

    >>> unexplained('  "D203", # contradicts D211\n  "D213", # no\n  "D401",\n')
    ['D213', 'D401']
    """
    return [
        found["code"]
        for found in IGNORED_RULE.finditer(configuration)
        if len(found["reason"] or "") < SHORTEST_REASON
    ]


def test_top_level() -> None:
    """The top level holds the names that are allowed there, all of them and no other."""
    ignored = [
        line.strip("/")
        for line in (REPOSITORY / ".gitignore").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    names = {
        path.name
        for path in REPOSITORY.iterdir()
        if path.name != ".git" and not any(fnmatch(path.name, pattern) for pattern in ignored)
    }

    assert names == TOP_LEVEL


def test_modules_have_docstrings() -> None:
    """Every Python module says what it is."""
    silent = [
        str(path.relative_to(REPOSITORY))
        for path in python_modules()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_modules_are_short() -> None:
    """No Python module is longer than one concept should be."""
    lengths = {
        str(path.relative_to(REPOSITORY)): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_modules()
    }

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_ignored_rules_have_reasons() -> None:
    """Every lint rule that pyproject.toml ignores stands on a line with the reason."""
    lint = project()["tool"]["ruff"]["lint"]
    ignored = [
        *lint["ignore"],
        *(code for codes in lint["per-file-ignores"].values() for code in codes),
    ]
    configuration = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")

    assert sorted(found["code"] for found in IGNORED_RULE.finditer(configuration)) == sorted(
        ignored
    )
    assert unexplained(configuration) == []


def test_packages_stand_alone() -> None:
    """No file of the three packages points outside the repository."""
    pointing = [
        str(path.relative_to(REPOSITORY))
        for package in PACKAGES
        for path in sorted(package.rglob("*"))
        if path.is_file() and b"../shared" in path.read_bytes()
    ]

    assert pointing == []


def test_lock_pins_every_dependency() -> None:
    """The lock has a release within bounds of all that pyproject.toml and the build ask for."""
    lock = (REPOSITORY / ".ci" / "requirements.lock").read_text(encoding="utf-8")
    pinned = {found["name"]: found["version"] for found in PINNED.finditer(lock)}
    stated = project()
    asked = [
        Requirement(text)
        for text in (
            *stated["build-system"]["requires"],
            *stated["project"]["dependencies"],
            *stated["project"]["optional-dependencies"]["dev"],
        )
    ]

    assert [
        str(requirement)
        for requirement in asked
        if pinned.get(requirement.name.lower(), "0") not in requirement.specifier
    ] == []


def test_lock_names_no_host() -> None:
    """The lock says what to install and leaves from where to the machine."""
    lock = (REPOSITORY / ".ci" / "requirements.lock").read_text(encoding="utf-8")

    assert "://" not in lock
    assert "--index" not in lock
