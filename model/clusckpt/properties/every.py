"""Every property in the order of reports: what was done comes before what follows from it.

A single mistake often breaks several rules at once. The first violation of a step is the one to
read first, so the answer of a call, a copy and a restore come before the data that an application
finds in the end.
"""

from collections.abc import Iterator

from clusckpt.properties import (
    adding,
    adding_crypto,
    capture,
    database,
    deletion,
    dependent,
    dll,
    failover,
    failures,
    instances,
    kb174070,
    listing,
    offline,
    other_nodes,
    ownership,
    quorum,
    requests,
    restore,
    saving,
    transitions,
)
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.judging import saves_at_offline
from clusckpt.properties.marked import Property
from clusckpt.properties.violation import Violation
from clusckpt.state import ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.formats.events import AnyEvent

ANSWERS: tuple[Property, ...] = (
    dll.codes_wait_for_no_dll,
    adding.registry_add_answers,
    adding_crypto.crypto_add_answers,
    adding_crypto.extended_add_fails_cleanly,
    listing.delete_answers,
    listing.list_answers,
    listing.types_have_no_list,
    requests.online_answers,
    requests.offline_answers,
    ownership.move_answers,
    failover.failover_goes_to_an_active_node,
    failover.crash_saves_nothing,
    deletion.deletes_resting_resources_only,
    deletion.new_resource_has_nothing,
    database.backup_has_every_checkpoint,
    database.database_comes_back,
    quorum.recreated_from_the_owner,
)
"""What each event must answer and do."""

EFFECTS: tuple[Property, ...] = (
    transitions.states_change_on_request_only,
    ownership.groups_change_hands_for_a_reason,
    ownership.runs_on_active_possible_owner,
    quorum.lost_quorum_stops_everything,
    dependent.online_after_dependencies,
    dependent.offline_after_dependents,
    deletion.checkpoints_go_with_the_resource,
    capture.last_good_copy_stays,
    capture.change_is_captured,
    capture.capture_comes_in_time,
    capture.only_own_trees_are_captured,
    kb174070.update_is_written,
    kb174070.first_copy_at_add,
    saving.saved_at_offline,
    saving.only_an_orderly_offline_saves,
    failures.failure_has_a_cause,
    failures.failed_restore_changes_nothing,
    failures.failed_restore_is_told,
    other_nodes.trees_change_on_the_owner_only,
    other_nodes.containers_change_on_the_owner_only,
    other_nodes.captured_trees_reach_other_nodes,
    restore.restored_in_time,
    restore.online_with_every_copy,
    restore.node_has_what_is_stored,
    restore.move_restores_what_was_saved,
    offline.nothing_is_captured_offline,
    capture.nothing_is_stored_without_room,  # what is stored offline is wrong with room as well
    offline.offline_change_is_overwritten,
    instances.own_data_stay,
    instances.shared_data_are_replaced,
)
"""What must hold of every change of the cluster, whatever brought it about."""

IN_REPORT_ORDER = (*ANSWERS, *EFFECTS)
"""All of them; a test asserts that none is missing."""


def violations(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Every violation of a step: the chronicle and state before it, the event, what came of it."""
    for one in ANSWERS:
        yield from one(chronicle, before, event, outcome)
    if outcome.state is not before or outcome.logged:
        for one in _KB174070_FIRST if saves_at_offline(chronicle.reading) else EFFECTS:
            yield from one(chronicle, before, event, outcome)


_KB174070 = (kb174070.__name__, saving.__name__)
_KB174070_FIRST = sorted(EFFECTS, key=lambda one: one.__module__ not in _KB174070)
"""Where the save of KB174070 is asked for (A2), its own sentences are cited before the page's."""
