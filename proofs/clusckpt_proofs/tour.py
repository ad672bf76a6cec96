"""The tour: one run through every action, which meets the premises of everything that is proved.

A proof about states that cannot occur says nothing. The tour is executed, not solved, so what it
meets is reachable; it is short enough to be read. Readings have different actions, so each has a
tour of its own, made of the same chapters.
"""

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.system.actions.restore import missing_is_fatal, restores
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.capture import either_way
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.program import Concrete, Instance, Program
from clusckpt_spec.system.sorts import Scope

SCOPE = Scope(node=2, resource=2, key=3, data=4)
"""Two nodes, two resources, a key with one below it and one beside it, four data.

The data are absent, empty, OLD and NEW.
"""

N1, N2 = range(2)
R1, R2 = range(2)
TREE, BRANCH, BESIDE = range(3)
OLD, NEW = 2, 3

Schedule = tuple[Instance, ...]
"""Actions with their elements, in order."""

_SET_UP: Schedule = (
    ("write", (N1, TREE, OLD)),
    ("write", (N1, BRANCH, OLD)),
    ("add_checkpoint", (R1, TREE)),
    ("add_checkpoint", (R1, BRANCH)),
    ("write", (N1, BESIDE, OLD)),
    ("add_checkpoint", (R2, BESIDE)),
    ("begin_online", (R2,)),
    ("restore", (R2, BESIDE)),
    ("complete_online", (R2,)),
)
_ONLINE: Schedule = (
    ("begin_online", (R1,)),
    ("restore", (R1, TREE)),
    ("restore", (R1, BRANCH)),
    ("complete_online", (R1,)),
)
_OFFLINE: Schedule = (
    ("write", (N1, TREE, NEW)),
    ("capture", (R1, TREE)),
    ("backup", ()),
    ("replicate", (R1, TREE, N2)),
    ("begin_offline", (R1,)),
    ("save", (R1, TREE)),
    ("save", (R1, BRANCH)),
    ("complete_offline", (R1,)),
)
_TO_THE_OTHER_NODE: Schedule = (
    ("write", (N1, BRANCH, NEW)),
    ("move", (R1, N2)),
    *_ONLINE,
    ("write", (N2, TREE, OLD)),
    ("capture", (R1, TREE)),
    ("crash", (N2,)),
    ("failover", (R1, N1)),
)
_FAILED_RESTORE: Schedule = (
    ("begin_online", (R1,)),
    ("block", (N1, TREE)),
    ("fail_restore", (R1, TREE, TREE)),
)
_ONLINE_ALL_THE_SAME: Schedule = (
    ("restore", (R1, BRANCH)),
    ("complete_online", (R1,)),
    ("fail", (R1,)),
)
_LOST_COPY: Schedule = (
    ("unblock", (N1, TREE)),
    ("lose_copy", (R1, BRANCH)),
    ("begin_online", (R1,)),
)
_MISSED: Schedule = (("miss_copy", (R1, BRANCH)),)
_NOT_MISSED: Schedule = (("restore", (R1, TREE)), ("complete_online", (R1,)), ("fail", (R1,)))
_TO_THE_END: Schedule = (
    ("recreate", (R1,)),
    *_ONLINE,
    ("begin_offline", (R1,)),
    ("terminate", (R1,)),
    ("begin_online", (R1,)),
    ("fail", (R1,)),
    ("join", (N2,)),
    ("remove_checkpoint", (R1, BRANCH)),
    ("delete", (R1,)),
    ("create", (R1,)),
    ("crash", (N2,)),
    ("restore_database", (N1,)),
    ("delete_tree", (N1, TREE)),
)
_AGAIN: Schedule = (("remove_checkpoint", (R2, BESIDE)), ("add_checkpoint", (R2, BESIDE)))
_IN_EVERY_STATE: Schedule = (
    ("backup", ()),
    ("join", (N2,)),
    ("write", (N1, TREE, OLD)),
    ("write", (N1, BRANCH, OLD)),
    ("block", (N1, BRANCH)),
    *_AGAIN,
    ("begin_online", (R2,)),
    *_AGAIN,
    ("restore", (R2, BESIDE)),
    ("complete_online", (R2,)),
    *_AGAIN,
    ("lose_copy", (R2, BESIDE)),
    *_AGAIN,
    ("begin_offline", (R2,)),
    *_AGAIN,
    ("fail", (R2,)),
    ("begin_online", (R1,)),
    ("fail_restore", (R1, TREE, BRANCH)),
)
"""A list changes in every state; a restore heeds what is blocked in its own tree, and only that."""

_OTHER_WAYS: Schedule = (
    ("move", (R2, N2)),
    ("crash", (N2,)),
    ("failover", (R2, N1)),
    ("delete", (R2,)),
    ("join", (N2,)),
    ("move", (R2, N2)),
    ("crash", (N2,)),
    ("failover", (R2, N1)),
    ("join", (N2,)),
    ("move", (R1, N2)),
    ("crash", (N2,)),
    ("delete", (R1,)),
    ("join", (N2,)),
    ("create", (R1,)),
    ("delete", (R1,)),
)
"""What can also happen to the failed and to the deleted: all the ways that guards let through."""


