"""For some bugs a verdict may name another rule, which is broken along with the bug's own.

Each line was reviewed by the program that shows it. What is seen from outside is a state, a tree,
a copy or a list; the oracle names the rule that had put it there last.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clusckpt_spec.register import RuleID

_R = RuleID
_RESTORED = "what is seen is a tree or container that is not as a restore would leave it"
_STATE = "what is seen is a wrong state, and an online had set the right one last"
_VIEW = "the first copy that the add takes is of the wrong tree"

TOLD_AS: Final[Mapping[str, Mapping[RuleID, str]]] = MappingProxyType(
    {
        "lose checkpoints in a backup": {
            _R.RESTORE_BEFORE_ONLINE: "it shows when an online finds no copy after the restore",
            _R.RESTORE_DATABASE: "it shows in the copies when the backup is restored",
        },
        "one copy for a key name": {
            _R.OFFLINE_OVERWRITTEN: "the copy of the other resource changes while that is offline",
        },
        "pass codes to the resource DLL": {_R.RESTORE_BEFORE_ONLINE: _STATE},
        "merge instead of replace": {_R.RESTORE_BEFORE_ONLINE: _RESTORED},
        "copy an empty tree when the root is gone": {
            _R.RESTORE_BEFORE_ONLINE: "the empty copy is no copy that a restore could start from",
        },
        "keep the container that is there": {_R.RESTORE_BEFORE_ONLINE: _RESTORED},
        "restart without restore": {_R.RESTORE_BEFORE_ONLINE: _RESTORED},
        "rely on the save at offline": {
            _R.CAPTURE_ONLINE: "the page and KB174070 state the same rule, and the page's is named",
        },
        "case-sensitive duplicate check": {
            _R.ADD_REGISTRY: "it is the add code that answers success for a root that is listed",
        },
        "ignore the 32-bit view": {_R.KB_CAPTURE_AT_ADD: _VIEW},
        "take the 64-bit view for the 32-bit one": {_R.KB_CAPTURE_AT_ADD: _VIEW},
        "list what failed to be added": {
            _R.GET_CRYPTO: "no code had put anything on the list, so the one that lists is named",
        },
        "keep a deleted crypto checkpoint on the list": {
            _R.GET_CRYPTO: "the list should be empty, so the code that lists is named",
        },
        "leave resources offline after a move": {_R.RESTORE_BEFORE_ONLINE: _STATE},
        "restore lists without copies": {
            _R.RESTORE_BEFORE_ONLINE: "the online after it restores the copy of today",
        },
        "capture on a full quorum": {
            _R.OFFLINE_OVERWRITTEN: "a copy that no rule had made is told of by this rule",
        },
        "leave the save at offline to the timer": {
            _R.RESTORE_BEFORE_ONLINE: "after a move the new node has not what was not saved",
        },
        "survive a failed restore against the MUST": {
            _R.ONLINE_STATES: "the request answers success at once, which no online may here",
        },
        "come online without a copy": {
            _R.ONLINE_STATES: "the request answers success at once, which no online may here",
        },
        "restore half-way over an open key": {
            _R.OFFLINE_OVERWRITTEN: "half of an offline edit is overwritten",
            _R.CAPTURE_ONLINE: "half of a change made while online is overwritten",
        },
        "give up after the first failure": {
            _R.RESTORE_BEFORE_ONLINE: _RESTORED,
            _R.OFFLINE_OVERWRITTEN: "an offline edit of a tree that can be restored stays",
        },
        "come online before a dependency": {_R.RESTORE_BEFORE_ONLINE: _STATE},
        "go offline before a dependent": {_R.RESTORE_BEFORE_ONLINE: _STATE},
    }
)
"""By the name of the bug: further rules that a verdict may name, each with the reason."""
