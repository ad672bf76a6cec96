"""What one control code does to the lists, and when it may do it."""

from z3 import And, If, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.claim import Claim, theorem
from clusckpt_spec.system.lists.crypto_codes import (
    create_without_entries,
    delete_with_lists,
    list_container,
    list_containers,
    refuse_listed_container,
    refuse_unlisted_container,
    send_extended_crypto_code,
    unlist_container,
)
from clusckpt_spec.system.lists.registry_codes import (
    common_namespace,
    list_root,
    list_root_32bit,
    list_root_64bit,
    list_roots,
    refuse_listed_root,
    refuse_unlisted_root,
    unlist_root,
)
from clusckpt_spec.system.lists.state import (
    ListState,
    alike,
    alike_containers,
    equals_listed_container,
    equals_listed_root,
    registry_entry,
)
from clusckpt_spec.system.sorts import Term


@theorem(
    RuleID.NAMES_CASELESS,
    RuleID.ADD_REGISTRY,
    about=list_root,
    when=common_namespace,
    q="key",
)
def equal_path_is_not_added(
    s: ListState, t: ListState, resource: Term, path: Term, q: Term
) -> Claim:
    """A path is added only if no path on the list of the resource equals it."""
    return Claim({"equal": alike(s, q, path)}, Not(registry_entry(s, resource, q)))


@theorem(RuleID.ADD_REGISTRY, RuleID.NAMES_CASELESS, about=refuse_listed_root)
def refused_add_names_a_listed_path(
    s: ListState, t: ListState, resource: Term, path: Term
) -> Claim:
    """An add is answered 183 only if the list has a path that equals the one given."""
    return Claim({}, And(s.present(resource), equals_listed_root(s, resource, path)))


@theorem(RuleID.ADD_REGISTRY_64BIT, about=list_root_64bit, k="key")
def wide_add_is_a_native_add(
    s: ListState, t: ListState, resource: Term, path: Term, k: Term
) -> Claim:
    """The 64-bit code lists the path, and the entry is for the key that it names natively."""
    named = t.root_of(resource, path, k) == s.caseless(path, k)
    return Claim({}, And(t.entry_64bit(resource, path), named))


@theorem(RuleID.ADD_REGISTRY_32BIT, about=list_root_32bit, q="key", k="key")
def narrow_add_is_for_the_alias(
    s: ListState, t: ListState, resource: Term, path: Term, q: Term, k: Term
) -> Claim:
    """A 32-bit add is for the key that a native add of the alias would be for."""
    return Claim(
        {"two views": s.second_view(resource), "alias": s.alias(path, q)},
        And(t.entry_32bit(resource, path), t.root_of(resource, path, k) == s.caseless(q, k)),
    )


@theorem(RuleID.ADD_REGISTRY_32BIT, about=list_root_32bit, k="key")
def narrow_add_is_plain_without_a_second_view(
    s: ListState, t: ListState, resource: Term, path: Term, k: Term
) -> Claim:
    """Without a 32-bit view, a 32-bit add does what the plain code does (A14)."""
    named = t.root_of(resource, path, k) == s.caseless(path, k)
    one_view = Not(s.second_view(resource))
    return Claim({"one view": one_view}, And(t.entry_plain(resource, path), named))


@theorem(
    RuleID.DELETE_REGISTRY,
    RuleID.NAMES_CASELESS,
    about=unlist_root,
    when=common_namespace,
    r="resource",
    p="key",
)
def deletion_goes_by_equal_paths(
    s: ListState, t: ListState, resource: Term, path: Term, r: Term, p: Term
) -> Claim:
    """A deletion takes what equals the path, whatever its case and its view, and nothing else."""
    gone = And(r == resource, alike(s, p, path))
    kept = registry_entry(t, r, p) == And(registry_entry(s, r, p), Not(gone))
    return Claim({}, And(equals_listed_root(s, resource, path), kept))


@theorem(RuleID.DELETE_REGISTRY, RuleID.NAMES_CASELESS, about=refuse_unlisted_root, q="key")
def refused_deletion_names_no_listed_path(
    s: ListState, t: ListState, resource: Term, path: Term, q: Term
) -> Claim:
    """A deletion is answered 2 only if the list has no path that equals the one given."""
    unlisted = Not(registry_entry(s, resource, q))
    return Claim({"equal": alike(s, q, path)}, And(s.present(resource), unlisted))


@theorem(RuleID.GET_REGISTRY, about=list_roots, when=common_namespace, r="resource", p="key")
def answer_is_what_stands(s: ListState, t: ListState, resource: Term, r: Term, p: Term) -> Claim:
    """The answer has exactly the paths that were added and not deleted since (A12)."""
    stands = s.standing(resource, p)
    if s.reading[AmbiguityID.A12] != "union-of-kinds":
        stands = And(stands, s.entry_plain(resource, p))
    answered = t.answered(r, p) == If(r == resource, stands, s.answered(r, p))
    return Claim({}, And(s.present(resource), answered))


