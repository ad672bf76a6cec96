r"""The lists of checkpoints as control codes see them: names, kinds of entry, answers.

Here a key is a name as it is spelled: the path of a root, or `Type\Name\Key` of a key container.
Two spellings are two keys; which of them name one thing is given, by `caseless`, `alias` and
`one_container`. Names that a call does not accept at all (A7, A8, A21) are left out, and so are
nodes: any active owner answers alike.
"""

from dataclasses import dataclass

from z3 import And, Exists, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import Role, Symbol, Symbols, bound, symbol


@dataclass(frozen=True)
class ListState(Symbols):
    """What is on the lists of every resource, and what the list codes answered last."""

    caseless: Symbol = symbol(
        Role.RIGID, "key key -> bool", "caseless(p, k): names p and k differ at most in case"
    )
    alias: Symbol = symbol(
        Role.RIGID,
        "key key -> bool",
        "alias(p, k): path k names in the native view what p names in the 32-bit view, as "
        r"Software\Wow6432Node\X does for Software\X; a path that both views share is its own",
    )
    one_container: Symbol = symbol(
        Role.RIGID,
        "key key -> bool",
        "one_container(p, k): p and k name one key container; they differ at most in case, or one "
        "leaves out the default provider that the other has",
    )
    second_view: Symbol = symbol(
        Role.RIGID,
        "resource -> bool",
        "second_view(r): what hosts r has a 32-bit view of the registry beside the native one",
    )

    present: Symbol = symbol(
        Role.PROPER, "resource -> bool", "present(r): r has been created and not been deleted"
    )
    entry_plain: Symbol = symbol(
        Role.PROPER,
        "resource key -> bool",
        "entry_plain(r, p): the list of r has path p, added with the plain code",
    )
    entry_64bit: Symbol = symbol(
        Role.PROPER,
        "resource key -> bool",
        "entry_64bit(r, p): the list of r has path p, added with the 64-bit code",
    )
    entry_32bit: Symbol = symbol(
        Role.PROPER,
        "resource key -> bool",
        "entry_32bit(r, p): the list of r has path p, added in the 32-bit view",
    )
    entry_crypto: Symbol = symbol(
        Role.PROPER,
        "resource key -> bool",
        "entry_crypto(r, p): the list of r has the key container that was added as p",
    )
    root_of: Symbol = symbol(
        Role.PROPER,
        "resource key key -> bool",
        "root_of(r, p, k): the entry p of r, while it is there, is for the key that path k names "
        "in the native view",
    )

    standing: Symbol = symbol(
        Role.HISTORY,
        "resource key -> bool",
        "standing(r, p): path p was added for r, and neither it nor r has been deleted since",
    )
    answered: Symbol = symbol(
        Role.HISTORY,
        "resource key -> bool",
        "answered(r, p): the last answer to a list code for the roots of r has path p",
    )
    answered_crypto: Symbol = symbol(
        Role.HISTORY,
        "resource key -> bool",
        "answered_crypto(r, p): the last answer to a list code for the containers of r has p",
    )
    answered_for_type: Symbol = symbol(
        Role.HISTORY,
        "key -> bool",
        "answered_for_type(p): the last answer to a list code for a resource type has p",
    )


def native_entry(s: ListState, r: Term, p: Term) -> Term:
    """The list of `r` has path `p`, of the native registry."""
    return Or(s.entry_plain(r, p), s.entry_64bit(r, p))


def registry_entry(s: ListState, r: Term, p: Term) -> Term:
    """The list of `r` has path `p`, of whatever view."""
    return Or(s.entry_plain(r, p), s.entry_64bit(r, p), s.entry_32bit(r, p))


def alike(s: ListState, p: Term, q: Term) -> Term:
    """Two paths are compared as equal (A9)."""
    return s.caseless(p, q) if s.reading[AmbiguityID.A9] == "case-insensitive" else p == q


def alike_containers(s: ListState, p: Term, q: Term) -> Term:
    """Two names of key containers are compared as equal: as strings, or as what they name (A20)."""
    return alike(s, p, q) if s.reading[AmbiguityID.A20] == "distinct" else s.one_container(p, q)


def equals_listed_root(s: ListState, r: Term, p: Term) -> Term:
    """Some path on the list of `r`, of whatever view, equals `p`."""
    (q,) = bound(s, "key", "q")
    return Exists([q], And(registry_entry(s, r, q), alike(s, q, p)))


def equals_listed_container(s: ListState, r: Term, p: Term) -> Term:
    """Some name on the list of `r` equals `p` as the name of a container."""
    (q,) = bound(s, "key", "q")
    return Exists([q], And(s.entry_crypto(r, q), alike_containers(s, q, p)))
