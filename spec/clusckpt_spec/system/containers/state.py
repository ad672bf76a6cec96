r"""The state of key containers: what nodes have, what is listed, and what is stored of it.

Here a key is a key container, by provider type, provider and name, and data are the keys in it.
Which names of containers are equal is in `lists`. Left out is what `checkpoints` says of roots and
what is no different here: possible owners, backups, and copies that are lost.
"""

from dataclasses import dataclass

from z3 import And, If, Or

from clusckpt_spec.system.sorts import (
    FAILED,
    OFFLINE,
    OFFLINE_PENDING,
    ONLINE,
    ONLINE_PENDING,
    Term,
)
from clusckpt_spec.system.symbols import Role, Symbol, Symbols, symbol


@dataclass(frozen=True)
class ContainerState(Symbols):
    """Nodes with their key containers, resources with their crypto checkpoints and copies."""

    exportable: Symbol = symbol(
        Role.RIGID, "data -> bool", "exportable(d): keys d were made so that they can be exported"
    )

    active: Symbol = symbol(
        Role.PROPER, "node -> bool", "active(n): node n takes part in the cluster"
    )
    has_container: Symbol = symbol(
        Role.PROPER, "node key -> bool", "has_container(n, k): node n has the key container k"
    )
    keys: Symbol = symbol(
        Role.PROPER,
        "node key -> data",
        "keys(n, k): the keys in container k of node n, if it is there",
    )
    phase: Symbol = symbol(Role.PROPER, "resource -> status", "phase(r): the state of r")
    host: Symbol = symbol(Role.PROPER, "resource -> node", "host(r): the node that hosts r")
    crypto_checkpoint: Symbol = symbol(
        Role.PROPER,
        "resource key -> bool",
        "crypto_checkpoint(r, p): container p is on the list of r",
    )
    crypto_stored: Symbol = symbol(
        Role.PROPER,
        "resource key -> bool",
        "crypto_stored(r, p): the quorum has a copy of container p of r",
    )
    crypto_copy: Symbol = symbol(
        Role.PROPER,
        "resource key -> data",
        "crypto_copy(r, p): the keys in the stored copy of container p of r, if there is one",
    )
    crypto_restored: Symbol = symbol(
        Role.PROPER,
        "resource key -> bool",
        "crypto_restored(r, p): the host has had the copy of p since r began to come online",
    )
    crypto_saved: Symbol = symbol(
        Role.PROPER,
        "resource key -> bool",
        "crypto_saved(r, p): container p has had its save since r began to go offline",
    )


def online(s: ContainerState, r: Term) -> Term:
    """Resource `r` is online."""
    return s.phase(r) == ONLINE


def pending(s: ContainerState, r: Term) -> Term:
    """Resource `r` is coming online: accepted, and not yet online."""
    return s.phase(r) == ONLINE_PENDING


def stopping(s: ContainerState, r: Term) -> Term:
    """Resource `r` is going offline: accepted, and not yet offline."""
    return s.phase(r) == OFFLINE_PENDING


def running(s: ContainerState, r: Term) -> Term:
    """Resource `r` is online, on its way there, or on its way from there."""
    return Or(online(s, r), pending(s, r), stopping(s, r))


def resting(s: ContainerState, r: Term) -> Term:
    """Resource `r` is offline or failed."""
    return Or(s.phase(r) == OFFLINE, s.phase(r) == FAILED)


def can_be_stored(s: ContainerState, n: Term, k: Term) -> Term:
    """Node `n` has container `k`, and its keys can be exported."""
    return And(s.has_container(n, k), s.exportable(s.keys(n, k)))


def in_phase(s: ContainerState, resource: Term, phase: Term) -> ContainerState:
    """The state in which a resource has a new phase, and nothing is under way for it."""
    return s.updated(
        phase=lambda r: If(r == resource, phase, s.phase(r)),
        crypto_restored=lambda r, p: And(s.crypto_restored(r, p), r != resource),
        crypto_saved=lambda r, p: And(s.crypto_saved(r, p), r != resource),
    )
