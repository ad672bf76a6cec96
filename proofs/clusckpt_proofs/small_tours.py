"""The tours of the small systems: one run each through every action, as `tour` has for the large.

Each meets the premises of everything that is proved of its system.
"""

from collections.abc import Mapping

from clusckpt_proofs.tour import N1, N2, R1, R2, SCOPE, Schedule
from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.system.actions.restore import restores
from clusckpt_spec.system.containers import CONTAINERS
from clusckpt_spec.system.lists import LISTS
from clusckpt_spec.system.lists.registry_codes import deletes_every_kind
from clusckpt_spec.system.program import Concrete, Program, Table
from clusckpt_spec.system.system import Specification

PATH, OTHER_CASE, ALIAS = range(3)
r"""Three names, such as Software\X, SOFTWARE\x and Software\Wow6432Node\X."""

BOX, OTHER_BOX = range(2)
"""Two key containers."""

FIXED, OLD, NEW = range(3)
"""Keys that cannot be exported, and others that can."""

_ROOTS: Schedule = (
    ("list_root", (R1, PATH)),
    ("refuse_listed_root", (R1, OTHER_CASE)),
    ("list_root", (R1, ALIAS)),
    ("list_roots", (R1,)),
    ("list_roots_of_type", ()),
    ("unlist_root", (R1, OTHER_CASE)),
    ("refuse_unlisted_root", (R1, PATH)),
    ("unlist_root", (R1, ALIAS)),
    ("list_root_32bit", (R1, PATH)),
    ("refuse_listed_root", (R1, OTHER_CASE)),
    ("list_root_64bit", (R1, ALIAS)),
    ("list_root", (R2, PATH)),
    ("unlist_root", (R2, OTHER_CASE)),
    ("list_root_64bit", (R2, PATH)),
    ("refuse_listed_root", (R2, OTHER_CASE)),
    ("list_root_32bit", (R2, ALIAS)),
)
_OF_EVERY_KIND: Schedule = (
    ("unlist_root", (R1, OTHER_CASE)),
    ("unlist_root", (R2, OTHER_CASE)),
)
_CONTAINERS: Schedule = (
    ("list_container", (R1, PATH)),
    ("refuse_listed_container", (R1, OTHER_CASE)),
    ("send_extended_crypto_code", (R1, PATH)),
    ("list_container", (R1, ALIAS)),
    ("list_containers", (R1,)),
    ("list_container", (R2, PATH)),
    ("refuse_listed_container", (R2, PATH)),
    ("unlist_container", (R2, PATH)),
    ("list_containers_of_type", ()),
    ("unlist_container", (R1, OTHER_CASE)),
    ("refuse_unlisted_container", (R1, PATH)),
    ("delete_with_lists", (R1,)),
    ("create_without_entries", (R1,)),
)

