"""The tour: one run through every action, which meets the premises of everything that is proved.

A proof about states that cannot occur says nothing. The tour is executed, not solved, so what it
meets is reachable; it is short enough to be read.
"""

from clusckpt_spec.readings import Reading
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.program import Concrete, Instance, Program
from clusckpt_spec.system.sorts import Scope

SCOPE = Scope(node=2, resource=2, key=2, data=4)
"""Two nodes, two resources, a key and one below it, and the data absent, empty, OLD and NEW."""

N1, N2 = range(2)
R1, R2 = range(2)
TREE, BRANCH = range(2)
OLD, NEW = 2, 3

CHECKPOINT_TOUR: tuple[Instance, ...] = (
    ("write", (N1, TREE, OLD)),
    ("write", (N1, BRANCH, OLD)),
    ("add_checkpoint", (R1, TREE)),
    ("add_checkpoint", (R1, BRANCH)),
    ("begin_online", (R1,)),
    ("restore", (R1, TREE)),
    ("restore", (R1, BRANCH)),
    ("complete_online", (R1,)),
    ("write", (N1, TREE, NEW)),
    ("backup", ()),
    ("begin_offline", (R1,)),
    ("complete_offline", (R1,)),
    ("write", (N1, BRANCH, NEW)),
    ("move", (R1, N2)),
    ("begin_online", (R1,)),
    ("restore", (R1, TREE)),
    ("restore", (R1, BRANCH)),
    ("complete_online", (R1,)),
    ("crash", (N2,)),
    ("failover", (R1, N1)),
    ("begin_online", (R1,)),
    ("block", (N1, BRANCH)),
    ("fail_restore", (R1, TREE, BRANCH)),
    ("unblock", (N1, BRANCH)),
    ("lose_copy", (R1, BRANCH)),
    ("recreate", (R1,)),
    ("begin_online", (R1,)),
    ("restore", (R1, TREE)),
    ("restore", (R1, BRANCH)),
    ("complete_online", (R1,)),
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

CALL_TOUR: tuple[Instance, ...] = (
    ("call_entry_point", (R1,)),
    ("issue_checkpoint_code", (R1, R1)),
    ("answer", (R1, R1)),
    ("issue_other_code", (R1, R2)),
    ("pass_on", (R1, R2)),
    ("answer", (R1, R2)),
    ("return_from_entry_point", (R1,)),
)

DEADLOCK: tuple[Instance, ...] = (
    ("call_entry_point", (R1,)),
    ("issue_other_code", (R1, R1)),
    ("pass_on", (R1, R1)),
)
"""An ordinary code that a DLL issues for its own resource: it waits for itself, for ever."""


def checkpoint_program(reading: Reading) -> tuple[Program, Concrete]:
    """The small cluster of the tour and its initial state: empty registries, no conflict."""
    everywhere = ((True, True), (True, True))
    rigid = {
        "under": ((True, True), (False, True)),
        "possible": everywhere,
        "claims": ((True, True), (False, False)),
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


def run(program: Program, start: Concrete, schedule: tuple[Instance, ...]) -> list[Concrete]:
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
