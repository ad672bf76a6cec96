"""Resource DLLs: what the model shows of the rule that no checkpoint code reaches one.

The model has no resource DLLs, so a call that is not made cannot be seen. What can be seen is
its effect: the state of a resource changes only when its DLL has run, and an answer that waits
for a DLL is pending. Neither may follow from a checkpoint code.
"""

from collections.abc import Iterator

from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent, ClusterResourceControl
from clusckpt_spec.register.ids import RuleID

_RULE = RuleID.NOT_PASSED_TO_DLL


@property_of(_RULE)
def codes_wait_for_no_dll(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A checkpoint code is answered at once, and no resource changes its state by it."""
    if not isinstance(event, ClusterResourceControl):
        return
    if outcome.status is Status.ERROR_IO_PENDING:
        yield violation(_RULE, f"{event.code} is pending", "an answer at once")
    for name, resource in sorted(before.resources.items()):
        now = outcome.state.resources.get(name)
        if now is None or now.state is not resource.state:
            yield violation(
                _RULE, f"{event.code} changed the state of {name}", "no resource changes its state"
            )
