"""The sorts of the transition system: uninterpreted for proofs, enumerated for examples.

The same clauses are built over either. Over uninterpreted sorts a proof holds for any number of
nodes, resources and keys; over enumerated sorts of two or three elements the solver finds
witnesses and counterexamples, and the clauses can be run.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import z3

Term = Any
"""A z3 expression. The z3 package carries no type information."""

Sort = Any
"""A z3 sort."""


@dataclass(frozen=True, slots=True)
class Scope:
    """How many elements each sort has in a finite instance, `data` counting absent and empty."""

    node: int
    resource: int
    key: int
    data: int


@dataclass(frozen=True, slots=True)
class Sorts:
    """The sorts that a system is built over.

    `node` and `resource` are the cluster's; `key` is a registry key, identified by its path, and
    a checkpoint root is a key; `data` is what one key holds, all its values together.
    """

    node: Sort
    resource: Sort
    key: Sort
    data: Sort
    scope: Scope | None

    def named(self, name: str) -> Sort:
        """The sort with a lower-case name, `status` and `bool` included."""
        if name == "bool":
            return z3.BoolSort()
        return STATUS if name == "status" else getattr(self, name)


STATUS, _STATUS_CONSTANTS = z3.EnumSort(
    "Status", ["offline", "online_pending", "online", "failed", "deleted", "offline_pending"]
)
OFFLINE, ONLINE_PENDING, ONLINE, FAILED, DELETED, OFFLINE_PENDING = _STATUS_CONSTANTS


@cache
def unbounded() -> Sorts:
    """Uninterpreted sorts, for proofs."""
    node, resource, key, data = map(z3.DeclareSort, ("Node", "Resource", "Key", "Data"))
    return Sorts(node, resource, key, data, scope=None)


@cache
def enumerated(scope: Scope) -> Sorts:
    """Sorts with as many elements as `scope` says, for witnesses and counterexamples."""
    return Sorts(
        node=_enumeration("Node", "n", scope.node),
        resource=_enumeration("Resource", "r", scope.resource),
        key=_enumeration("Key", "k", scope.key),
        data=_enumeration("Data", "d", scope.data),
        scope=scope,
    )


@cache
def _enumeration(name: str, prefix: str, size: int) -> Sort:
    elements = [f"{prefix}{number}" for number in range(size)]
    return z3.EnumSort(f"{name}{size}", [f"{element}of{size}" for element in elements])[0]


def elements(sort: Sort) -> list[Term]:
    """The elements of an enumerated sort, in order."""
    return [sort.constructor(position)() for position in range(sort.num_constructors())]
