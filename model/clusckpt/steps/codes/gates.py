"""Gates: what a control code must pass before it does anything.

Each gate asks one question of the call: does the code exist in this version (A43) and on this
platform (A14), is the access of the handle enough (A37), does the server accept it in its state
(A38), can the node that is asked for carry it out? What a refused call answers is published for
none of them.
"""

from collections.abc import Callable
from enum import IntEnum

from clusckpt.names import fold
from clusckpt.rules import Rulebook
from clusckpt.state import ClusterState
from clusckpt.steps.codes.call import CodeCall
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.control_codes import ControlCode

_SINCE_2008 = (
    ControlCode.ADD_REGISTRY_CHECKPOINT_32BIT,
    ControlCode.ADD_REGISTRY_CHECKPOINT_64BIT,
)
_SINCE_2012_R2 = (ControlCode.ADD_CRYPTO_CHECKPOINT_EX,)


class Verdict(IntEnum):
    """What a gate says of a call; the strictest gate decides."""

    PASSES = 0
    MAY_REFUSE = 1
    """The documents allow both."""
    MUST_REFUSE = 2


Gate = Callable[[Rulebook, ClusterState, CodeCall], Verdict]


def code_exists(rules: Rulebook, _: ClusterState, call: CodeCall) -> Verdict:
    """Before Windows Server 2008 there were only the plain codes and those for containers (A43)."""
    early = rules.chooses(AmbiguityID.A43, "before-2008")
    later = (*_SINCE_2008, *_SINCE_2012_R2)
    return Verdict.MUST_REFUSE if early and call.code in later else Verdict.PASSES


def view_exists(rules: Rulebook, state: ClusterState, call: CodeCall) -> Verdict:
    """On a 32-bit Windows there is no second view; the code for it may then be refused (A14)."""
    narrow = call.code is ControlCode.ADD_REGISTRY_CHECKPOINT_32BIT
    refuses = rules.chooses(AmbiguityID.A14, "refused")
    missing = narrow and state.platform == "x86"
    return Verdict.MUST_REFUSE if missing and refuses else Verdict.PASSES


def access_suffices(rules: Rulebook, _: ClusterState, call: CodeCall) -> Verdict:
    """A code that modifies needs a handle with All access ([MS-CMRP] 3.1.4.2.74, A37)."""
    if call.event.access == "All" or not call.code.needs_all_access:
        return Verdict.PASSES
    waived = rules.chooses(AmbiguityID.A37, "all-may-be-waived")
    return Verdict.MAY_REFUSE if waived else Verdict.MUST_REFUSE


def server_accepts(rules: Rulebook, _: ClusterState, call: CodeCall) -> Verdict:
    """A server in the read-only state SHOULD accept a list; of changes nothing is said (A38)."""
    if call.event.server == "read/write":
        return Verdict.PASSES
    refuses = rules.chooses(AmbiguityID.A38, "must-refuse")
    changes = call.code.needs_all_access
    return Verdict.MUST_REFUSE if changes and refuses else Verdict.MAY_REFUSE


def host_can(_: Rulebook, state: ClusterState, call: CodeCall) -> Verdict:
    """The owner carries codes out; of another node that is asked for, nothing is published."""
    asked = call.event.host_node
    if asked is None or fold(asked) == state.owner_of(call.name):
        return Verdict.PASSES
    node = state.nodes.get(fold(asked))
    return Verdict.MAY_REFUSE if node is not None and node.up else Verdict.MUST_REFUSE


GATES: tuple[Gate, ...] = (code_exists, view_exists, access_suffices, server_accepts, host_can)


def verdict(rules: Rulebook, state: ClusterState, call: CodeCall) -> Verdict:
    """What all gates together say of a call."""
    return max(gate(rules, state, call) for gate in GATES)
