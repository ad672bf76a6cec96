"""The delete codes: a root or a key container leaves the list of a resource."""

from clusckpt.rules import Rulebook
from clusckpt.rules.clause import clause
from clusckpt.state import Checkpoint, ClusterState
from clusckpt.steps.checkpoint_list import removed
from clusckpt.steps.codes.call import CodeCall
from clusckpt.steps.codes.containers import container_text
from clusckpt.steps.codes.entries import containers_named, roots_named
from clusckpt.steps.codes.paths import registry_path
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
    listed = roots_named(rules, state.resources[call.name], path.text)
    fit = [entry for entry in listed if _can_be_deleted(rules, entry.view)]
    if not listed:
        return refused(Status.ERROR_FILE_NOT_FOUND, state, RuleID.DELETE_REGISTRY)
    if not fit:
        return refused(Status.UNSPECIFIED_FAILURE, state, RuleID.DELETE_REGISTRY)
    return _any_removed(rules, state, call, fit)


def _any_removed(
    rules: Rulebook, state: ClusterState, call: CodeCall, entries: list[Checkpoint]
) -> frozenset[Outcome]:
    """One of the entries leaves the list."""
    every = [removed(rules, state, call.name, entry.name, call.code.rule) for entry in entries]
    return frozenset[Outcome]().union(*every)


def _can_be_deleted(rules: Rulebook, view: str) -> bool:
    """Whether the one delete code covers an entry of that kind."""
    return view == "native" or rules.chooses(AmbiguityID.A11, "all-three-kinds")


@clause(RuleID.DELETE_CRYPTO)
def delete_crypto(rules: Rulebook, state: ClusterState, call: CodeCall) -> frozenset[Outcome]:
    """Delete a crypto checkpoint; an unknown one fails, perhaps like an unknown root (A19)."""
    text = container_text(rules, call.input)
    if text is None:
        return refused(Status.UNSPECIFIED_FAILURE, state, RuleID.DELETE_CRYPTO)
    listed = containers_named(rules, state.resources[call.name], text)
    if listed:
        return _any_removed(rules, state, call, listed)
    like_registry = rules.chooses(AmbiguityID.A19, "registry-codes")
    unknown = Status.ERROR_FILE_NOT_FOUND if like_registry else Status.UNSPECIFIED_FAILURE
    return refused(unknown, state, RuleID.DELETE_CRYPTO)
