"""What products that replicate registry keys do beyond the 44 ambiguities, one field a dimension.

The one subtle fact: every default is what MSCS does, so `Product()` changes nothing. Only what a
vendor's text says is here. Left out because no text that we could find says it: whether one key
on two resources is refused (for MSCS that is A23), what nested roots do, when a change of the key
list takes effect, and what RestoreLocally is by default. Left out because no shipped reading
needs it: that PolyServe MxDB puts a node's original keys back after failback.
"""

from dataclasses import dataclass, fields
from typing import Literal

__all__ = ["MSCS", "Product", "RestoreWhen", "departures", "dimension"]

RestoreWhen = Literal["before-online", "continuous"]


@dataclass(frozen=True, slots=True)
class Product:
    """The dimensions in which products differ from MSCS, each with the value of MSCS by default."""

    restore_when: RestoreWhen = "before-online"
    """When a node receives the trees: before the resource comes online there, or all the time.

    Source: MsCS "Checkpointing", rule 3; Neverfail and vCenter Heartbeat documentation for
    `continuous`: the passive node's live registry is kept the same, and there is no restore step.
    """
    restore_same_node: bool = True
    """Whether the online restores on the node on which the resource was last offline, too.

    Source: MsCS "Checkpointing", rule 2; Veritas RegRep agent, attribute RestoreLocally.
    """
    restore_force: bool = False
    """Whether a restore backs the local tree up, deletes it, applies the copy, and if that fails
    puts the backup back.

    Source: Veritas RegRep agent, attribute ForceRestore, documented default 0.
    """
    exclude_keys: tuple[str, ...] = ()
    """Keys below a root that are not replicated, as paths below HKEY_LOCAL_MACHINE.

    Source: Veritas RegRep agent, attribute ExcludeKeys, with its table of what excludes what.
    """
    ignore_subkeys: tuple[str, ...] = ()
    """Roots of which the values are replicated and the subkeys are not.

    Source: Veritas RegRep agent, attribute IgnoreSubKeys.
    """
    most_checkpoints: int | None = None
    """The most roots that one resource can have; None if no limit is documented.

    Source: Veritas RegRep agent: 63 keys, beyond which the state of the resource is UNKNOWN.
    """


MSCS = Product()
"""Windows itself."""


def dimension(field: str) -> str:
    """The name of a field as reading files and reasons spell it.

    >>> dimension("restore_same_node")
    'restore-same-node'
    """
    return field.replace("_", "-")


def departures(product: Product) -> tuple[str, ...]:
    """The names of the dimensions in which a product differs from MSCS, in order.

    >>> departures(Product(restore_force=True, most_checkpoints=63))
    ('restore-force', 'most-checkpoints')
    """
    return tuple(
        dimension(entry.name)
        for entry in fields(Product)
        if getattr(product, entry.name) != getattr(MSCS, entry.name)
    )
