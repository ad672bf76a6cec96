"""Evaluation: what a term comes to, from the values of the functions and variables in it."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import NamedTuple, Protocol

from clusckpt_proofs.mutation.compiled import Node
from clusckpt_proofs.mutation.conditions import Choice, Condition, Logic, spread

Value = Condition | Choice
"""What a term comes to: a condition, if it is a formula, or an element."""


class World(Protocol):
    """What gives the functions their values."""

    @property
    def logic(self) -> Logic:
        """How conditions are combined."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many elements each sort has."""

    def cell(self, name: str, sort: str, arguments: tuple[int, ...]) -> Value:
        """What a function comes to for some elements."""


class Place(NamedTuple):
    """Where a term is evaluated.

    `local` are the variables of an update; `bound` those of the quantifiers around the term, the
    innermost last.
    """

    world: World
    local: Mapping[str, int]
    bound: tuple[Value, ...] = ()


def evaluated(node: Node, place: Place) -> Value:
    """What a term comes to in a place."""
    return _EVALUATED[node.kind](node, place)


def _constant(node: Node, _: Place) -> Value:
    return node.kind == "true"


def _element(node: Node, _: Place) -> Value:
    return node.number


def _variable(node: Node, place: Place) -> Value:
    return place.bound[-1 - node.number]


def _not(node: Node, place: Place) -> Value:
    return place.world.logic.no(evaluated(node.parts[0], place))


def _and(node: Node, place: Place) -> Value:
    return place.world.logic.every(evaluated(part, place) for part in node.parts)


def _or(node: Node, place: Place) -> Value:
    return place.world.logic.some(evaluated(part, place) for part in node.parts)


def _implies(node: Node, place: Place) -> Value:
    premise, conclusion = node.parts
    denied = place.world.logic.no(evaluated(premise, place))
    if denied is True:
        return True
    return place.world.logic.some((denied, evaluated(conclusion, place)))


def _if(node: Node, place: Place) -> Value:
    test = evaluated(node.parts[0], place)
    if isinstance(test, bool):
        return evaluated(node.parts[1 if test else 2], place)
    chosen, other = (evaluated(part, place) for part in node.parts[1:])
    if node.sort == "Bool":
        return place.world.logic.either(test, chosen, other)
    return place.world.logic.one_of(test, chosen, other, place.world.sizes[node.sort])


def _equal(node: Node, place: Place) -> Value:
    left, right = (evaluated(part, place) for part in node.parts)
    logic = place.world.logic
    return (logic.same if node.parts[0].sort == "Bool" else logic.equal)(left, right)


def _distinct(node: Node, place: Place) -> Value:
    return place.world.logic.no(_equal(node, place))


def _all(node: Node, place: Place) -> Value:
    return place.world.logic.every(_instances(node, place))


def _any(node: Node, place: Place) -> Value:
    return place.world.logic.some(_instances(node, place))


def _instances(node: Node, place: Place) -> Iterator[Value]:
    for chosen in product(*(range(place.world.sizes[sort]) for sort in node.sorts)):
        yield evaluated(node.parts[0], place._replace(bound=(*place.bound, *chosen)))


def _apply(node: Node, place: Place) -> Value:
    if not node.parts and node.name in place.local:
        return place.local[node.name]
    arguments = tuple(evaluated(part, place) for part in node.parts)
    if all(isinstance(argument, int) for argument in arguments):
        return place.world.cell(node.name, node.sort, arguments)
    return _looked_up(node, arguments, place.world)


def _looked_up(node: Node, arguments: tuple[Value, ...], world: World) -> Value:
    """The entry of a table where some argument depends on something."""
    logic = world.logic
    ranges = (
        [(argument, True)] if isinstance(argument, int) else list(enumerate(argument))
        for argument in arguments
    )
    cases = []
    for combination in product(*ranges):
        here = logic.every(condition for _, condition in combination)
        if here is not False:
            where = tuple(number for number, _ in combination)
            cases.append((here, world.cell(node.name, node.sort, where)))
    if node.sort == "Bool":
        return logic.some(logic.every(case) for case in cases)
    size = world.sizes[node.sort]
    spreads = [(here, spread(value, size)) for here, value in cases]
    return tuple(
        logic.some(logic.every((here, value[at])) for here, value in spreads) for at in range(size)
    )


_EVALUATED: Mapping[str, Callable[[Node, Place], Value]] = {
    "true": _constant,
    "false": _constant,
    "element": _element,
    "variable": _variable,
    "not": _not,
    "and": _and,
    "or": _or,
    "implies": _implies,
    "if": _if,
    "equal": _equal,
    "distinct": _distinct,
    "all": _all,
    "any": _any,
    "apply": _apply,
}
