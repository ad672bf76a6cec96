"""Programs that Hypothesis found and shrunk, kept by name: the shortest way to see a bug."""

import pytest

from clusckpt.examples import two_nodes
from clusckpt.gallery import GALLERY, PlantedBug
from clusckpt.properties import started
from clusckpt.properties.run import Happening
from clusckpt.properties.shortest import first_violation
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    ClusterResourceControl,
    DeleteClusterResource,
    OnlineClusterResource,
    RegCreateKeyEx,
    RegSetValueEx,
)
from clusckpt_spec.register import RuleID

ROOT = "Software\\A"
ADD = ControlCode.ADD_REGISTRY_CHECKPOINT.value


def _bug(name: str) -> PlantedBug:
    return next(bug for bug in GALLERY if bug.name == name)


def _program(*events: AnyEvent) -> tuple[Happening, ...]:
    return tuple(Happening(event, Status.ERROR_SUCCESS) for event in events)


SKIPPED_CAPTURE = _program(
    RegCreateKeyEx("N1", ROOT),
    ClusterResourceControl("A", ADD, ROOT),
    OnlineClusterResource("A"),
    RegSetValueEx("N1", ROOT, "v", 1),
)
KEPT_CHECKPOINT = _program(
    RegCreateKeyEx("N1", ROOT),
    ClusterResourceControl("A", ADD, ROOT),
    DeleteClusterResource("A"),
)
MERGED_TREE = _program(
    RegCreateKeyEx("N1", ROOT),
    ClusterResourceControl("A", ADD, ROOT),
    RegSetValueEx("N1", ROOT, "v", 1),
    OnlineClusterResource("A"),
)


@pytest.mark.parametrize(
    ("name", "program", "rule"),
    [
        ("skip capture", SKIPPED_CAPTURE, RuleID.CAPTURE_ONLINE),
        (
            "keep the checkpoint of a deleted resource",
            KEPT_CHECKPOINT,
            RuleID.DELETED_WITH_RESOURCE,
        ),
        ("merge instead of replace", MERGED_TREE, RuleID.TREE_REPLACED),
    ],
)
def test_the_program_shows_the_bug(name: str, program: tuple[Happening, ...], rule: RuleID) -> None:
    """Given a model with a bug, when the program runs, then its last event breaks the rule."""
    found = first_violation(_bug(name).run(two_nodes()), program)

    assert found is not None
    assert found[1].rule is rule
    assert len(found[0].program) == len(program)


@pytest.mark.parametrize("program", [SKIPPED_CAPTURE, KEPT_CHECKPOINT, MERGED_TREE])
def test_the_program_shows_nothing_without_the_bug(program: tuple[Happening, ...]) -> None:
    """Given the model as it is, when the program runs, then no rule is broken."""
    assert first_violation(started(MSCS_PAGE_RULES, two_nodes()), program) is None
