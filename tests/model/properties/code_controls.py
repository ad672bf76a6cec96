"""Controls for the properties of control codes: a step that each must accuse, for each rule."""

from dataclasses import replace

from clusckpt.names import fold, parse_path
from clusckpt.properties import adding, adding_crypto, dll
from clusckpt.properties import listing as lists
from clusckpt.state import Checkpoint, CheckpointKind, CheckpointName
from clusckpt.steps import Outcome
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import NodeCrash, RegCreateKeyEx
from clusckpt_spec.register.ids import RuleID
from tests.model.properties.scenes import (
    CONTAINER,
    GENERATE,
    KEY,
    ROOT_ONLINE,
    WITH_CONTAINER,
    WITH_ROOT,
    WRITE,
    Control,
    Doctor,
    answer,
    code,
    copy_of,
    entries,
    in_state,
    listing,
    on_resource,
    tree,
    tree_on,
)

NARROW = "Software\\Wow6432Node\\A"

ADD, DELETE, GET = (
    code("ADD_REGISTRY_CHECKPOINT"),
    code("DELETE_REGISTRY_CHECKPOINT"),
    code("GET_REGISTRY_CHECKPOINTS"),
)
ADD_CRYPTO = code("ADD_CRYPTO_CHECKPOINT", CONTAINER)
FAILS = Status.UNSPECIFIED_FAILURE


def rooted(key: str) -> Doctor:
    """Leave every checkpoint of A with another root."""

    def doctor(outcome: Outcome) -> Outcome:
        listed = outcome.state.resources[fold("A")].checkpoints
        for entry in entries(outcome.state, "A"):
            listed = listed.insert(entry.name, replace(entry, root=parse_path(key)))
        return on_resource("A", checkpoints=listed)(outcome)

    return doctor


def crypto_copy_kept(outcome: Outcome) -> Outcome:
    """Leave a copy of the container."""
    name = CheckpointName(CheckpointKind.CRYPTO, fold(CONTAINER))
    copies = outcome.state.copies.insert((fold("A"), name), tree(1))
    return replace(outcome, state=replace(outcome.state, copies=copies))


def crypto_not_listed(outcome: Outcome) -> Outcome:
    """Leave the list and the copies without the container."""
    name = CheckpointName(CheckpointKind.CRYPTO, fold(CONTAINER))
    listed = outcome.state.resources[fold("A")].checkpoints.discard(name)
    copies = outcome.state.copies.discard((fold("A"), name))
    unlisted = on_resource("A", checkpoints=listed)(outcome)
    return replace(unlisted, state=replace(unlisted.state, copies=copies))


def resource_gone(outcome: Outcome) -> Outcome:
    """Leave no resource A."""
    resources = outcome.state.resources.discard(fold("A"))
    return replace(outcome, state=replace(outcome.state, resources=resources))


def entry_kept(outcome: Outcome) -> Outcome:
    """Leave an entry of the root on the list."""
    name = CheckpointName(CheckpointKind.REGISTRY, fold(KEY))
    listed = outcome.state.resources[fold("A")].checkpoints
    kept = listed.insert(name, Checkpoint(name, KEY, parse_path(KEY)))
    return on_resource("A", checkpoints=kept)(outcome)


