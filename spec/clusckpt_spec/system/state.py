"""The state of a cluster and its checkpoints: every fact that the rules speak of.

Start here. A checkpoint has two halves: an entry in the list of its resource (`checkpoint`, kept
in the cluster database) and the data (`stored` and `copy`, kept on the quorum resource).
"""

from dataclasses import dataclass

from clusckpt_spec.system.symbols import Role, Symbol, Symbols, symbol


@dataclass(frozen=True)
class State(Symbols):
    """A state of the cluster; each field is a symbol with its signature and meaning."""

    under: Symbol = symbol(
        Role.RIGID, "key key -> bool", "under(p, k): key k is p itself or lies somewhere below p"
    )
    possible: Symbol = symbol(
        Role.RIGID, "resource node -> bool", "possible(r, n): node n is a possible owner of r"
    )
    claims: Symbol = symbol(
        Role.RIGID,
        "resource key -> bool",
        "claims(r, p): the design may ever give root p to r; the collision theorem speaks of it",
    )
    covers: Symbol = symbol(
        Role.RIGID, "resource key -> bool", "covers(r, k): key k is at or below a root r may get"
    )
    alone: Symbol = symbol(
        Role.RIGID, "resource -> bool", "alone(r): no conflict of the design involves r"
    )
    absent: Symbol = symbol(Role.RIGID, "-> data", "the key does not exist")
    empty: Symbol = symbol(Role.RIGID, "-> data", "the key exists and has no values")

    up: Symbol = symbol(Role.PROPER, "node -> bool", "up(n): node n takes part in the cluster")
    registry: Symbol = symbol(
        Role.PROPER, "node key -> data", "registry(n, k): what key k holds on node n"
    )
    blocked: Symbol = symbol(
        Role.PROPER,
        "node key -> bool",
        "blocked(n, k): on node n, a handle or the rights of key k keep it from being replaced",
    )
    status: Symbol = symbol(Role.PROPER, "resource -> status", "status(r): the state of r")
    owner: Symbol = symbol(Role.PROPER, "resource -> node", "owner(r): the node that hosts r")
    checkpoint: Symbol = symbol(
        Role.PROPER, "resource key -> bool", "checkpoint(r, p): root p is in the list of r"
    )
    stored: Symbol = symbol(
        Role.PROPER, "resource key -> bool", "stored(r, p): the quorum has a copy of root p of r"
    )
    copy: Symbol = symbol(
        Role.PROPER,
        "resource key key -> data",
        "copy(r, p, k): what key k holds in the stored copy of root p of r",
    )
    restored: Symbol = symbol(
        Role.PROPER,
        "resource key -> bool",
        "restored(r, p): the owner has had the copy of root p since r began to come online",
    )
    saved: Symbol = symbol(
        Role.PROPER,
        "resource key -> bool",
        "saved(r, p): the copy of root p has been saved since r began to go offline",
    )
    dirty: Symbol = symbol(
        Role.PROPER,
        "resource key -> bool",
        "dirty(r, p): the tree under root p changed and may still be captured, later",
    )

    backed_up: Symbol = symbol(Role.BACKUP, "-> bool", "there is a backup of the database")
    backup_exists: Symbol = symbol(
        Role.BACKUP, "resource -> bool", "backup_exists(r): r is in the backup"
    )
    backup_checkpoint: Symbol = symbol(
        Role.BACKUP, "resource key -> bool", "checkpoint(r, p) in the backup"
    )
    backup_stored: Symbol = symbol(
        Role.BACKUP, "resource key -> bool", "stored(r, p) in the backup"
    )
    backup_copy: Symbol = symbol(
        Role.BACKUP, "resource key key -> data", "copy(r, p, k) in the backup"
    )

    tangled: Symbol = symbol(
        Role.HISTORY,
        "resource -> bool",
        "tangled(r): two copies of r have at some time disagreed about a key that both cover (A22)",
    )
    seen: Symbol = symbol(
        Role.HISTORY,
        "resource key key -> data",
        "seen(r, p, k): key k under root p as it last was while r was online, or at the add",
    )
    mine: Symbol = symbol(
        Role.HISTORY,
        "resource key key -> data",
        "mine(r, p, k): key k under root p as last left there other than by another's restore",
    )
    astray: Symbol = symbol(
        Role.HISTORY,
        "resource key -> bool",
        "astray(r, p): the tree under root p may differ from its copy, and no capture of it waits",
    )
    brought: Symbol = symbol(
        Role.HISTORY,
        "node key resource -> bool",
        "brought(n, k, x): what key k holds on node n was put there by a restore for x",
    )
    carried: Symbol = symbol(
        Role.HISTORY,
        "resource key key resource -> bool",
        "carried(r, p, k, x): copy(r, p, k) was taken of what a restore for x had put there",
    )
    unchanged: Symbol = symbol(
        Role.HISTORY,
        "resource key key -> bool",
        "unchanged(r, p, k): copy(r, p, k) has been what it is since the backup",
    )
    backup_tangled: Symbol = symbol(
        Role.HISTORY, "resource -> bool", "tangled(r) at the time of the backup"
    )
    backup_seen: Symbol = symbol(
        Role.HISTORY, "resource key key -> data", "seen(r, p, k) at the time of the backup"
    )
    backup_mine: Symbol = symbol(
        Role.HISTORY, "resource key key -> data", "mine(r, p, k) at the time of the backup"
    )
    backup_carried: Symbol = symbol(
        Role.HISTORY,
        "resource key key resource -> bool",
        "carried(r, p, k, x) at the time of the backup",
    )
