"""The bundled traces: field incidents, and cases from articles and blogs, by name."""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from clusckpt.files.trace_file import load_trace
from clusckpt_spec.formats.trace import Trace

SUFFIX: Final = ".jsonl"


def data_file(name: str) -> Traversable:
    """A file or folder of the package's data."""
    return resources.files("clusckpt").joinpath("data", name)


def bundled_names() -> list[str]:
    """The names of the bundled traces, in order."""
    files = data_file("incidents").iterdir()
    return sorted(file.name.removesuffix(SUFFIX) for file in files if file.name.endswith(SUFFIX))


@cache
def bundled_trace(name: str) -> Trace:
    """A bundled trace.

    >>> bundled_trace("rc03-optimizer-edits-lost").header.incident
    'RC03'
    """
    with resources.as_file(data_file("incidents").joinpath(name + SUFFIX)) as path:
        return load_trace(path)
