"""The specification of checkpoints: all nodes, resources, registries, copies and backups."""

from collections.abc import Mapping

from z3 import And, ForAll, Implies, Not, Or

from clusckpt_spec.system.actions import ACTIONS
from clusckpt_spec.system.invariants import INVARIANTS
from clusckpt_spec.system.predicates import exists, overlap
from clusckpt_spec.system.sorts import OFFLINE, Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import bound
from clusckpt_spec.system.system import Specification
from clusckpt_spec.system.theorems import THEOREMS


def axioms(s: State) -> Mapping[str, Term]:
    """Keys form a forest; `alone` means that the design has no conflict there."""
    return {**forest(s), "alone means no conflict": no_conflict(s)}


def forest(s: State) -> Mapping[str, Term]:
    """Keys form a forest: a partial order in which the keys above a key form a chain."""
    i, j, k = every = bound(s, "key", "i j k")
    both_ways = And(s.under(j, k), s.under(k, j))
    return {
        "reflexive": ForAll([k], s.under(k, k)),
        "antisymmetric": ForAll([j, k], Implies(both_ways, j == k)),
        "transitive": ForAll(
            list(every), Implies(And(s.under(i, j), s.under(j, k)), s.under(i, k))
        ),
        "chain above": ForAll(
            list(every), Implies(And(s.under(i, k), s.under(j, k)), overlap(s, i, j))
        ),
        "absent is not empty": s.absent() != s.empty(),
    }


def no_conflict(s: State) -> Term:
    """No other resource is given an overlapping root and shares a possible owner with `r`."""
    r, q = bound(s, "resource", "r q")
    i, j = bound(s, "key", "i j")
    (n,) = bound(s, "node", "n")
    shared_root = And(s.claims(r, i), s.claims(q, j), overlap(s, i, j))
    shared_node = And(s.possible(r, n), s.possible(q, n))
    conflict = And(r != q, shared_root, shared_node)
    return ForAll([r, q, i, j, n], Implies(s.alone(r), Not(conflict)))


def initial(s: State) -> Mapping[str, Term]:
    """A cluster at the start: all nodes up, all resources offline, no checkpoint, no backup."""
    (r,) = bound(s, "resource", "r")
    (n,) = bound(s, "node", "n")
    j, k, p = bound(s, "key", "j k p")
    is_tree = Implies(And(exists(s, n, k), s.under(j, k)), exists(s, n, j))
    none = Not(Or(s.checkpoint(r, p), s.stored(r, p), _under_way(s, r, p)))
    none_in_backup = Not(Or(s.backup_checkpoint(r, p), s.backup_stored(r, p)))
    no_copy = And(s.copy(r, p, k) == s.absent(), s.backup_copy(r, p, k) == s.absent())
    return {
        "nodes are up": ForAll([n], s.up(n)),
        "registries are trees": ForAll([n, j, k], is_tree),
        "nothing is blocked": ForAll([n, k], Not(s.blocked(n, k))),
        "resources are offline": ForAll([r], s.status(r) == OFFLINE),
        "no checkpoint": ForAll([r, p], none),
        "no backup": And(Not(s.backed_up()), ForAll([r], Not(s.backup_exists(r)))),
        "no checkpoint in the backup": ForAll([r, p], none_in_backup),
        "no copy": ForAll([r, p, k], And(no_copy, Not(s.unchanged(r, p, k)))),
        "untangled": ForAll([r], Not(Or(s.tangled(r), s.backup_tangled(r)))),
    }


def _under_way(s: State, r: Term, p: Term) -> Term:
    return Or(s.restored(r, p), s.saved(r, p), s.dirty(r, p))


CHECKPOINTS = Specification(
    name="checkpoints",
    state_type=State,
    axioms=axioms,
    initial=initial,
    actions=ACTIONS,
    invariants=INVARIANTS,
    theorems=THEOREMS,
)
