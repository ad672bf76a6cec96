"""The committed vectors together reach everything that the model can do under a shipped reading."""

from typing import get_args

from clusckpt.gallery import GALLERY
from clusckpt.vectors.committed import committed, committed_manifest
from clusckpt_spec.ambiguities import AMBIGUITIES, OUT_OF_ALPHABET
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.readings import READINGS
from clusckpt_spec.register import RuleID
from clusckpt_spec.system.checkpoints import CHECKPOINTS

COVERED = committed_manifest().coverage

NEVER_ANSWERED = {
    Status.ERROR_INVALID_FUNCTION,  # the model has only checkpoint codes
    Status.ERROR_HOST_NODE_NOT_AVAILABLE,  # no rule of the model answers it
    Status.ERROR_CALL_NOT_IMPLEMENTED,  # since-2008 (A43), which no shipped reading chooses
}
UNSEEN_BUGS = {"leave the copy of a deleted crypto checkpoint"}
"""No observation has the stored copy of a container."""

UNCERTAIN_BUGS = {
    "restore after online",  # what follows hides it
    "restart without restore",  # an implementation may restart before it is asked
    "accept a second online request",  # a request in between is hard to place
    "answer success for a failed resource",
    "run on after a crash",  # a failover may follow at once
    "leave resources offline after a move",  # the service brings them online by itself
    "watch a tree once",  # a timer decides
    "save what is terminated",
    "come online before a dependency",  # which follows by itself
    "go offline before a dependent",
}
"""Bugs that can pass every case, if they choose well between what they may do."""


def test_there_are_enough_cases() -> None:
    """There are at least 2,000 cases, and the manifest counts them."""
    counts = {name: len(file.cases) for name, file in committed().items()}

    assert sum(counts.values()) == committed_manifest().cases >= 2000
    assert counts == {name: one.cases for name, one in committed_manifest().files.items()}


def test_every_rule_has_cases() -> None:
    """Each rule determines what comes out of some case."""
    assert set(COVERED.rules) == set(RuleID)


def test_every_transition_is_taken() -> None:
    """Each event happens and each action is taken; no shipped reading deletes in two steps."""
    assert {kind.__name__ for kind in get_args(AnyEvent)} - {*COVERED.events} == {
        "DropStoredCopies"
    }
    assert set(COVERED.actions) == {action.name for action in CHECKPOINTS.actions}


def test_every_status_is_allowed_somewhere() -> None:
    """Each status that the model returns under a shipped reading is in some case."""
    assert set(COVERED.statuses) == {one.name for one in Status} - {
        one.name for one in NEVER_ANSWERED
    }


def test_every_choice_matters_somewhere() -> None:
    """Each choice of a shipped reading has a case that another choice would change."""
    made = {
        f"{name}={reading[name]}"
        for reading in READINGS.values()
        for name in AMBIGUITIES
        if name not in OUT_OF_ALPHABET
    }

    # Where trees are live on the other node, nothing further depends on who else receives them.
    assert made - {*COVERED.choices} == {"A31=eager"}


def test_every_planted_bug_is_seen() -> None:
    """Each planted bug has a near miss, and fails some case for certain if it can."""
    names = {bug.name for bug in GALLERY}
    killed = {name for file in committed().values() for one in file.cases for name in one.kills}

    assert names - {*COVERED.bugs} == UNSEEN_BUGS
    assert names - killed == UNSEEN_BUGS | UNCERTAIN_BUGS
