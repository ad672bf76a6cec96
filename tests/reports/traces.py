"""Traces for the tests of the reports."""

from dataclasses import replace
from functools import cache

from clusckpt.oracle import (
    WINDOWS_READINGS,
    Judgement,
    JudgementKind,
    Report,
    Silence,
    VerdictKind,
    judge,
)
from clusckpt.reports.diagram import Diagram, Step
from clusckpt.reports.drawing import drawn
from clusckpt.reports.page import Subject
from clusckpt.rules import MSCS_PAGE_RULES, Rulebook, rulebook
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import (
    AnyEvent,
    MoveClusterGroup,
    NodeCrash,
    OfflineClusterResource,
    OnlineClusterResource,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, Trace, TraceLine
from clusckpt_spec.formats.values import WrittenTree
from clusckpt_spec.readings import READINGS

ROOT = "Software\\App"
HOSTILE = "\"'><script>alert(1)</script>]]>\u202e{{ 7 * 7 }}&amp;"
"""A name that must come out as text wherever it stands."""

ONLINE = OnlineClusterResource("R")
OFFLINE = OfflineClusterResource("R")
MOVE = MoveClusterGroup("G", "N2")
CRASH = NodeCrash("N1")


def write(text: str, node: str = "N1") -> RegSetValueEx:
    """Somebody writes the value `v` under the root."""
    return RegSetValueEx(node, ROOT, "v", text)


def header(title: str = "", root: str = ROOT, resource: str = "R") -> Header:
    """R in G on N1 of two nodes, with one root that holds v = old there, and new on N2."""
    owned = Resource(resource, group="G", registry_checkpoints=(RegistryCheckpoint(root),))
    cluster = Cluster(CLUSTER_FORMAT, ("N1", "N2"), (Group("G", owner="N1"),), (owned,))
    registry: dict[str, WrittenTree] = {"N1": {root: {"v": "old"}}, "N2": {root: {"v": "new"}}}
    return Header(TRACE_FORMAT, cluster, title=title, source=title, registry=registry)


def trace(*steps: AnyEvent | tuple[AnyEvent, Observation], title: str = "") -> Trace:
    """A trace of calls that succeed, some with what was seen after them."""
    pairs = [step if isinstance(step, tuple) else (step, None) for step in steps]
    lines = (TraceLine(at, event, 0, seen) for at, (event, seen) in enumerate(pairs, start=2))
    return Trace(header(title), tuple(lines))


def holding(node: str, text: str) -> Observation:
    """The observation that the root of a node holds v."""
    return Observation(registry={node: {ROOT: {"v": text}}})


@cache
def unrestored() -> Trace:
    """A move to N2, where the stored copy is not restored."""
    return trace(ONLINE, (MOVE, holding("N2", "new")), title="not restored")


def steps(rules: Rulebook, *events: AnyEvent | tuple[AnyEvent, Observation]) -> tuple[Step, ...]:
    """The steps that are drawn of a trace."""
    return diagram(trace(*events), rules).steps


def diagram(told: Trace, rules: Rulebook = MSCS_PAGE_RULES) -> Diagram:
    """The diagram of a trace."""
    return drawn(told.header, told.lines, rules)


def not_judged(kind: JudgementKind) -> Judgement:
    """A judgement that is undecided, or unspecified because a single other choice explains it."""
    if kind is JudgementKind.UNSPECIFIED:
        silence = Silence("mscs-page", AmbiguityID.A1, "optional")
        return replace(subject(unrestored()).judgement, silences=(silence,))
    report = Report("mscs-page", VerdictKind.UNDECIDED, 1, decisive="look at line 2")
    return Judgement({"mscs-page": report}, ("mscs-page",))


def subject(told: Trace, path: str = "trace.jsonl") -> Subject:
    """A trace as it stands on the page, judged by every reading."""
    judgement = judge(told.header, told.lines, tuple(READINGS.values()), WINDOWS_READINGS)
    by = READINGS[judgement.telling.reading]
    return Subject(path, told.header, judgement, diagram(told, rulebook(by)))
