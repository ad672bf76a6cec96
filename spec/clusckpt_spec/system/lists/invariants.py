"""What is always true of the lists: no name twice, no entry of another's making, no lost one."""

from z3 import And, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.claim import Claim, invariant
from clusckpt_spec.system.lists.registry_codes import common_namespace
from clusckpt_spec.system.lists.state import (
    ListState,
    alike,
    alike_containers,
    native_entry,
    registry_entry,
)
from clusckpt_spec.system.sorts import Term


@invariant(
    RuleID.NAMES_CASELESS,
    RuleID.ADD_REGISTRY,
    when=common_namespace,
    r="resource",
    p="key",
    q="key",
)
def no_root_is_listed_twice(s: ListState, r: Term, p: Term, q: Term) -> Claim:
    """No two paths on the list of a resource are equal without case, whatever their views."""
    return Claim(
        {
            "listed": registry_entry(s, r, p),
            "listed too": registry_entry(s, r, q),
            "equal": alike(s, p, q),
        },
        p == q,
    )


@invariant(
    RuleID.ADD_REGISTRY_32BIT,
    RuleID.ADD_REGISTRY_64BIT,
    when=common_namespace,
    r="resource",
    p="key",
)
def one_code_for_an_entry(s: ListState, r: Term, p: Term) -> Claim:
    """A path is on the list by one add code only: the views share one namespace."""
    plain, wide, narrow = s.entry_plain(r, p), s.entry_64bit(r, p), s.entry_32bit(r, p)
    return Claim({}, Not(Or(And(plain, wide), And(plain, narrow), And(wide, narrow))))


@invariant(RuleID.ADD_CRYPTO, RuleID.NAMES_CASELESS, r="resource", p="key", q="key")
def no_container_is_listed_twice(s: ListState, r: Term, p: Term, q: Term) -> Claim:
    """No two names on the list of a resource are equal as names of containers."""
    return Claim(
        {
            "listed": s.entry_crypto(r, p),
            "listed too": s.entry_crypto(r, q),
            "equal": alike_containers(s, p, q),
        },
        p == q,
    )


@invariant(
    RuleID.GET_REGISTRY,
    RuleID.DELETE_REGISTRY,
    when=common_namespace,
    r="resource",
    p="key",
)
def list_is_what_stands(s: ListState, r: Term, p: Term) -> Claim:
    """The list has exactly the paths that were added and not deleted since, spelled as added."""
    return Claim({}, registry_entry(s, r, p) == s.standing(r, p))


@invariant(
    RuleID.ADD_REGISTRY_64BIT,
    RuleID.ADD_REGISTRY,
    when=common_namespace,
    r="resource",
    p="key",
    k="key",
)
def native_entry_is_for_its_path(s: ListState, r: Term, p: Term, k: Term) -> Claim:
    """An entry of the plain or the 64-bit code is for the key that its path names natively."""
    return Claim({"native": native_entry(s, r, p)}, s.root_of(r, p, k) == s.caseless(p, k))


@invariant(
    RuleID.ADD_REGISTRY_32BIT,
    when=common_namespace,
    r="resource",
    p="key",
    k="key",
)
def narrow_entry_is_for_its_alias(s: ListState, r: Term, p: Term, k: Term) -> Claim:
    """An entry of the 32-bit code is for the key that its alias names natively."""
    return Claim({"32-bit": s.entry_32bit(r, p)}, s.root_of(r, p, k) == s.alias(p, k))


@invariant(
    RuleID.ADD_REGISTRY_32BIT,
    when=common_namespace,
    r="resource",
    x="resource",
    p="key",
    q="key",
    k="key",
)
def alias_and_path_are_for_one_key(
    s: ListState, r: Term, x: Term, p: Term, q: Term, k: Term
) -> Claim:
    """A path added in the 32-bit view and its alias, added natively, are for one key."""
    return Claim(
        {
            "32-bit": s.entry_32bit(r, p),
            "native": native_entry(s, x, q),
            "alias": s.alias(p, q),
        },
        s.root_of(r, p, k) == s.root_of(x, q, k),
    )


@invariant(RuleID.DELETED_WITH_RESOURCE, r="resource", p="key")
def deleted_resource_lists_nothing(s: ListState, r: Term, p: Term) -> Claim:
    """A deleted resource has no entry of either kind."""
    return Claim(
        {"deleted": Not(s.present(r))}, Not(Or(registry_entry(s, r, p), s.entry_crypto(r, p)))
    )


@invariant(RuleID.TYPE_GET_REGISTRY, RuleID.TYPE_GET_CRYPTO, p="key")
def resource_types_list_nothing(s: ListState, p: Term) -> Claim:
    """No answer to a list code for a resource type has ever had a name in it."""
    return Claim({}, Not(s.answered_for_type(p)))


LIST_INVARIANTS = (
    no_root_is_listed_twice,
    one_code_for_an_entry,
    no_container_is_listed_twice,
    list_is_what_stands,
    native_entry_is_for_its_path,
    narrow_entry_is_for_its_alias,
    alias_and_path_are_for_one_key,
    deleted_resource_lists_nothing,
    resource_types_list_nothing,
)
"""All of them."""