@theorem(RuleID.ADD_CRYPTO, about=list_container, r="resource", p="key")
def add_lists_one_container(
    s: ListState, t: ListState, resource: Term, name: Term, r: Term, p: Term
) -> Claim:
    """An add puts its container on the list of its resource, as it was spelled, and no other."""
    added = And(r == resource, p == name)
    return Claim({}, t.entry_crypto(r, p) == Or(s.entry_crypto(r, p), added))


@theorem(RuleID.ADD_CRYPTO, about=refuse_listed_container)
def refused_add_names_a_listed_container(
    s: ListState, t: ListState, resource: Term, name: Term
) -> Claim:
    """An add of a container fails for its name only if the list has an equal one (A19)."""
    return Claim({}, And(s.present(resource), equals_listed_container(s, resource, name)))


@theorem(RuleID.DELETE_CRYPTO, about=unlist_container, r="resource", p="key")
def deletion_goes_by_equal_names(
    s: ListState, t: ListState, resource: Term, name: Term, r: Term, p: Term
) -> Claim:
    """A deletion takes the container whose name equals the one given, and no other (A9, A20)."""
    gone = And(r == resource, alike_containers(s, p, name))
    kept = t.entry_crypto(r, p) == And(s.entry_crypto(r, p), Not(gone))
    return Claim({}, And(equals_listed_container(s, resource, name), kept))


@theorem(RuleID.DELETE_CRYPTO, about=refuse_unlisted_container, q="key")
def refused_deletion_names_no_listed_container(
    s: ListState, t: ListState, resource: Term, name: Term, q: Term
) -> Claim:
    """A deletion of a container fails for its name only if the list has no equal one (A19)."""
    unlisted = Not(s.entry_crypto(resource, q))
    return Claim({"equal": alike_containers(s, q, name)}, And(s.present(resource), unlisted))


@theorem(RuleID.GET_CRYPTO, about=list_containers, r="resource", p="key")
def answer_has_the_containers(
    s: ListState, t: ListState, resource: Term, r: Term, p: Term
) -> Claim:
    """The answer has exactly the containers on the list, and other answers stay as they were."""
    shown = If(r == resource, s.entry_crypto(r, p), s.answered_crypto(r, p))
    return Claim({}, And(s.present(resource), t.answered_crypto(r, p) == shown))


@theorem(RuleID.ADD_CRYPTO_EX, about=send_extended_crypto_code, r="resource", p="key")
def extended_code_lists_nothing(
    s: ListState, t: ListState, resource: Term, name: Term, r: Term, p: Term
) -> Claim:
    """The extended code, sent for a resource that is there, changes neither of its lists."""
    roots = registry_entry(t, r, p) == registry_entry(s, r, p)
    same = And(roots, t.entry_crypto(r, p) == s.entry_crypto(r, p))
    return Claim({}, And(s.present(resource), same))


@theorem(RuleID.DELETED_WITH_RESOURCE, about=delete_with_lists, r="resource", p="key")
def deletion_drops_the_lists_of_one(
    s: ListState, t: ListState, resource: Term, r: Term, p: Term
) -> Claim:
    """A deleted resource was there; its lists go with it, and no other resource loses an entry."""
    roots = registry_entry(t, r, p) == And(registry_entry(s, r, p), r != resource)
    containers = t.entry_crypto(r, p) == And(s.entry_crypto(r, p), r != resource)
    gone = t.present(r) == And(s.present(r), r != resource)
    return Claim({}, And(s.present(resource), gone, roots, containers))


@theorem(RuleID.DELETED_WITH_RESOURCE, about=create_without_entries, r="resource")
def creation_brings_one(s: ListState, t: ListState, resource: Term, r: Term) -> Claim:
    """A resource that is created was not there, and no other comes with it."""
    come = t.present(r) == Or(s.present(r), r == resource)
    return Claim({}, And(Not(s.present(resource)), come))


LIST_THEOREMS = (
    equal_path_is_not_added,
    refused_add_names_a_listed_path,
    wide_add_is_a_native_add,
    narrow_add_is_for_the_alias,
    narrow_add_is_plain_without_a_second_view,
    deletion_goes_by_equal_paths,
    refused_deletion_names_no_listed_path,
    answer_is_what_stands,
    add_lists_one_container,
    refused_add_names_a_listed_container,
    deletion_goes_by_equal_names,
    refused_deletion_names_no_listed_container,
    answer_has_the_containers,
    extended_code_lists_nothing,
    deletion_drops_the_lists_of_one,
    creation_brings_one,
)
"""All of them."""
