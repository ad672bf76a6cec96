"""Imports point one way: between the three packages, and between the layers of each.

The layers of a package are the modules and sub-packages right under it, lowest first. A module
may import from its own layer and from those before it. The package's own `__init__` and
`__main__` stand above all its layers. Imports are read from the source, never run, so one in a
function or under `TYPE_CHECKING` counts as much as one at the top.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Package:
    """An import package: its source root, its layers, and the packages that it may import."""

    root: str
    layers_name: str
    layers: tuple[str, ...]
    may_import: tuple[str, ...]


SPEC_LAYERS = (
    "ambiguities",
    "readings",
    "register",
    "api",
    "incidents",
    "formats",
    "system",
    "prose",
)
MODEL_LAYERS = (
    "data",
    "names",
    "containers",
    "buffers",
    "waits",
    "registry",
    "products",
    "state",
    "blocking",
    "backups",
    "group_state",
    "rules",
    "steps",
    "start",
    "examples",
    "files",
    "oracle",
    "reports",
    "predictions",
    "properties",
    "gallery",
    "parties",
    "conformance",
    "exhibition",
    "vectors",
    "slicing",
    "pytest_plugin",
    "collisions",
    "review",
    "links",
    "rule_table",
    "cli",
)
PROOFS_LAYERS = (
    "recheck",
    "obligation",
    "names",
    "runs",
    "decode",
    "failing",
    "unbounded",
    "stratification",
    "tour",
    "small_tours",
    "witnesses",
    "needed",
    "everywhere",
    "liveness",
    "schedules",
    "agreement",
    "counterexamples",
    "smtlib",
    "batches",
    "engine",
    "certificates",
    "explanation",
    "exactness",
    "mutation",
)
PACKAGES = {
    "clusckpt_spec": Package("spec", "SPEC_LAYERS", SPEC_LAYERS, ()),
    "clusckpt": Package("model", "MODEL_LAYERS", MODEL_LAYERS, ("clusckpt_spec",)),
    "clusckpt_proofs": Package(
        "proofs", "PROOFS_LAYERS", PROOFS_LAYERS, ("clusckpt_spec", "clusckpt")
    ),
}
IN_FUNCTIONS_ONLY = {("clusckpt", "cli", "clusckpt_proofs")}
"""The exceptions: (package, layer, other package), an import that may stand in a function."""


@dataclass(frozen=True, slots=True)
class Name:
    """A dotted name: of a module, or of what one imports."""

    name: str

    @property
    def package(self) -> str:
        """The import package that the name begins with."""
        return self.name.split(".")[0]

    @property
    def layer(self) -> str | None:
        """The layer of that package that the name lies in; None for the package itself.

        >>> Name("clusckpt.review.html").layer
        'review'
        >>> Name("clusckpt.__main__").layer is Name("clusckpt").layer is None
        True
        """
        rest = self.name.split(".")[1:]
        return None if not rest or rest[0].startswith("__") else rest[0]


@dataclass(frozen=True, slots=True)
class Module(Name):
    """A module, with its source."""

    source: str
    is_package: bool = False


@dataclass(frozen=True, slots=True)
class Import(Name):
    """An imported name, with its line, and whether it waits for a function's call."""

    line: int
    in_function: bool


def modules_of(package: str) -> list[Module]:
    """Every module of one of the three packages."""
    root = REPOSITORY / PACKAGES[package].root
    found = []
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        found.append(Module(name, path.read_text(encoding="utf-8"), is_package))
    return found


def imports_of(module: Module) -> Iterator[Import]:
    """Every import that the module's source states, wherever it stands."""
    pending: list[tuple[ast.AST, bool]] = [(ast.parse(module.source), False)]
    while pending:
        node, in_function = pending.pop()
        for target in _targets(node, module):
            yield Import(target, getattr(node, "lineno", 0), in_function)
        inside = in_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        pending.extend((child, inside) for child in ast.iter_child_nodes(node))


def _targets(node: ast.AST, module: Module) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=written, names=names, level=level):
            start = _parent(module, level) if level else ""
            base = ".".join(part for part in (start, written) if part)
            return [f"{base}.{alias.name}" for alias in names]
        case ast.Call(
            func=ast.Name(id=called) | ast.Attribute(attr=called),
            args=[ast.Constant(value=str(target)), *_],
        ) if called in {"import_module", "__import__"}:
            return [target]
    return []


def _parent(module: Module, level: int) -> str:
    parts = module.name.split(".")
    return ".".join(parts[: len(parts) - level + module.is_package])


def wrong_packages(module: Module) -> list[str]:
    """What to mend in the module's imports from the other two packages."""
    allowed = (module.package, *PACKAGES[module.package].may_import)
    faults = []
    for found in imports_of(module):
        package = found.package
        if package not in PACKAGES or package in allowed:
            continue
        place = f"{module.name}:{found.line}"
        if (module.package, module.layer, package) not in IN_FUNCTIONS_ONLY:
            faults.append(f"{place}: may not import {found.name}")
        elif not found.in_function:
            faults.append(f"{place}: may import {found.name} only in a function")
    return faults


