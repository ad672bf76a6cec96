"""The control codes for key containers, and what the deletion of a resource does to both lists.

What a second add of a container answers, and the deletion of one that is not listed, is not
published (A19); neither changes anything. That a container must be there with keys that can be
exported is in `containers`.
"""

from z3 import And, BoolVal, If, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.lists.registry_codes import since_2008
from clusckpt_spec.system.lists.state import ListState, alike_containers, equals_listed_container
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import Symbol


@action(RuleID.ADD_CRYPTO, resource="resource", name="key")
def list_container(s: ListState, resource: Term, name: Term) -> Step:
    """The crypto code adds a name that no listed one equals (A9, A20)."""
    after = s.updated(
        entry_crypto=lambda r, p: Or(s.entry_crypto(r, p), And(r == resource, p == name))
    )
    return Step(
        guard=And(s.present(resource), Not(equals_listed_container(s, resource, name))), after=after
    )


@action(RuleID.ADD_CRYPTO, resource="resource", name="key")
def refuse_listed_container(s: ListState, resource: Term, name: Term) -> Step:
    """A second add of a container fails with a code that is not published, and nothing changes."""
    return Step(guard=And(s.present(resource), equals_listed_container(s, resource, name)), after=s)


@action(RuleID.ADD_CRYPTO_EX, when=since_2008, resource="resource", name="key")
def send_extended_crypto_code(s: ListState, resource: Term, name: Term) -> Step:  # noqa: ARG001
    """The extended code is published as "TBD": whatever it answers, no effect of it is known."""
    return Step(guard=s.present(resource), after=s)


@action(RuleID.DELETE_CRYPTO, resource="resource", name="key")
def unlist_container(s: ListState, resource: Term, name: Term) -> Step:
    """The delete code takes the container off the list whose name equals the one given."""

    def kept(r: Term, p: Term) -> Term:
        return Not(And(r == resource, alike_containers(s, p, name)))

    after = s.updated(entry_crypto=lambda r, p: And(s.entry_crypto(r, p), kept(r, p)))
    return Step(
        guard=And(s.present(resource), equals_listed_container(s, resource, name)), after=after
    )


@action(RuleID.DELETE_CRYPTO, resource="resource", name="key")
def refuse_unlisted_container(s: ListState, resource: Term, name: Term) -> Step:
    """Nothing changes if no listed container has that name; the code is not published (A19)."""
    return Step(
        guard=And(s.present(resource), Not(equals_listed_container(s, resource, name))), after=s
    )


@action(RuleID.GET_CRYPTO, resource="resource")
def list_containers(s: ListState, resource: Term) -> Step:
    """The list code answers the names of containers as they were added, in any order (A15)."""

    def shown(r: Term, p: Term) -> Term:
        return If(r == resource, s.entry_crypto(r, p), s.answered_crypto(r, p))

    return Step(guard=s.present(resource), after=s.updated(answered_crypto=shown))


@action(RuleID.TYPE_GET_CRYPTO)
def list_containers_of_type(s: ListState) -> Step:
    """The code for a resource type is not supported: whatever it answers, it lists nothing."""
    after = s.updated(answered_for_type=lambda _: BoolVal(False))  # noqa: FBT003 - z3's false
    return Step(guard=BoolVal(True), after=after)  # noqa: FBT003 - the z3 constant true


@action(RuleID.DELETED_WITH_RESOURCE, resource="resource")
def delete_with_lists(s: ListState, resource: Term) -> Step:
    """A resource is deleted, and both of its lists with it."""

    def without(entry: Symbol) -> Symbol:
        return lambda r, p: And(entry(r, p), r != resource)

    after = s.updated(
        present=lambda r: And(s.present(r), r != resource),
        entry_plain=without(s.entry_plain),
        entry_64bit=without(s.entry_64bit),
        entry_32bit=without(s.entry_32bit),
        entry_crypto=without(s.entry_crypto),
        standing=without(s.standing),
    )
    return Step(guard=s.present(resource), after=after)


@action(RuleID.DELETED_WITH_RESOURCE, resource="resource")
def create_without_entries(s: ListState, resource: Term) -> Step:
    """A resource is created, with nothing on its lists."""
    after = s.updated(present=lambda r: Or(s.present(r), r == resource))
    return Step(guard=Not(s.present(resource)), after=after)
