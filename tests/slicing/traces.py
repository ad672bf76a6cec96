"""Traces for the tests of slices: small clusters, runs of the model, innocent lines."""

from collections.abc import Sequence

from clusckpt.oracle import Violation, replay
from clusckpt.parties.model import ModelParty
from clusckpt.rules import Rulebook
from clusckpt_spec.formats.adapter import ObserveParams, ResetParams
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import AnyEvent, OnlineClusterResource
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, Trace, TraceLine
from clusckpt_spec.readings import MSCS_PAGE

NODES = ("N1", "N2")


def key_of(number: int) -> str:
    """The root of the resource of that number."""
    return f"Software\\K{number}"


def header(resources: int = 1) -> Header:
    """Resources R0, R1 and so on in groups of their own on N1, each with a root that N1 has."""
    numbers = range(resources)
    cluster = Cluster(
        CLUSTER_FORMAT,
        NODES,
        tuple(Group(f"G{at}", "N1") for at in numbers),
        tuple(
            Resource(f"R{at}", f"G{at}", registry_checkpoints=(RegistryCheckpoint(key_of(at)),))
            for at in numbers
        ),
    )
    return Header(TRACE_FORMAT, cluster, registry={"N1": {key_of(at): {"v": 0} for at in numbers}})


def trace(start: Header, *steps: tuple[AnyEvent, Observation | None]) -> Trace:
    """A trace of these events, of which it is not known what they returned."""
    lines = (TraceLine(at, event, None, seen) for at, (event, seen) in enumerate(steps, start=2))
    return Trace(start, tuple(lines))


def run(start: Header, events: Sequence[AnyEvent], seed: int = 0) -> Trace:
    """A run of the model in which every resource is brought online first; all is looked at."""
    party = ModelParty(MSCS_PAGE, seed=seed)
    party.reset(ResetParams(start.cluster, start.registry))
    names = tuple(one.name for one in start.cluster.resources)
    wanted = ObserveParams(
        states=names,
        owners=tuple(one.name for one in start.cluster.groups),
        registry={node: {key_of(at): ("v",) for at in range(len(names))} for node in NODES},
    )
    lines = []
    for number, event in enumerate([*map(OnlineClusterResource, names), *events], start=2):
        answer = party.call(event)
        lines.append(TraceLine(number, event, answer.returned, party.observe(wanted)))
    return Trace(start, tuple(lines))


def violation(found: Trace, rules: Rulebook) -> Violation | None:
    """The first violation of a trace."""
    return replay(found.header, found.lines, rules).violation
