"""The model as a party keeps to its own rules, by seed, in process and behind the protocol."""

import sys
from itertools import chain

import pytest

from clusckpt.gallery import GALLERY, LEGAL_BUT_ODD
from clusckpt.oracle import VerdictKind, replay
from clusckpt.parties.model import ModelParty
from clusckpt.parties.party import FaultKind, Party, PartyFault
from clusckpt.parties.process import ProcessParty
from clusckpt.rules import rulebook
from clusckpt_spec.formats.adapter import Answer, ObserveParams, ResetParams
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import (
    AnyEvent,
    BackupClusterDatabase,
    CaptureDelayPasses,
    ClusterResourceControl,
    CreateClusterResource,
    CryptGenKey,
    DeleteClusterResource,
    DllOnline,
    FailClusterResource,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
    OfflineClusterResource,
    OnlineClusterResource,
    RegDeleteTree,
    RegOpenKeyEx,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, TraceLine
from clusckpt_spec.formats.values import RawValue
from clusckpt_spec.readings import MSCS_PAGE, READINGS, Reading
from tests.drive import ADD, ADD_CRYPTO, GET

KEY, INNER, CONTAINER = "Software\\Acme", "Software\\Acme\\Inner", "1\\\\Box"
CLUSTER = Cluster(
    CLUSTER_FORMAT,
    ("N1", "N2"),
    (Group("G", "N1", ("N1",)), Group("H", "N2")),
    (
        Resource("R", "G", registry_checkpoints=(RegistryCheckpoint(KEY),)),
        Resource("S", "G", dependencies=("R",), registry_checkpoints=(RegistryCheckpoint(INNER),)),
        Resource("T", "H"),
    ),
)
START = ResetParams(
    CLUSTER,
    registry={"N1": {KEY: {"Mode": 1, "": "x"}, INNER: {"Deep": 2}}},
    containers={"N1": {CONTAINER: "old"}},
)
PROGRAM: tuple[AnyEvent, ...] = (
    OnlineClusterResource("S"),
    RegSetValueEx("N1", KEY, "Mode", 2),
    CaptureDelayPasses(),
    ClusterResourceControl("R", GET, output_size=1024),
    ClusterResourceControl("R", GET, output_size=1),
    ClusterResourceControl("R", GET, output_null=True, output_size=0),
    ClusterResourceControl("R", ADD_CRYPTO, CONTAINER),
    CryptGenKey("N1", CONTAINER, "new"),
    ClusterResourceControl("R", "CLUSCTL_RESOURCE_GET_CRYPTO_CHECKPOINTS", output_size=1024),
    MoveClusterGroup("G", "N2"),
    RegSetValueEx("N2", INNER, "Raw", RawValue("REG_QWORD", "0102030405060708")),
    NodeCrash("N2"),
    NodeJoin("N2"),
    RegOpenKeyEx("N1", KEY),
    FailClusterResource("R"),
    RegDeleteTree("N1", KEY),
    OfflineClusterResource("R"),
    OnlineClusterResource("R"),
    CreateClusterResource("U", "G"),
    ClusterResourceControl("U", ADD, INNER),
    BackupClusterDatabase("D:\\Backup"),
    OfflineClusterResource("R"),
    DeleteClusterResource("S"),
    MoveClusterGroup("G"),
)
TREES = {KEY: ("Mode", "", "Gone"), INNER: ("Deep", "Raw")}
WANTED = ObserveParams(
    states=("R", "S", "T"),
    owners=("G", "H"),
    groups=("G", "H"),
    checkpoints=("R", "S"),
    registry={"N1": TREES, "N2": TREES},
    containers={"N1": (CONTAINER,), "N2": (CONTAINER,)},
    stored={"R": {KEY: TREES, "Software\\Other": {}}, "S": {INNER: {INNER: ("Deep", "Raw")}}},
    backup_files=("D:\\Backup", "D:\\None"),
    logged=True,
)

Told = tuple[Answer, Observation]


def told(party: Party) -> list[Told]:
    """What a party answers to the program, and how the cluster looks after each event."""
    party.initialize()
    party.reset(START)
    answers = [(party.call(event), party.observe(WANTED)) for event in PROGRAM]
    party.close()
    return answers


def lines(answers: list[Told]) -> list[TraceLine]:
    """The answers as the lines of a trace."""
    return [
        TraceLine(number, event, answer.returned, with_buffer(answer, observation))
        for number, (event, (answer, observation)) in enumerate(
            zip(PROGRAM, answers, strict=True), start=2
        )
    ]


def with_buffer(answer: Answer, seen: Observation) -> Observation:
    """An observation with what a control code left in its buffer."""
    fields = {name: getattr(seen, name) for name in seen.__struct_fields__}
    return Observation(
        **fields | {"output": answer.output, "bytes_returned": answer.bytes_returned}
    )


@pytest.mark.parametrize(
    ("reading", "seed"),
    [*((one, 0) for one in READINGS.values()), (MSCS_PAGE, 1), (MSCS_PAGE, 2)],
    ids=lambda one: getattr(one, "name", one),
)
def test_the_model_keeps_to_its_rules(reading: Reading, seed: int) -> None:
    """Whatever the seed chooses, the oracle finds nothing wrong with answers or observations."""
    header = Header(TRACE_FORMAT, CLUSTER, registry=START.registry, containers=START.containers)
    answers = told(ModelParty(reading, seed=seed))

    assert replay(header, lines(answers), rulebook(reading)).kind is VerdictKind.CONFORMS


def test_another_reading_can_be_told_apart() -> None:
    """The same program under the rules of another reading is not taken for this one."""
    header = Header(TRACE_FORMAT, CLUSTER, registry=START.registry, containers=START.containers)
    answers = told(ModelParty(READINGS["kb174070"]))

    assert replay(header, lines(answers), rulebook(MSCS_PAGE)).kind is VerdictKind.VIOLATES


def test_a_seed_makes_the_same_choices_after_every_reset() -> None:
    """Two parties with one seed answer alike, twice each; with another seed one answers else."""
    party = ModelParty(MSCS_PAGE, seed=1)
    first = told(party)

    assert told(party) == first == told(ModelParty(MSCS_PAGE, seed=1))
    assert any(told(ModelParty(MSCS_PAGE, seed=seed)) != first for seed in range(2, 6))


def test_nothing_is_under_way_after_an_answer() -> None:
    """After each event no resource is on its way to online or offline."""
    states = chain.from_iterable(seen.states.values() for _, seen in told(ModelParty(MSCS_PAGE)))

    assert set(states) <= {"Online", "Offline", "Failed"}


def test_a_served_model_answers_alike() -> None:
    """Behind the protocol, in a process of its own, the model gives the same answers."""
    command = [sys.executable, "-m", "clusckpt.parties", "--reading", "mscs-page", "--seed", "3"]
    served = ProcessParty(command)

    assert told(served) == told(ModelParty(MSCS_PAGE, seed=3))
    assert served.noise == []


@pytest.mark.parametrize(
    ("event", "detail", "advice"),
    [
        (
            DllOnline("R"),
            "the rules allow no outcome of it in this state",
            "call it where it can happen",
        ),
        (
            NodeCrash("N3"),
            'the unknown node "N3" at node; allowed: a node of the cluster: "N1", "N2"',
            "correct the name, or add the node to the cluster",
        ),
        (
            ClusterResourceControl("R", "CLUSCTL_RESOURCE_GET_NAME"),
            "'CLUSCTL_RESOURCE_GET_NAME' is not a checkpoint control code",
            "call what this cluster has",
        ),
    ],
)
def test_what_cannot_happen_is_refused(event: AnyEvent, detail: str, advice: str) -> None:
    """An event that the rules do not allow here is refused, and the cluster stays as it is."""
    party = ModelParty(MSCS_PAGE)
    party.reset(START)
    before = party.observe(WANTED)
    with pytest.raises(PartyFault) as caught:
        party.call(event)

    assert caught.value.fault.kind is FaultKind.REFUSES
    assert caught.value.fault.detail.startswith(detail)
    assert caught.value.fault.advice == advice
    assert party.observe(WANTED) == before


def test_there_is_no_cluster_before_reset() -> None:
    """A call or a look before `reset` is refused, and so is a cluster that refers to nothing."""
    party = ModelParty(MSCS_PAGE)
    with pytest.raises(PartyFault, match="there is no cluster yet"):
        party.call(NodeCrash("N1"))
    with pytest.raises(PartyFault, match="there is no cluster yet"):
        party.observe(WANTED)
    with pytest.raises(PartyFault, match='the unknown node "N9"'):
        party.reset(ResetParams(Cluster(CLUSTER_FORMAT, ("N1",), (Group("G", "N9"),), ())))


def test_a_node_that_is_down_is_not_seen() -> None:
    """What is asked about a node that is down is left out, and without nodes all of it is."""
    party = ModelParty(MSCS_PAGE)
    party.reset(START)
    party.call(NodeCrash("N1"))
    one_left = party.observe(WANTED)
    party.call(NodeCrash("N2"))
    none_left = party.observe(WANTED)

    assert set(one_left.registry) == set(one_left.containers) == {"N2"}
    assert one_left.owners == {"G": "N2", "H": "N2"}
    assert (none_left.states, none_left.owners, none_left.registry) == ({}, {}, {})


@pytest.mark.parametrize(
    "name",
    [
        "skip capture",
        "restore to the old node",
        "keep the checkpoint of a deleted resource",
        "lose checkpoints in a backup",
    ],
)
def test_planted_bugs_are_noticed(name: str) -> None:
    """A planted bug that runs as a party is found out by the oracle, and for its own rule."""
    (bug,) = [one for one in GALLERY if one.name == name]
    header = Header(TRACE_FORMAT, CLUSTER, registry=START.registry, containers=START.containers)
    answers = told(ModelParty(bug.rulebook, behaviour=bug.behaviour))
    violation = replay(header, lines(answers), rulebook(bug.judged_by)).violation

    assert violation is not None
    assert violation.rule is bug.rule


@pytest.mark.parametrize(
    "name", ["saves at offline, as KB174070 says", "captures at once, though it may wait"]
)
def test_oddities_are_not_accused(name: str) -> None:
    """An oddity that runs as a party is found to conform."""
    (odd,) = [one for one in LEGAL_BUT_ODD if one.name == name]
    header = Header(TRACE_FORMAT, CLUSTER, registry=START.registry, containers=START.containers)
    answers = told(ModelParty(odd.rulebook, behaviour=odd.behaviour))

    assert replay(header, lines(answers), rulebook(odd.judged_by)).kind is VerdictKind.CONFORMS
