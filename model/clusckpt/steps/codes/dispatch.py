"""Control codes about checkpoints: from the number to what may come of it.

The cluster service handles them all itself and passes none on to a resource DLL
(CKPT-NOT-PASSED-TO-DLL).
"""

from clusckpt.names import Folded, fold
from clusckpt.rules import Rulebook
from clusckpt.rules.clause import clause
from clusckpt.state import ClusterState
from clusckpt.steps.codes.adds import (
    add_crypto,
    add_registry,
    add_registry_32bit,
    add_registry_64bit,
)
from clusckpt.steps.codes.call import CodeCall, Handler
from clusckpt.steps.codes.deletes import delete_crypto, delete_registry
from clusckpt.steps.codes.gates import Verdict, verdict
from clusckpt.steps.codes.lists import get_crypto, get_of_type, get_registry
from clusckpt.steps.outcome import Outcome, refused, unanswered
from clusckpt_spec.api.control_codes import ControlCode, control_code
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import ClusterResourceControl
from clusckpt_spec.register.ids import RuleID


@clause(RuleID.NOT_PASSED_TO_DLL)
def control_resource(
    rules: Rulebook, state: ClusterState, event: ClusterResourceControl
) -> frozenset[Outcome]:
    """ClusterResourceControl with a checkpoint code, by its name or its number.

    CKPT-NOT-PASSED-TO-DLL: "the Cluster service does not pass any of the control codes involved
    with checkpointing to resource DLLs". Whatever the resource DLL is doing, the answer is here.

    Raises:
        UnknownControlCode: for a code that has nothing to do with checkpoints.
        ValueError: if `input_bytes` is not hexadecimal.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> code = "CLUSCTL_RESOURCE_GET_REGISTRY_CHECKPOINTS"
    >>> call = ClusterResourceControl("A", code, output_size=4)
    >>> (listed,) = control_resource(MSCS_PAGE_RULES, two_nodes(), call)
    >>> listed.status.name, sorted(listed.output)
    ('ERROR_SUCCESS', [])
    """
    code = control_code(event.code)
    name = fold(event.resource)
    if no_answer := unanswered(state, name, code.rule):
        return no_answer
    failed = refused(Status.UNSPECIFIED_FAILURE, state, code.rule)
    if not state.nodes[state.owner_of(name)].up:
        return failed
    call = CodeCall(code, name, _executor(state, name, event), event)
    gates = verdict(rules, state, call)
    if gates is Verdict.MUST_REFUSE:
        return failed
    carried_out = _HANDLERS[code](rules, state, call)
    return carried_out if gates is Verdict.PASSES else failed | carried_out


def _executor(state: ClusterState, name: Folded, event: ClusterResourceControl) -> Folded:
    """The node that is to carry a code out: that of hHostNode, or for NULL the owner."""
    return state.owner_of(name) if event.host_node is None else fold(event.host_node)


@clause(RuleID.ADD_CRYPTO_EX)
def add_crypto_extended(_: Rulebook, state: ClusterState, call: CodeCall) -> frozenset[Outcome]:
    """A code whose page says "TBD": every answer of the page is allowed, and no effect is known."""
    statuses = (Status.ERROR_SUCCESS, Status.ERROR_MORE_DATA, Status.UNSPECIFIED_FAILURE)
    return frozenset(one for status in statuses for one in refused(status, state, call.code.rule))


_HANDLERS: dict[ControlCode, Handler] = {
    ControlCode.ADD_REGISTRY_CHECKPOINT: add_registry,
    ControlCode.ADD_REGISTRY_CHECKPOINT_64BIT: add_registry_64bit,
    ControlCode.ADD_REGISTRY_CHECKPOINT_32BIT: add_registry_32bit,
    ControlCode.DELETE_REGISTRY_CHECKPOINT: delete_registry,
    ControlCode.GET_REGISTRY_CHECKPOINTS: get_registry,
    ControlCode.ADD_CRYPTO_CHECKPOINT: add_crypto,
    ControlCode.DELETE_CRYPTO_CHECKPOINT: delete_crypto,
    ControlCode.GET_CRYPTO_CHECKPOINTS: get_crypto,
    ControlCode.ADD_CRYPTO_CHECKPOINT_EX: add_crypto_extended,
    ControlCode.TYPE_GET_REGISTRY_CHECKPOINTS: get_of_type,
    ControlCode.TYPE_GET_CRYPTO_CHECKPOINTS: get_of_type,
}
