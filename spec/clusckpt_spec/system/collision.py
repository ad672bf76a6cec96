"""Collisions: the schedule by which any conflict costs a resource its data.

The other half of the collision theorem. `invariants.instances` shows that without a conflict
nobody else's data reach a resource; this is how, with any conflict whatever, they do. The
schedule is parametric: two arbitrary resources, a key under a root of each, a node that may host
both. It starts where no resource has a checkpoint yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

import z3
from z3 import And, Not

from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.actions.checkpoints import add_checkpoint
from clusckpt_spec.system.actions.lifecycle import begin_online
from clusckpt_spec.system.actions.ownership import move
from clusckpt_spec.system.actions.registry import write
from clusckpt_spec.system.actions.restore import complete_online, replicate, restore, restores
from clusckpt_spec.system.predicates import exists, online
from clusckpt_spec.system.sorts import Sorts, Term
from clusckpt_spec.system.state import State

COLLISION_RULE = RuleID.INSTANCES
"""The rule that the theorem is about."""

_SORTS = {
    "loser": "resource",
    "winner": "resource",
    "shared": "node",
    "source": "node",
    "own_root": "key",
    "other_root": "key",
    "contested": "key",
    "ours": "data",
}


@dataclass(frozen=True)
class Planned:
    """One step of a schedule: an action, and the names of the elements that it is done with."""

    action: Action
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Collision:
    """The schedule under one reading, by who has to move to the shared node first.

    `loser` loses its data to `winner`: `own_root` and `other_root` are their roots, `contested` a
    key under both, `shared` a node that may host both, `source` the owner of `winner` where a
    product replicates to other nodes only, and `ours` the data that `loser` has.
    """

    reading: Reading
    sorts: Sorts
    movers: tuple[str, ...] = ()

    @cached_property
    def elements(self) -> Mapping[str, Term]:
        """The elements by their names: constants about which nothing is known."""
        return {name: z3.Const(name, self.sorts.named(sort)) for name, sort in _SORTS.items()}

    @property
    def host(self) -> str:
        """Where `winner` is hosted: on the shared node, or where it is replicated from."""
        return "shared" if restores(self.reading) else "source"

    @property
    def schedule(self) -> tuple[Planned, ...]:
        """The steps, in order."""
        hosts = {"loser": "shared", "winner": self.host}
        return (
            *(Planned(move, (one, hosts[one])) for one in self.movers),
            Planned(add_checkpoint, ("winner", "other_root")),
            Planned(write, ("shared", "contested", "ours")),
            Planned(add_checkpoint, ("loser", "own_root")),
            *self._online(),
        )

    def _online(self) -> tuple[Planned, ...]:
        begin, complete = Planned(begin_online, ("loser",)), Planned(complete_online, ("loser",))
        if not restores(self.reading):
            return (begin, complete, Planned(replicate, ("winner", "other_root", "shared")))
        return (
            begin,
            Planned(restore, ("loser", "own_root")),
            complete,
            Planned(begin_online, ("winner",)),
            Planned(restore, ("winner", "other_root")),
        )

    def premises(self, s: State) -> Mapping[str, Term]:
        """What is assumed of the first state, beside that it is initial."""
        e = SimpleNamespace(**self.elements)
        host = self.elements[self.host]
        found = {
            "two resources": e.loser != e.winner,
            "roots": And(s.claims(e.loser, e.own_root), s.claims(e.winner, e.other_root)),
            "one key": And(s.under(e.own_root, e.contested), s.under(e.other_root, e.contested)),
            "one node": And(s.possible(e.loser, e.shared), s.possible(e.winner, e.shared)),
            "the key exists": And(exists(s, e.shared, e.contested), exists(s, host, e.contested)),
            "other data": And(
                e.ours != s.absent(),
                e.ours != s.registry(e.shared, e.contested),
                e.ours != s.registry(host, e.contested),
            ),
            "owners": And(*self._owners(s)),
        }
        if not restores(self.reading):
            found["another node"] = And(e.source != e.shared, s.possible(e.winner, e.source))
        return found

    def goal(self, start: State, end: State) -> Mapping[str, Term]:
        """`loser` is online with what had been there for `winner`, and not with what it left."""
        e = SimpleNamespace(**self.elements)
        theirs = start.registry(self.elements[self.host], e.contested)
        return {
            "the loser is online": online(end, e.loser),
            "on the shared node": end.owner(e.loser) == e.shared,
            "with its checkpoint": end.checkpoint(e.loser, e.own_root),
            "the data are the winners": end.registry(e.shared, e.contested) == theirs,
            "the loser left others": end.mine(e.loser, e.own_root, e.contested) == e.ours,
            "the winner brought them": end.brought(e.shared, e.contested, e.winner),
        }

    def _owners(self, s: State) -> list[Term]:
        hosts = {"loser": "shared", "winner": self.host}
        owned = {one: s.owner(self.elements[one]) == self.elements[hosts[one]] for one in hosts}
        return [Not(there) if one in self.movers else there for one, there in owned.items()]


MOVERS: tuple[tuple[str, ...], ...] = ((), ("loser",), ("winner",), ("loser", "winner"))
"""Who is elsewhere at the start, and is moved: nobody, either, or both."""