_ANEW: Schedule = (
    ("create", (R1,)),
    ("delete_tree", (N2, TREE)),
    ("write", (N2, TREE, OLD)),
    ("write", (N2, BRANCH, OLD)),
    ("add_checkpoint", (R1, TREE)),
    ("replicate", (R1, TREE, N1)),
    ("begin_online", (R1,)),
    ("replicate", (R1, TREE, N1)),
    ("restore", (R1, TREE)),
)
_CHANGED_IN_BETWEEN: Schedule = (
    ("write", (N2, BRANCH, NEW)),
    ("restore", (R1, TREE)),
    ("write", (N2, BRANCH, NEW)),
    ("block", (N2, TREE)),
    ("fail_restore", (R1, TREE, TREE)),
    ("unblock", (N2, TREE)),
)
_FROM_FAILED: Schedule = (
    ("begin_online", (R1,)),
    ("restore", (R1, TREE)),
)
_OFFLINE_WITHOUT_A_COPY: Schedule = (
    ("complete_online", (R1,)),
    ("lose_copy", (R1, TREE)),
    ("begin_offline", (R1,)),
    ("save", (R1, TREE)),
    ("complete_offline", (R1,)),
    ("recreate", (R1,)),
)
_OFFLINE_WITHOUT_ITS_TREE: Schedule = (
    ("begin_online", (R1,)),
    ("restore", (R1, TREE)),
    ("complete_online", (R1,)),
    ("delete_tree", (N2, TREE)),
    ("begin_offline", (R1,)),
    ("replicate", (R1, TREE, N1)),
    ("complete_offline", (R1,)),
    ("begin_online", (R1,)),
    ("restore", (R1, TREE)),
    ("complete_online", (R1,)),
    ("fail", (R1,)),
    ("replicate", (R1, TREE, N1)),
)


def _last_chapters(reading: Reading, *, fatal: bool) -> Schedule:
    """What is restored again (A3), and offlines with a copy that is lost or a tree that is gone."""
    again = either_way(reading) and restores(reading)
    return (
        *_ANEW,
        *(_CHANGED_IN_BETWEEN if again else ()),
        *(_FROM_FAILED if again and fatal else ()),
        *_OFFLINE_WITHOUT_A_COPY,
        *_OFFLINE_WITHOUT_ITS_TREE,
    )


def checkpoint_tour(reading: Reading) -> Schedule:
    """The run through every action that exists under a reading; the others are left out of it."""
    fatal = restores(reading) and reading[AmbiguityID.A25] == "fatal"
    chapters = (
        *_SET_UP,
        *_ONLINE,
        *_OFFLINE,
        *_TO_THE_OTHER_NODE,
        *_FAILED_RESTORE,
        *(() if fatal else _ONLINE_ALL_THE_SAME),
        *_LOST_COPY,
        *(_MISSED if missing_is_fatal(reading) else _NOT_MISSED),
        *_TO_THE_END,
        *_IN_EVERY_STATE,
        *(() if fatal else (("fail", (R1,)),)),
        *_OTHER_WAYS,
        *_last_chapters(reading, fatal=fatal),
    )
    existing = {action.name for action in CHECKPOINTS.actions_under(reading)}
    return tuple(instance for instance in chapters if instance[0] in existing)


CALL_TOUR: Schedule = (
    ("call_entry_point", (R1,)),
    ("issue_checkpoint_code", (R1, R1)),
    ("answer", (R1, R1)),
    ("issue_other_code", (R1, R2)),
    ("pass_on", (R1, R2)),
    ("answer", (R1, R2)),
    ("return_from_entry_point", (R1,)),
)

DEADLOCK: Schedule = (
    ("call_entry_point", (R1,)),
    ("issue_other_code", (R1, R1)),
    ("pass_on", (R1, R1)),
)
"""An ordinary code that a DLL issues for its own resource: it waits for itself, for ever."""


def checkpoint_program(reading: Reading) -> tuple[Program, Concrete]:
    """The small cluster of the tour and its initial state: empty registries, no conflict."""
    everywhere = ((True, True), (True, True))
    rigid = {
        "under": ((True, True, False), (False, True, False), (False, False, True)),
        "possible": everywhere,
        "claims": ((True, True, False), (False, False, True)),
        "covers": ((True, True, False), (False, False, True)),
        "alone": (True, True),
        "absent": 0,
        "empty": 1,
    }
    program = Program(CHECKPOINTS, reading, SCOPE, rigid, history=True)
    symbols = program.symbols
    tables = {entry.name: program.uniform(entry.name, _zero(entry.range)) for entry in symbols}
    tables["up"] = (True, True)
    return program, program.concrete(**tables)


def call_program(reading: Reading) -> tuple[Program, Concrete]:
    """Two resource DLLs and the cluster service, nobody calling anybody."""
    program = Program(CALLS, reading, SCOPE, {}, history=True)
    tables = {
        entry.name: program.uniform(entry.name, _zero(entry.range)) for entry in program.symbols
    }
    return program, program.concrete(**tables)


def run(program: Program, start: Concrete, schedule: Schedule) -> list[Concrete]:
    """The states of a run, the first included; ValueError if an action may not happen."""
    states = [start]
    for number, instance in enumerate(schedule, start=1):
        state = program.step(states[-1], instance)
        if state is None:
            message = f"step {number} of the run, {instance}, is not enabled"
            raise ValueError(message)
        states.append(state)
    return states


def _zero(sort: str) -> int | bool:
    return False if sort == "bool" else 0
