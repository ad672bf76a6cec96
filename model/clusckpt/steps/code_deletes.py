"""The delete codes: a root or a key container leaves the list of a resource."""

from clusckpt.rules import Rulebook
from clusckpt.rules.clause import clause
from clusckpt.state import CheckpointKind, CheckpointName, ClusterState
from clusckpt.steps.checkpoint_list import removed
from clusckpt.steps.code_call import CodeCall
from clusckpt.steps.code_containers import compared_container, given_container
from clusckpt.steps.code_paths import registry_path
from clusckpt.steps.outcome import Outcome, refused
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.status import Status
from clusckpt_spec.register.ids import RuleID


@clause(RuleID.DELETE_REGISTRY)
def delete_registry(rules: Rulebook, state: ClusterState, call: CodeCall) -> frozenset[Outcome]:
    """Delete a registry checkpoint by its path, of whatever kind, or of the plain one only (A11).

    Where a path can be listed once for each registry (A10), either of the two may go.
    """
    path = registry_path(rules, call.input)
    if path is None:
        return refused(Status.UNSPECIFIED_FAILURE, state, RuleID.DELETE_REGISTRY)
    folded = rules.comparison(path.text)
    entries = state.resources[call.name].checkpoints
    both = [CheckpointName(CheckpointKind.REGISTRY, folded, other) for other in (False, True)]
    listed = [name for name in both if name in entries]
    fit = [name for name in listed if _can_be_deleted(rules, entries[name].view)]
    if not listed:
        return refused(Status.ERROR_FILE_NOT_FOUND, state, RuleID.DELETE_REGISTRY)
    if not fit:
        return refused(Status.UNSPECIFIED_FAILURE, state, RuleID.DELETE_REGISTRY)
    return frozenset(
        outcome
        for name in fit
        for outcome in removed(
            state, call.name, name, Status.ERROR_FILE_NOT_FOUND, RuleID.DELETE_REGISTRY
        )
    )


def _can_be_deleted(rules: Rulebook, view: str) -> bool:
    """Whether the one delete code covers an entry of that kind."""
    return view == "native" or rules.reading[AmbiguityID.A11] == "all-three-kinds"


@clause(RuleID.DELETE_CRYPTO)
def delete_crypto(rules: Rulebook, state: ClusterState, call: CodeCall) -> frozenset[Outcome]:
    """Delete a crypto checkpoint; an unknown one fails, perhaps like an unknown root (A19)."""
    given = given_container(rules, call.input)
    if given is None:
        return refused(Status.UNSPECIFIED_FAILURE, state, RuleID.DELETE_CRYPTO)
    identity = CheckpointName(CheckpointKind.CRYPTO, compared_container(rules, given))
    like_registry = rules.reading[AmbiguityID.A19] == "registry-codes"
    unknown = Status.ERROR_FILE_NOT_FOUND if like_registry else Status.UNSPECIFIED_FAILURE
    return removed(state, call.name, identity, unknown, RuleID.DELETE_CRYPTO)