def wrong_layers(module: Module) -> list[str]:
    """What to mend in the module's imports from its own package."""
    package = PACKAGES[module.package]
    if module.layer is None:
        return []
    if module.layer not in package.layers:
        advice = f"add it to {package.layers_name} in tests/test_layering.py, after all it imports"
        return [f"{module.name}: layer {module.layer!r} is in no table; {advice}"]
    allowed = package.layers[: package.layers.index(module.layer) + 1]
    return [
        f"{module.name}:{found.line}: layer {module.layer!r} imports {found.name}, "
        f"which is not at or below it in {package.layers_name}"
        for found in imports_of(module)
        if found.package == module.package and found.layer not in allowed
    ]


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_import_one_way(package: str) -> None:
    """Each package imports only the packages that it may."""
    faults = [fault for module in modules_of(package) for fault in wrong_packages(module)]

    assert faults == []


@pytest.mark.parametrize("package", PACKAGES)
def test_layers_import_downward(package: str) -> None:
    """Each layer is in the table and imports only itself and the layers before it."""
    faults = [fault for module in modules_of(package) for fault in wrong_layers(module)]

    assert faults == []


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_are_found(package: str) -> None:
    """The checks above have something to check: each package has its `__init__` and more."""
    names = [module.name for module in modules_of(package)]

    assert package in names
    assert len(names) > 1


@pytest.mark.parametrize(
    ("name", "source", "fault"),
    [
        (
            "clusckpt_spec.system.action",
            "import clusckpt.state",
            "clusckpt_spec.system.action:1: may not import clusckpt.state",
        ),
        (
            "clusckpt_spec.api.states",
            "def prove():\n    from clusckpt_proofs import engines",
            "clusckpt_spec.api.states:2: may not import clusckpt_proofs.engines",
        ),
        (
            "clusckpt.oracle.sets",
            "def prove():\n    from clusckpt_proofs import engines",
            "clusckpt.oracle.sets:2: may not import clusckpt_proofs.engines",
        ),
        (
            "clusckpt.cli.prove",
            "from clusckpt_proofs import engines",
            "clusckpt.cli.prove:1: may import clusckpt_proofs.engines only in a function",
        ),
        (
            "clusckpt.state.cluster",
            'import importlib\nimportlib.import_module("clusckpt_proofs")',
            "clusckpt.state.cluster:2: may not import clusckpt_proofs",
        ),
    ],
)
def test_wrong_package_is_flagged(name: str, source: str, fault: str) -> None:
    """A made-up import of a package that is out of bounds is flagged with its line."""
    assert wrong_packages(Module(name, source)) == [fault]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("clusckpt.cli.prove", "def prove():\n    from clusckpt_proofs import engines"),
        ("clusckpt_proofs.agreement.abstraction", "import clusckpt.state, clusckpt_spec.system"),
        ("clusckpt.rules.capture", "import clusckpt_specimen\nfrom clusckpt_spec import register"),
    ],
)
def test_allowed_package_is_not_flagged(name: str, source: str) -> None:
    """A made-up import that is within bounds is not flagged."""
    assert wrong_packages(Module(name, source)) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        (
            "from clusckpt_spec.prose import page",
            "1: layer 'register' imports clusckpt_spec.prose.page",
        ),
        (
            "if TYPE_CHECKING:\n    from ..prose.page import Page",
            "2: layer 'register' imports clusckpt_spec.prose.page.Page",
        ),
        (
            "from .. import prose",
            "1: layer 'register' imports clusckpt_spec.prose",
        ),
        (
            "from clusckpt_spec import __version__",
            "1: layer 'register' imports clusckpt_spec.__version__",
        ),
    ],
)
def test_upward_import_is_flagged(source: str, fault: str) -> None:
    """A made-up import of a higher layer is flagged, in whichever way it is written."""
    assert wrong_layers(Module("clusckpt_spec.register.ids", source)) == [
        f"clusckpt_spec.register.ids:{fault}, which is not at or below it in SPEC_LAYERS"
    ]


def test_unknown_layer_is_flagged() -> None:
    """A made-up sub-package that no table names is flagged with the place to add it."""
    fault = (
        "clusckpt_proofs.novelty.news: layer 'novelty' is in no table; add it to PROOFS_LAYERS "
        "in tests/test_layering.py, after all it imports"
    )

    assert wrong_layers(Module("clusckpt_proofs.novelty.news", "")) == [fault]


@pytest.mark.parametrize(
    "module",
    [
        Module("clusckpt_spec.prose.page", "from clusckpt_spec.prose.words import word"),
        Module(
            "clusckpt_spec.prose",
            "from .page import Page\nfrom ..api import states",
            is_package=True,
        ),
        Module("clusckpt_spec", "from clusckpt_spec.prose import page", is_package=True),
        Module("clusckpt_spec.__main__", "import clusckpt_spec"),
    ],
    ids=lambda module: module.name,
)
def test_downward_import_is_not_flagged(module: Module) -> None:
    """A made-up import of the same layer or a lower one is not flagged."""
    assert wrong_layers(module) == []
