"""The list codes: what is on the list of a resource, into the output buffer of the caller."""

from collections import defaultdict
from collections.abc import Iterable

from clusckpt.buffers import Answer, answers
from clusckpt.buffers.listing import Ranks
from clusckpt.rules import Course, Rulebook
from clusckpt.rules.clause import clause
from clusckpt.state import Checkpoint, CheckpointKind, ClusterState
from clusckpt.steps.codes.call import CodeCall
from clusckpt.steps.outcome import Outcome, outcome, refused
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.status import Status
from clusckpt_spec.register.ids import RuleID


@clause(RuleID.GET_REGISTRY)
def get_registry(rules: Rulebook, state: ClusterState, call: CodeCall) -> frozenset[Outcome]:
    """The roots as they were added: of all three add codes, or of the plain one only (A12)."""
    every = rules.chooses(AmbiguityID.A12, "union-of-kinds")
    entries = _entries(state, call, CheckpointKind.REGISTRY)
    listed = [entry for entry in entries if every or entry.view == "native"]
    return _listed(rules, state, call, listed)


@clause(RuleID.GET_CRYPTO)
def get_crypto(rules: Rulebook, state: ClusterState, call: CodeCall) -> frozenset[Outcome]:
    """The containers as they were added."""
    return _listed(rules, state, call, _entries(state, call, CheckpointKind.CRYPTO))


@clause(RuleID.TYPE_GET_REGISTRY, RuleID.TYPE_GET_CRYPTO)
def get_of_type(rules: Rulebook, state: ClusterState, call: CodeCall) -> frozenset[Outcome]:
    """A code that is "not supported": it fails, or lists nothing; no answer is published."""
    failed = refused(Status.UNSPECIFIED_FAILURE, state, call.code.rule)
    return failed | _listed(rules, state, call, [])


def _entries(state: ClusterState, call: CodeCall, kind: CheckpointKind) -> list[Checkpoint]:
    listed = state.resources[call.name].checkpoints.values()
    return [entry for entry in listed if entry.name.kind is kind]


def _listed(
    rules: Rulebook, state: ClusterState, call: CodeCall, entries: Iterable[Checkpoint]
) -> frozenset[Outcome]:
    """Every answer that the output buffer allows; a list changes nothing."""
    possible = answers(_ranks(entries), call.output_buffer, rules.reading)
    return frozenset(_outcome(state, call, one) for one in possible)


def _ranks(entries: Iterable[Checkpoint]) -> Ranks:
    """The strings by the places of their entries; without an order of adds there is one place."""
    by_place: defaultdict[int, list[str]] = defaultdict(list)
    for entry in entries:
        by_place[entry.place].append(entry.given)
    return tuple(tuple(sorted(given)) for _, given in sorted(by_place.items()))


def _outcome(state: ClusterState, call: CodeCall, answer: Answer) -> Outcome:
    listing = answer.listing
    written = listing is not None and listing.is_written
    output = frozenset(listing.strings) if listing is not None and written else None
    return outcome(answer.status, Course(state), call.code.rule, output, listing)