CODE_CONTROLS = (
    Control(
        "a code fails a resource",
        dll.codes_wait_for_no_dll,
        RuleID.NOT_PASSED_TO_DLL,
        ROOT_ONLINE,
        GET,
        in_state(ResourceState.FAILED),
    ),
    Control(
        "a code is pending",
        dll.codes_wait_for_no_dll,
        RuleID.NOT_PASSED_TO_DLL,
        ROOT_ONLINE,
        GET,
        answer(Status.ERROR_IO_PENDING),
    ),
    Control(
        "an add fails",
        adding.registry_add_answers,
        RuleID.ADD_REGISTRY,
        (WRITE,),
        ADD,
        answer(FAILS),
    ),
    Control(
        "an add deletes the resource",
        adding.registry_add_answers,
        RuleID.ADD_REGISTRY,
        (WRITE,),
        ADD,
        resource_gone,
    ),
    Control(
        "an add changes a node",
        adding.registry_add_answers,
        RuleID.ADD_REGISTRY,
        (WRITE,),
        ADD,
        tree_on("N2", 5),
    ),
    Control(
        "an add without the root succeeds",
        adding.registry_add_answers,
        RuleID.ADD_REGISTRY,
        (),
        ADD,
        answer(Status.ERROR_SUCCESS),
        FAILS,
    ),
    Control(
        "an add with a leading backslash succeeds",
        adding.registry_add_answers,
        RuleID.ADD_REGISTRY,
        (WRITE,),
        code("ADD_REGISTRY_CHECKPOINT", f"\\{KEY}"),
        answer(Status.ERROR_SUCCESS),
        FAILS,
    ),
    Control(
        "an add to a resource on a node that is down changes something",
        adding.registry_add_answers,
        RuleID.ADD_REGISTRY,
        (WRITE, NodeCrash("N1")),
        ADD,
        tree_on("N2", 5),
        FAILS,
    ),
    Control(
        "an add to no resource succeeds",
        adding.registry_add_answers,
        RuleID.ADD_REGISTRY,
        (),
        code("ADD_REGISTRY_CHECKPOINT", KEY, "X"),
        answer(Status.ERROR_SUCCESS),
        Status.ERROR_RESOURCE_NOT_FOUND,
    ),
    Control(
        "the 32-bit code adds the native root",
        adding.registry_add_answers,
        RuleID.ADD_REGISTRY_32BIT,
        (RegCreateKeyEx("N1", NARROW),),
        code("ADD_REGISTRY_CHECKPOINT_32BIT"),
        rooted(KEY),
    ),
    Control(
        "the 64-bit code adds the 32-bit root",
        adding.registry_add_answers,
        RuleID.ADD_REGISTRY_64BIT,
        (WRITE,),
        code("ADD_REGISTRY_CHECKPOINT_64BIT"),
        rooted(NARROW),
    ),
    Control(
        "an add in another case succeeds",
        adding.registry_add_answers,
        RuleID.NAMES_CASELESS,
        WITH_ROOT,
        code("ADD_REGISTRY_CHECKPOINT_32BIT", KEY.upper()),
        answer(Status.ERROR_SUCCESS),
        Status.ERROR_ALREADY_EXISTS,
    ),
    Control(
        "the add of a container fails",
        adding_crypto.crypto_add_answers,
        RuleID.ADD_CRYPTO,
        (GENERATE,),
        ADD_CRYPTO,
        answer(FAILS),
    ),
    Control(
        "the add of a container changes a node",
        adding_crypto.crypto_add_answers,
        RuleID.ADD_CRYPTO,
        (GENERATE,),
        ADD_CRYPTO,
        tree_on("N2", 5),
    ),
    Control(
        "the add of a container lists nothing",
        adding_crypto.crypto_add_answers,
        RuleID.ADD_CRYPTO,
        (*WITH_ROOT, GENERATE),
        ADD_CRYPTO,
        crypto_not_listed,
    ),
    Control(
        "the add of no container succeeds",
        adding_crypto.crypto_add_answers,
        RuleID.ADD_CRYPTO,
        (),
        ADD_CRYPTO,
        answer(Status.ERROR_SUCCESS),
        Status.NTE_BAD_KEYSET,
    ),
    Control(
        "a second add of a container in another case changes something",
        adding_crypto.crypto_add_answers,
        RuleID.NAMES_CASELESS,
        WITH_CONTAINER,
        code("ADD_CRYPTO_CHECKPOINT", CONTAINER.lower()),
        tree_on("N2", 5),
        FAILS,
    ),
    Control(
        "the extended add fails and changes something",
        adding_crypto.extended_add_fails_cleanly,
        RuleID.ADD_CRYPTO_EX,
        (GENERATE,),
        code("ADD_CRYPTO_CHECKPOINT_EX", CONTAINER),
        tree_on("N2", 5),
        FAILS,
    ),
    Control(
        "the delete of a listed root fails",
        lists.delete_answers,
        RuleID.DELETE_REGISTRY,
        WITH_ROOT,
        DELETE,
        answer(Status.ERROR_FILE_NOT_FOUND),
    ),
    Control(
        "the delete of a root that is not listed succeeds",
        lists.delete_answers,
        RuleID.DELETE_REGISTRY,
        (),
        DELETE,
        answer(Status.ERROR_SUCCESS),
        Status.ERROR_FILE_NOT_FOUND,
    ),
    Control(
        "the delete changes a node",
        lists.delete_answers,
        RuleID.DELETE_REGISTRY,
        WITH_ROOT,
        DELETE,
        tree_on("N1", None),
    ),
    Control(
        "the delete leaves the entry",
        lists.delete_answers,
        RuleID.DELETE_REGISTRY,
        WITH_ROOT,
        DELETE,
        entry_kept,
    ),
    Control(
        "the delete of a container leaves its copy",
        lists.delete_answers,
        RuleID.DELETE_CRYPTO,
        WITH_CONTAINER,
        code("DELETE_CRYPTO_CHECKPOINT", CONTAINER),
        crypto_copy_kept,
    ),
    Control(
        "the delete in another case fails",
        lists.delete_answers,
        RuleID.NAMES_CASELESS,
        WITH_ROOT,
        code("DELETE_REGISTRY_CHECKPOINT", KEY.upper()),
        answer(Status.ERROR_FILE_NOT_FOUND),
    ),
    Control(
        "a list lacks a root",
        lists.list_answers,
        RuleID.GET_REGISTRY,
        WITH_ROOT,
        GET,
        listing(),
    ),
    Control(
        "a list changes something",
        lists.list_answers,
        RuleID.GET_REGISTRY,
        WITH_ROOT,
        GET,
        copy_of(None),
    ),
    Control(
        "a list is in capitals",
        lists.list_answers,
        RuleID.NAMES_CASELESS,
        WITH_ROOT,
        GET,
        listing(KEY.upper()),
    ),
    Control(
        "a list of containers has a root",
        lists.list_answers,
        RuleID.GET_CRYPTO,
        (*WITH_ROOT, *WITH_CONTAINER),
        code("GET_CRYPTO_CHECKPOINTS"),
        listing(CONTAINER, KEY),
    ),
    Control(
        "a type lists a root",
        lists.types_have_no_list,
        RuleID.TYPE_GET_REGISTRY,
        WITH_ROOT,
        code("TYPE_GET_REGISTRY_CHECKPOINTS"),
        listing(KEY),
        FAILS,
    ),
    Control(
        "a type lists a container",
        lists.types_have_no_list,
        RuleID.TYPE_GET_CRYPTO,
        WITH_CONTAINER,
        code("TYPE_GET_CRYPTO_CHECKPOINTS"),
        listing(CONTAINER),
        FAILS,
    ),
)
"""Controls for the answers of control codes."""
