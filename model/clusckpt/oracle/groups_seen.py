"""Groups as they were seen: their states, which are computed from those of their resources."""

from collections.abc import Iterator

from clusckpt.group_state import group_state
from clusckpt.names import fold
from clusckpt.oracle.mismatch import Mismatch
from clusckpt.rules import Part
from clusckpt.state import ClusterState
from clusckpt_spec.api.states import group_label
from clusckpt_spec.formats.trace import Observation


def group_mismatches(state: ClusterState, seen: Observation) -> Iterator[Mismatch]:
    """Every group that was seen in another state than a candidate has it in."""
    for name, label in seen.groups.items():
        group = fold(name)
        actual = group_label(group_state(state, group))
        if actual != label:
            member = next(iter(state.members(group)), group)
            yield Mismatch(Part.STATE, member, None, f"state of group {name}", label, actual)
