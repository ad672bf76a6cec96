"""The public names of the model say what they are for, and show it."""

import inspect
from dataclasses import is_dataclass
from enum import Enum
from importlib import import_module
from types import ModuleType

import pytest

PACKAGES = [
    "clusckpt",
    "clusckpt.buffers",
    "clusckpt.oracle",
    "clusckpt.products",
    "clusckpt.registry",
    "clusckpt.rules",
    "clusckpt.steps",
    "clusckpt.steps.codes",
    "clusckpt.waits",
]
MODULES = [
    "clusckpt.backups",
    "clusckpt.blocking",
    "clusckpt.containers",
    "clusckpt.examples",
    "clusckpt.group_state",
    "clusckpt.names",
    "clusckpt.oracle.evidence",
    "clusckpt.start",
]


def public(module: ModuleType) -> list[str]:
    """The names that a package exports, or the functions and classes that a module defines."""
    if hasattr(module, "__all__"):
        return list(module.__all__)
    return [
        name
        for name, entry in vars(module).items()
        if not name.startswith("_") and getattr(entry, "__module__", None) == module.__name__
    ]


def speaks(module: ModuleType, name: str) -> bool:
    """Whether a name is documented, with an example of its own or in that of its package.

    Data classes, enumerations and exceptions need no example, and constants none that can run:
    what they are is said beside them.
    """
    entry = getattr(module, name)
    text = inspect.getdoc(entry) or ""
    if inspect.isclass(entry):
        plain = is_dataclass(entry) or issubclass(entry, Enum | Exception)
        return bool(text) and (plain or ">>> " in text)
    if not callable(entry) or (not hasattr(entry, "__wrapped__") and not inspect.isfunction(entry)):
        return True
    return bool(text) and (">>> " in text or in_example(module, name))


def in_example(module: ModuleType, name: str) -> bool:
    """Whether the docstring of a package calls a function of that name."""
    lines = (inspect.getdoc(module) or "").splitlines()
    return any(line.startswith(">>> ") and f"{name}(" in line for line in lines)


@pytest.mark.parametrize("path", PACKAGES + MODULES)
def test_public_names_are_documented(path: str) -> None:
    """Every public function has a docstring with an example, every class at least a docstring."""
    module = import_module(path)

    assert [name for name in public(module) if not speaks(module, name)] == []


def test_a_silent_function_is_found() -> None:
    """A function without an example does not pass, nor does one without a docstring."""
    module = ModuleType("made_up", "An example of another function.\n\n>>> shown()\n")

    def shown() -> None:
        """Do something."""

    def told() -> None:
        """Do something else."""

    for function in (shown, told):
        function.__module__ = module.__name__
        setattr(module, function.__name__, function)

    assert [name for name in public(module) if not speaks(module, name)] == ["told"]
