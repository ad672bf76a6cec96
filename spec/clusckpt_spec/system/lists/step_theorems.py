"""What every control code but a few leaves as it is."""

from z3 import And

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.claim import Claim, step_theorem
from clusckpt_spec.system.lists.crypto_codes import (
    create_without_entries,
    delete_with_lists,
    list_container,
    list_containers,
    unlist_container,
)
from clusckpt_spec.system.lists.registry_codes import (
    list_root,
    list_root_32bit,
    list_root_64bit,
    list_roots,
    unlist_root,
)
from clusckpt_spec.system.lists.state import ListState
from clusckpt_spec.system.sorts import Term


@step_theorem(
    RuleID.ADD_REGISTRY,
    RuleID.GET_REGISTRY,
    RuleID.TYPE_GET_REGISTRY,
    except_for=(list_root, list_root_64bit, list_root_32bit, unlist_root, delete_with_lists),
    r="resource",
    p="key",
    k="key",
)
def roots_are_listed_by_their_codes(s: ListState, t: ListState, r: Term, p: Term, k: Term) -> Claim:
    """No code but those that add and delete roots changes a list of roots, or what one is for."""
    same = (
        t.entry_plain(r, p) == s.entry_plain(r, p),
        t.entry_64bit(r, p) == s.entry_64bit(r, p),
        t.entry_32bit(r, p) == s.entry_32bit(r, p),
        t.root_of(r, p, k) == s.root_of(r, p, k),
    )
    return Claim({}, And(*same))


@step_theorem(
    RuleID.ADD_CRYPTO,
    RuleID.GET_CRYPTO,
    RuleID.TYPE_GET_CRYPTO,
    except_for=(list_container, unlist_container, delete_with_lists),
    r="resource",
    p="key",
)
def containers_are_listed_by_their_codes(s: ListState, t: ListState, r: Term, p: Term) -> Claim:
    """No code but those that add and delete containers changes a list of containers."""
    return Claim({}, t.entry_crypto(r, p) == s.entry_crypto(r, p))


@step_theorem(RuleID.GET_REGISTRY, except_for=(list_roots,), r="resource", p="key")
def roots_are_answered_by_their_code(s: ListState, t: ListState, r: Term, p: Term) -> Claim:
    """No code but the one that lists roots answers which roots a resource has."""
    return Claim({}, t.answered(r, p) == s.answered(r, p))


@step_theorem(RuleID.GET_CRYPTO, except_for=(list_containers,), r="resource", p="key")
def containers_are_answered_by_their_code(s: ListState, t: ListState, r: Term, p: Term) -> Claim:
    """No code but the one that lists containers answers which containers a resource has."""
    return Claim({}, t.answered_crypto(r, p) == s.answered_crypto(r, p))


@step_theorem(
    RuleID.DELETED_WITH_RESOURCE,
    except_for=(delete_with_lists, create_without_entries),
    r="resource",
)
def codes_delete_no_resource(s: ListState, t: ListState, r: Term) -> Claim:
    """No control code creates or deletes a resource."""
    return Claim({}, t.present(r) == s.present(r))


LIST_STEP_THEOREMS = (
    roots_are_listed_by_their_codes,
    containers_are_listed_by_their_codes,
    roots_are_answered_by_their_code,
    containers_are_answered_by_their_code,
    codes_delete_no_resource,
)
"""All of them."""
