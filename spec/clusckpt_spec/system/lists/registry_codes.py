"""The control codes for registry checkpoints: three that add, one that deletes, one that lists.

[MS-CMRP] 3.1.1.1.1.1: a path can be one of the alternate registry "as long as the same path in the
native registry has not already been checkpointed", and the namespace is "common to both". There is
one code that deletes and one that lists, for all that the three have added.
"""

from collections.abc import Callable

from z3 import And, BoolVal, Exists, If, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.lists.state import (
    ListState,
    alike,
    equals_listed_root,
    native_entry,
    registry_entry,
)
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import Symbol, bound

Named = Callable[[Term], Term]
"""Which keys a path names, each by a path of the native view."""


def common_namespace(reading: Reading) -> bool:
    """Whether a path can be listed only once, for whatever view (A10)."""
    return reading[AmbiguityID.A10] == "common-namespace"


def since_2008(reading: Reading) -> bool:
    """Whether the codes for the two views exist (A43)."""
    return reading[AmbiguityID.A43] != "before-2008"


def deletes_every_kind(reading: Reading) -> bool:
    """Whether the one delete code takes entries of all three add codes (A11)."""
    return reading[AmbiguityID.A11] == "all-three-kinds"


@action(RuleID.ADD_REGISTRY, RuleID.NAMES_CASELESS, resource="resource", path="key")
def list_root(s: ListState, resource: Term, path: Term) -> Step:
    """The plain code adds a path that no listed one equals; it names a key natively (A13)."""
    named = _natively(s, path)
    after = _added(s, resource, path, named).updated(
        entry_plain=_with(s.entry_plain, resource, path)
    )
    return Step(guard=_free(s, resource, path, alternate=False), after=after)


@action(
    RuleID.ADD_REGISTRY_64BIT,
    RuleID.NAMES_CASELESS,
    when=since_2008,
    resource="resource",
    path="key",
)
def list_root_64bit(s: ListState, resource: Term, path: Term) -> Step:
    """The 64-bit code adds a path of the native view, as the plain code does (A13)."""
    named = _natively(s, path)
    after = _added(s, resource, path, named).updated(
        entry_64bit=_with(s.entry_64bit, resource, path)
    )
    return Step(guard=_free(s, resource, path, alternate=False), after=after)


@action(
    RuleID.ADD_REGISTRY_32BIT,
    RuleID.NAMES_CASELESS,
    when=since_2008,
    resource="resource",
    path="key",
)
def list_root_32bit(s: ListState, resource: Term, path: Term) -> Step:
    """The 32-bit code adds a path of the 32-bit view; without one it is the plain code (A14)."""
    two = s.second_view(resource)

    def named(k: Term) -> Term:
        return If(two, s.alias(path, k), s.caseless(path, k))

    def here(r: Term, p: Term) -> Term:
        return And(r == resource, p == path)

    after = _added(s, resource, path, named).updated(
        entry_32bit=lambda r, p: Or(s.entry_32bit(r, p), And(here(r, p), two)),
        entry_plain=lambda r, p: Or(s.entry_plain(r, p), And(here(r, p), Not(two))),
    )
    guard = _free(s, resource, path, alternate=True)
    if s.reading[AmbiguityID.A14] == "refused":
        guard = And(guard, two)
    return Step(guard=guard, after=after)


@action(RuleID.ADD_REGISTRY, RuleID.NAMES_CASELESS, resource="resource", path="key")
def refuse_listed_root(s: ListState, resource: Term, path: Term) -> Step:
    """An add code is answered ERROR_ALREADY_EXISTS (183), and nothing changes."""
    return Step(guard=And(s.present(resource), equals_listed_root(s, resource, path)), after=s)


@action(RuleID.DELETE_REGISTRY, RuleID.NAMES_CASELESS, resource="resource", path="key")
def unlist_root(s: ListState, resource: Term, path: Term) -> Step:
    """The delete code takes off the list what equals the path, of the kinds that it covers (A11).

    Where a path can be listed once for each registry (A10), both entries go.
    """
    (q,) = bound(s, "key", "q")

    def kept(r: Term, p: Term) -> Term:
        return Not(And(r == resource, alike(s, p, path)))

    def without(entry: Symbol) -> Symbol:
        return lambda r, p: And(entry(r, p), kept(r, p))

    covered = registry_entry(s, resource, q)
    after = s.updated(entry_plain=without(s.entry_plain), standing=without(s.standing))
    if deletes_every_kind(s.reading):
        after = after.updated(
            entry_64bit=without(s.entry_64bit), entry_32bit=without(s.entry_32bit)
        )
    else:
        covered = s.entry_plain(resource, q)
    equal = Exists([q], And(covered, alike(s, q, path)))
    return Step(guard=And(s.present(resource), equal), after=after)


@action(RuleID.DELETE_REGISTRY, RuleID.NAMES_CASELESS, resource="resource", path="key")
def refuse_unlisted_root(s: ListState, resource: Term, path: Term) -> Step:
    """The delete code is answered ERROR_FILE_NOT_FOUND (2), and nothing changes."""
    absent = Not(equals_listed_root(s, resource, path))
    return Step(guard=And(s.present(resource), absent), after=s)


@action(RuleID.GET_REGISTRY, resource="resource")
def list_roots(s: ListState, resource: Term) -> Step:
    """The list code answers the paths as they were added, in any order, by whichever code (A12).

    An answer is a set here: which order it comes in (A15) and how it is written are left out.
    """
    union = s.reading[AmbiguityID.A12] == "union-of-kinds"

    def shown(r: Term, p: Term) -> Term:
        return registry_entry(s, r, p) if union else s.entry_plain(r, p)

    after = s.updated(answered=lambda r, p: If(r == resource, shown(r, p), s.answered(r, p)))
    return Step(guard=s.present(resource), after=after)


@action(RuleID.TYPE_GET_REGISTRY)
def list_roots_of_type(s: ListState) -> Step:
    """The code for a resource type is not supported: whatever it answers, it lists nothing."""
    after = s.updated(answered_for_type=lambda _: BoolVal(False))  # noqa: FBT003 - z3's false
    return Step(guard=BoolVal(True), after=after)  # noqa: FBT003 - the z3 constant true


def _natively(s: ListState, path: Term) -> Named:
    return lambda k: s.caseless(path, k)


def _free(s: ListState, resource: Term, path: Term, *, alternate: bool) -> Term:
    """No listed path keeps the path from being added (A10)."""
    (q,) = bound(s, "key", "q")
    counts = registry_entry if alternate or common_namespace(s.reading) else native_entry
    equal = Exists([q], And(counts(s, resource, q), alike(s, q, path)))
    return And(s.present(resource), Not(equal))


def _added(s: ListState, resource: Term, path: Term, named: Named) -> ListState:
    """The entry stands for the keys that its path names; which list has it, the caller says."""

    def here(r: Term, p: Term) -> Term:
        return And(r == resource, p == path)

    return s.updated(
        root_of=lambda r, p, k: If(here(r, p), named(k), s.root_of(r, p, k)),
        standing=_with(s.standing, resource, path),
    )


def _with(entry: Symbol, resource: Term, path: Term) -> Symbol:
    return lambda r, p: Or(entry(r, p), And(r == resource, p == path))
