"""The specification of lists: what is given about names, and how every list starts."""

from collections.abc import Mapping

from z3 import And, ForAll, Implies, Not, Or

from clusckpt_spec.system.lists.crypto_codes import (
    create_without_entries,
    delete_with_lists,
    list_container,
    list_containers,
    list_containers_of_type,
    refuse_listed_container,
    refuse_unlisted_container,
    send_extended_crypto_code,
    unlist_container,
)
from clusckpt_spec.system.lists.invariants import LIST_INVARIANTS
from clusckpt_spec.system.lists.registry_codes import (
    list_root,
    list_root_32bit,
    list_root_64bit,
    list_roots,
    list_roots_of_type,
    refuse_listed_root,
    refuse_unlisted_root,
    unlist_root,
)
from clusckpt_spec.system.lists.state import ListState, registry_entry
from clusckpt_spec.system.lists.step_theorems import LIST_STEP_THEOREMS
from clusckpt_spec.system.lists.theorems import LIST_THEOREMS
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import Symbol, bound
from clusckpt_spec.system.system import Specification


def axioms(s: ListState) -> Mapping[str, Term]:
    """What is given about names: equality without case, aliases, names of containers."""
    p, q, k, j = bound(s, "key", "p q k j")
    one_alias = Implies(And(s.alias(p, k), s.alias(p, j)), s.caseless(k, j))
    same_spelling = And(s.caseless(p, q), s.caseless(k, j))
    return {
        **_equivalence(s, "without case", s.caseless),
        **_equivalence(s, "one container", s.one_container),
        "containers without case": ForAll([p, q], Implies(s.caseless(p, q), s.one_container(p, q))),
        "one alias": ForAll([p, k, j], one_alias),
        "aliases without case": ForAll(
            [p, q, k, j], Implies(And(same_spelling, s.alias(p, k)), s.alias(q, j))
        ),
    }


def _equivalence(s: ListState, name: str, related: Symbol) -> Mapping[str, Term]:
    p, q, k = bound(s, "key", "p q k")
    chained = And(related(p, q), related(q, k))
    return {
        f"{name}: reflexive": ForAll([p], related(p, p)),
        f"{name}: symmetric": ForAll([p, q], Implies(related(p, q), related(q, p))),
        f"{name}: transitive": ForAll([p, q, k], Implies(chained, related(p, k))),
    }


def initial(s: ListState) -> Mapping[str, Term]:
    """Nothing is on a list, and no list has been answered."""
    (r,) = bound(s, "resource", "r")
    (p,) = bound(s, "key", "p")
    entry = Or(registry_entry(s, r, p), s.entry_crypto(r, p), s.standing(r, p))
    answer = Or(s.answered(r, p), s.answered_crypto(r, p), s.answered_for_type(p))
    return {
        "empty lists": ForAll([r, p], Not(entry)),
        "no answer": ForAll([r, p], Not(answer)),
    }


LISTS = Specification(
    name="lists",
    state_type=ListState,
    axioms=axioms,
    initial=initial,
    actions=(
        list_root,
        list_root_64bit,
        list_root_32bit,
        refuse_listed_root,
        unlist_root,
        refuse_unlisted_root,
        list_roots,
        list_roots_of_type,
        list_container,
        refuse_listed_container,
        send_extended_crypto_code,
        unlist_container,
        refuse_unlisted_container,
        list_containers,
        list_containers_of_type,
        delete_with_lists,
        create_without_entries,
    ),
    invariants=LIST_INVARIANTS,
    theorems=LIST_THEOREMS,
    step_theorems=LIST_STEP_THEOREMS,
)
