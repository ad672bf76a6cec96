"""Exhibits over the small cluster: real processes, with one function replaced in each of them.

The cluster is a program of its own; what can be planted in it stands in its `bugs.py` and
`oddities.py`, under the names that are used here.
"""

import sys
from functools import partial
from importlib.resources import files
from typing import Final

from clusckpt.exhibition.exhibit import Exhibit, Kind
from clusckpt.parties.process import ProcessParty
from clusckpt_spec.readings import WINDOWS_OBSERVED
from clusckpt_spec.register import RuleID

OVER_CLUSTER: Final = "small_cluster"

DELAY: Final = "0.05"
"""Of the capture timer, in seconds: long enough that a change is not always captured at once."""


def _party(option: str, name: str) -> ProcessParty:
    adapter = files("clusckpt") / "data" / "examples" / OVER_CLUSTER / "adapter.py"
    return ProcessParty([sys.executable, str(adapter), "--delay", DELAY, option, name])


def _bug(name: str, description: str, rule: RuleID, *told_as: RuleID) -> Exhibit:
    party = partial(_party, "--bug", name)
    return Exhibit(
        f"small cluster {name}",
        Kind.BUG,
        OVER_CLUSTER,
        description,
        WINDOWS_OBSERVED,
        party,
        rule,
        told_as,
    )


def _odd(name: str, description: str) -> Exhibit:
    party = partial(_party, "--odd", name)
    return Exhibit(
        f"small cluster {name}", Kind.ODD, OVER_CLUSTER, description, WINDOWS_OBSERVED, party
    )


_R = RuleID

CLUSTER_BUGS: Final = (
    _bug(
        "captures nothing",
        "The timer runs, and what has changed is not copied.",
        _R.CAPTURE_ONLINE,
    ),
    _bug(
        "watches only the root",
        "A change below the root of a checkpoint is not noticed.",
        _R.CAPTURE_ONLINE,
    ),
    _bug(
        "captures while offline",
        "A change is copied whatever the state of the resource.",
        _R.OFFLINE_OVERWRITTEN,
        _R.KB_SAVE_AT_OFFLINE,  # the copy that is overwritten is the one saved at offline
    ),
    _bug(
        "merges at restore",
        "A restore writes the copy into the tree and takes nothing away.",
        _R.TREE_REPLACED,
        _R.RESTORE_BEFORE_ONLINE,  # what is seen is a tree that was not restored as it should be
    ),
    _bug(
        "restores the first root only",
        "Of all checkpoints of a resource only the first is restored.",
        _R.RESTORE_BEFORE_ONLINE,
    ),
    _bug(
        "saves nothing at offline",
        "An orderly offline saves nothing, and its timer is stopped.",
        _R.KB_SAVE_AT_OFFLINE,
        _R.RESTORE_BEFORE_ONLINE,  # after a move the new node has not what was not saved
    ),
    _bug(
        "copies nothing at add",
        "A root that is added is listed, and its tree is not copied.",
        _R.KB_CAPTURE_AT_ADD,
    ),
    _bug(
        "keeps one file for a key",
        "Two resources with the same key share the file of the copy.",
        _R.INSTANCES,
        _R.OFFLINE_OVERWRITTEN,  # the copy of the other resource changes while that is offline
    ),
    _bug(
        "backs up no copies",
        "A backup has the database, and none of the stored copies.",
        _R.IN_BACKUP,
        _R.RESTORE_DATABASE,  # it shows when the backup is restored, and not before
        _R.RESTORE_BEFORE_ONLINE,  # or when the online after that finds no copy
    ),
    _bug(
        "compares roots with case",
        "A root that is listed in another case is added a second time.",
        _R.NAMES_CASELESS,
        _R.ADD_REGISTRY,  # it is the add code that answers success
    ),
    _bug(
        "deletes what is not listed",
        "The delete of a root that is not listed succeeds.",
        _R.DELETE_REGISTRY,
    ),
    _bug(
        "adds the native view for the 32-bit one",
        "The 32-bit add code adds the root of the native view.",
        _R.ADD_REGISTRY_32BIT,
        _R.KB_CAPTURE_AT_ADD,  # the copy that the add takes is of the wrong tree
    ),
)

CLUSTER_ODD: Final = (
    _odd("captures at once", "A change is captured before the call that made it returns."),
    _odd("puts captures off", "Each change starts the timer anew, so one copy has many changes."),
    _odd("lists backwards", "A list has the latest checkpoint first."),
    _odd("ends an empty list twice", "An empty list has two terminators."),
)