_FIRST_COPY: Schedule = (
    ("refuse_crypto_checkpoint", (R1, BOX)),
    ("generate_keys", (N1, BOX, FIXED)),
    ("refuse_crypto_checkpoint", (R1, BOX)),
    ("generate_keys", (N1, BOX, OLD)),
    ("add_crypto_checkpoint", (R1, BOX)),
    ("remove_crypto_checkpoint", (R1, BOX)),
    ("add_crypto_checkpoint", (R1, BOX)),
)
_BESIDE: Schedule = (
    ("generate_keys", (N1, OTHER_BOX, OLD)),
    ("accept_online", (R2,)),
    ("run_online", (R2,)),
    ("add_crypto_checkpoint", (R2, OTHER_BOX)),
)
_TO_ONLINE: Schedule = (
    ("accept_online", (R1,)),
    ("restore_container", (R1, BOX)),
    ("run_online", (R1,)),
)
_TO_OFFLINE: Schedule = (
    ("generate_keys", (N1, BOX, NEW)),
    ("accept_offline", (R1,)),
    ("save_container", (R1, BOX)),
    ("generate_keys", (N1, OTHER_BOX, NEW)),
    ("run_offline", (R1,)),
)
_ONLINE_WITHOUT_KEYS: Schedule = (
    ("move_resource", (R1, N2)),
    ("accept_online", (R1,)),
    ("fail_container_restore", (R1, BOX)),
    ("run_online", (R1,)),
    ("accept_offline", (R1,)),
    ("run_offline", (R1,)),
    ("move_resource", (R1, N1)),
)
_TO_ANOTHER_NODE: Schedule = (
    ("move_resource", (R1, N2)),
    ("replicate_container", (R1, BOX, N1)),
    *_TO_ONLINE,
    ("stop_node", (N2,)),
    ("fail_over", (R1, N1)),
)
_FAILED_ONLINE: Schedule = (
    ("accept_online", (R1,)),
    ("fail_container_restore", (R1, BOX)),
)
_ANEW: Schedule = (
    ("remove_crypto_checkpoint", (R1, BOX)),
    ("add_crypto_checkpoint", (R1, BOX)),
)
_FAILURES: Schedule = (
    *_TO_ONLINE,
    *_ANEW,
    ("accept_offline", (R1,)),
    *_ANEW,
    ("run_terminate", (R1,)),
    ("accept_online", (R1,)),
    *_ANEW,
    ("fail_resource", (R1,)),
    ("start_node", (N2,)),
    ("move_resource", (R1, N2)),
    *_TO_ONLINE,
    ("fail_resource", (R1,)),
    ("stop_node", (N2,)),
    ("fail_over", (R1, N1)),
    *_TO_ONLINE,
    ("accept_offline", (R1,)),
    ("fail_resource", (R1,)),
)
_TO_THE_END: Schedule = (
    ("remove_crypto_checkpoint", (R1, BOX)),
    ("delete_resource", (R1,)),
    ("create_resource", (R1,)),
    ("start_node", (N2,)),
    ("move_resource", (R1, N2)),
    ("stop_node", (N2,)),
    ("delete_resource", (R1,)),
)


def list_tour(reading: Reading) -> Schedule:
    """The run through every code of the lists that exists under a reading."""
    every = deletes_every_kind(reading)
    chapters = (*_ROOTS, *(_OF_EVERY_KIND if every else ()), *_CONTAINERS)
    return _existing(LISTS, chapters, reading)


def container_tour(reading: Reading) -> Schedule:
    """The run through every action about key containers that exists under a reading."""
    fatal = restores(reading) and reading[AmbiguityID.A25] == "fatal"
    chapters = (
        *_FIRST_COPY,
        *_BESIDE,
        *_TO_ONLINE,
        *_TO_OFFLINE,
        *(() if fatal else _ONLINE_WITHOUT_KEYS),
        *_TO_ANOTHER_NODE,
        *(_FAILED_ONLINE if fatal else ()),
        *_FAILURES,
        *_TO_THE_END,
    )
    return _existing(CONTAINERS, chapters, reading)


def list_program(reading: Reading) -> tuple[Program, Concrete]:
    """Two resources with empty lists; of the three names two are equal, and the third is the alias.

    What hosts the first resource has two views of the registry, what hosts the second has one.
    """
    equal = ((True, True, False), (True, True, False), (False, False, True))
    rigid = {
        "caseless": equal,
        "alias": ((False, False, True), (False, False, True), (False, False, False)),
        "one_container": equal,
        "second_view": (True, False),
    }
    return _start(Program(LISTS, reading, SCOPE, rigid, history=True), {"present": (True, True)})


def container_program(reading: Reading) -> tuple[Program, Concrete]:
    """Two active nodes without containers, and two resources without crypto checkpoints."""
    rigid = {"exportable": (False, True, True, True)}
    program = Program(CONTAINERS, reading, SCOPE, rigid, history=True)
    return _start(program, {"active": (True, True), "keys": program.uniform("keys", OLD)})


def _existing(specification: Specification, schedule: Schedule, reading: Reading) -> Schedule:
    existing = {action.name for action in specification.actions_under(reading)}
    return tuple(instance for instance in schedule if instance[0] in existing)


def _start(program: Program, tables: Mapping[str, Table]) -> tuple[Program, Concrete]:
    """The program with the state in which every other symbol has its first value everywhere."""
    uniform = {
        entry.name: program.uniform(entry.name, False if entry.range == "bool" else 0)
        for entry in program.symbols
    }
    return program, program.concrete(**{**uniform, **tables})
