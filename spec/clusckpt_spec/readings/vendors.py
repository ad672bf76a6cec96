"""Readings of products that compete with MSCS checkpoints, where their vendors' texts suffice.

The one subtle fact: where a vendor's text is silent, a reading keeps the stance of the register,
which is about MSCS. That is an assumption about the product and no statement of its vendor.
"""

from typing import Final

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings.building import Decisions, named
from clusckpt_spec.readings.product import Product

__all__ = ["LIVE_PAIR", "VCS_REGREP"]

_DECIDED_BY_REGREP: Decisions = {
    AmbiguityID.A1: (
        "eventual",
        (
            "Veritas RegRep agent: a process of its own logs changes to the shared disk while the "
            "resource is online, which is later than the change."
        ),
    ),
    AmbiguityID.A6: (
        "succeeds-empty",
        "Veritas RegRep agent: a key that is to be replicated need not exist yet.",
    ),
    AmbiguityID.A31: (
        "at-online",
        "Veritas RegRep agent: keys are restored when the resource comes online after failover.",
    ),
}

VCS_REGREP: Final = named(
    "vcs-regrep",
    "Veritas / InfoScale VCS, RegRep agent: changes logged to the shared disk, at most 63 keys.",
    _DECIDED_BY_REGREP,
    Product(most_checkpoints=63),
    {
        "restore-same-node": (
            "Veritas RegRep agent, RestoreLocally: it can be set either way, and no default is "
            "documented in the texts we have. The value of MSCS is taken here; a reading file "
            "that sets restore-same-node to false describes the other setting."
        ),
        "restore-force": "Veritas RegRep agent, ForceRestore: the documented default is 0.",
        "most-checkpoints": (
            "Veritas RegRep agent: with more than 63 keys the state of the resource is UNKNOWN."
        ),
    },
)
"""Veritas RegRep; ExcludeKeys and IgnoreSubKeys are set for each design, in a reading file."""

_DECIDED_FOR_A_PAIR: Decisions = {
    AmbiguityID.A1: (
        "eventual",
        (
            "EMC RepliStor: changes are sent in real time after the first synchronisation, and a "
            "change that has been sent has happened before."
        ),
    ),
    AmbiguityID.A31: (
        "eager",
        (
            "Neverfail and vCenter Heartbeat: protected keys are kept the same in the registry of "
            "the passive node, all the time."
        ),
    ),
}

LIVE_PAIR: Final = named(
    "live-pair",
    "Neverfail, vCenter Heartbeat, RepliStor: copied to the peer's live registry all the time.",
    _DECIDED_FOR_A_PAIR,
    Product(restore_when="continuous"),
    {
        "restore-when": (
            "Neverfail and vCenter Heartbeat: replication is continuous and there is no restore "
            "step; at its start, all protected keys and values are compared."
        ),
    },
)
"""Products that keep the registry of a second node the same."""
