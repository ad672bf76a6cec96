"""The whole transition system: axioms, initial states, actions, invariants."""

from dataclasses import dataclass

import z3

from clusckpt_spec.readings import Reading
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.actions import ACTIONS
from clusckpt_spec.system.claim import Invariant
from clusckpt_spec.system.invariants import INVARIANTS
from clusckpt_spec.system.predicates import exists, overlap
from clusckpt_spec.system.sorts import OFFLINE, Sorts, Term
from clusckpt_spec.system.state import State, bound, declare


@dataclass(frozen=True)
class TransitionSystem:
    """The rules under one reading, over uninterpreted or enumerated sorts.

    `before` and `after` are the states that a relation of `actions` is about.
    """

    reading: Reading
    sorts: Sorts
    actions: tuple[Action, ...] = ACTIONS
    invariants: tuple[Invariant, ...] = INVARIANTS

    @property
    def before(self) -> State:
        """The symbols of the state before an action, and of any single state."""
        return declare(self.sorts, self.reading)

    @property
    def after(self) -> State:
        """The symbols of the state after an action."""
        return declare(self.sorts, self.reading, "_next")

    @property
    def axioms(self) -> dict[str, Term]:
        """What is true of every cluster, by name."""
        return {**forest(self.before), **design(self.before)}

    def initial(self, s: State) -> Term:
        """The constraint on the states in which a cluster may start."""
        return z3.And(*initial(s).values())


def forest(s: State) -> dict[str, Term]:
    """Keys form a forest: a partial order in which the keys above a key form a chain."""
    i, j, k = bound(s, "key", "i j k")
    every = [i, j, k]
    return {
        "reflexive": z3.ForAll([k], s.under(k, k)),
        "antisymmetric": z3.ForAll(
            [j, k], z3.Implies(z3.And(s.under(j, k), s.under(k, j)), j == k)
        ),
        "transitive": z3.ForAll(
            every, z3.Implies(z3.And(s.under(i, j), s.under(j, k)), s.under(i, k))
        ),
        "chain above": z3.ForAll(
            every, z3.Implies(z3.And(s.under(i, k), s.under(j, k)), overlap(s, i, j))
        ),
        "absent is not empty": s.absent() != s.empty(),
    }


def design(s: State) -> dict[str, Term]:
    """What `alone` means: no other resource claims an overlapping root and shares a node."""
    r, q = bound(s, "resource", "r q")
    i, j = bound(s, "key", "i j")
    (n,) = bound(s, "node", "n")
    conflict = z3.And(
        r != q,
        z3.And(s.claims(r, i), s.claims(q, j), overlap(s, i, j)),
        z3.And(s.possible(r, n), s.possible(q, n)),
    )
    alone = z3.ForAll([r, q, i, j, n], z3.Implies(s.alone(r), z3.Not(conflict)))
    return {"alone means no conflict": alone}


def initial(s: State) -> dict[str, Term]:
    """A cluster at the start: all nodes up, all resources offline, no checkpoint, no backup."""
    (r,) = bound(s, "resource", "r")
    (n,) = bound(s, "node", "n")
    j, k, p = bound(s, "key", "j k p")
    is_tree = z3.Implies(z3.And(exists(s, n, k), s.under(j, k)), exists(s, n, j))
    none = [s.checkpoint(r, p), s.stored(r, p), s.restored(r, p)]
    none += [s.backup_checkpoint(r, p), s.backup_stored(r, p), s.unchanged(r, p, k)]
    no_copy = z3.And(s.copy(r, p, k) == s.absent(), s.backup_copy(r, p, k) == s.absent())
    return {
        "nodes up": z3.ForAll([n], s.up(n)),
        "registries are trees": z3.ForAll([n, j, k], is_tree),
        "resources offline": z3.ForAll([r], s.status(r) == OFFLINE),
        "owned by a possible owner": z3.ForAll([r], s.possible(r, s.owner(r))),
        "no checkpoint": z3.ForAll([r, p, k], z3.And(z3.Not(z3.Or(*none)), no_copy)),
        "no backup": z3.Not(s.backed_up()),
        "untangled": z3.ForAll([r], z3.Not(z3.Or(s.tangled(r), s.backup_tangled(r)))),
        "nothing in the backup": z3.ForAll([r], z3.Not(s.backup_exists(r))),
    }
