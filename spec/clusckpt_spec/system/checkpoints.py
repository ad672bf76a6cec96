"""The specification of checkpoints: all nodes, resources, registries, copies and backups."""

from collections.abc import Mapping

from z3 import And, ForAll, Implies, Not, Or

from clusckpt_spec.system.actions import ACTIONS
from clusckpt_spec.system.invariants import INVARIANTS
from clusckpt_spec.system.predicates import exists, overlap
from clusckpt_spec.system.sorts import OFFLINE, Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.step_theorems import STEP_THEOREMS
from clusckpt_spec.system.symbols import bound
from clusckpt_spec.system.system import Specification
from clusckpt_spec.system.theorems import THEOREMS


def axioms(s: State) -> Mapping[str, Term]:
    """Keys form a forest; `covers` and `alone` mean what they say of the design."""
    return {
        **forest(s),
        "covers": covered(s),
        "alone means no conflict": no_conflict(s),
    }


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
    """No conflict involves a resource that is alone."""
    r, q = bound(s, "resource", "r q")
    (k,) = bound(s, "key", "k")
    (n,) = bound(s, "node", "n")
    return ForAll([r, q, k, n], Implies(s.alone(r), Not(conflict(s, r, q, k, n))))


def conflict(s: State, r: Term, q: Term, k: Term, n: Term) -> Term:
    """Two resources may get roots over one key, and one node may host both."""
    return And(r != q, s.covers(r, k), s.covers(q, k), s.possible(r, n), s.possible(q, n))


def covered(s: State) -> Term:
    """A resource covers every key under a root that it may get."""
    (r,) = bound(s, "resource", "r")
    p, k = bound(s, "key", "p k")
    return ForAll([r, p, k], Implies(And(s.claims(r, p), s.under(p, k)), s.covers(r, k)))


def initial(s: State) -> Mapping[str, Term]:
    """A cluster at the start: all nodes up, all resources offline, no checkpoint, no backup."""
    r, x = bound(s, "resource", "r x")
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
        "nothing was restored": ForAll([n, p, k, r, x], Not(_restored_before(s, n, p, k, r, x))),
    }


def _restored_before(s: State, n: Term, p: Term, k: Term, r: Term, x: Term) -> Term:
    carried = Or(s.carried(r, p, k, x), s.backup_carried(r, p, k, x))
    return Or(s.brought(n, k, x), carried, s.astray(r, p))


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
    step_theorems=STEP_THEOREMS,
)
