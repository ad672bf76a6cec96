"""What can be planted in this cluster: one function of it replaced by another.

With it the cluster tries out a checker: one that is told `--bug NAME` is to be caught, and one
that is told `--odd NAME` is not to be accused.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Planted:
    """A replacement for what a module or a class calls by this name."""

    where: object
    name: str
    replacement: object


def plant(kept: Mapping[str, Planted], name: str) -> None:
    """Put a replacement in its place, for as long as this process runs.

    Raises:
        KeyError: there is none of that name.
    """
    planted = kept[name]
    setattr(planted.where, planted.name, planted.replacement)
