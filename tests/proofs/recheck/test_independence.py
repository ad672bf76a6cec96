"""The re-check shares nothing with the engine that wrote what it checks."""

import ast
import subprocess
import sys
from pathlib import Path

import clusckpt_proofs

PACKAGE = Path(clusckpt_proofs.__file__).resolve().parent
LISTED = """
import sys
import clusckpt_proofs.recheck.__main__, clusckpt_proofs.recheck.coverage
print(*sorted(name for name in sys.modules if name.startswith("clusckpt")), sep="\\n")
"""


def _imported(path: Path) -> set[str]:
    """Every module of ours that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name for name in names if name.split(".")[0] in ("clusckpt", "clusckpt_proofs")}


def _foreign(names: set[str]) -> set[str]:
    """The modules of ours that are neither the specification nor the re-check."""
    return {
        name
        for name in names
        if name.split(".")[0] != "clusckpt_spec"
        and name != "clusckpt_proofs"
        and not f"{name}.".startswith("clusckpt_proofs.recheck.")
    }


def test_no_module_imports_the_engine() -> None:
    """No file of the re-check imports anything of ours but the re-check and the specification."""
    modules = sorted((PACKAGE / "recheck").glob("*.py"))
    imported = {name for path in modules for name in _imported(path)}

    assert len(modules) > 5
    assert _foreign(imported) == set()


def test_an_import_of_the_engine_would_be_seen() -> None:
    """The module that writes certificates does import the engine, and that is seen."""
    assert "clusckpt_proofs.engine" in _foreign(_imported(PACKAGE / "certificates.py"))


def test_nothing_of_the_engine_is_loaded() -> None:
    """A process that runs the re-check loads no module of the engine, nor of the model."""
    finished = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", LISTED], capture_output=True, check=True, text=True, timeout=120
    )
    loaded = set(finished.stdout.split())

    assert "clusckpt_proofs.recheck.checking" in loaded
    assert _foreign(loaded) == set()
