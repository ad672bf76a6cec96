"""The kit on adapters that are no Python of ours, and on a small cluster of real processes."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from clusckpt.conformance import Budget, Plan, Program, Result, execute, report, run
from clusckpt.conformance.text import text
from clusckpt.oracle import VerdictKind
from clusckpt.parties.model import ModelParty
from clusckpt.parties.party import Fault, FaultKind, PartyFault
from clusckpt.parties.process import ProcessParty
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt_spec.formats.adapter import Answer, ResetParams
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
from clusckpt_spec.formats.events import (
    AnyEvent,
    CreateClusterResource,
    NodeCrash,
    OfflineClusterResource,
    OnlineClusterResource,
)
from clusckpt_spec.readings import MSCS_PAGE, WINDOWS_OBSERVED
from clusckpt_spec.register import RuleID

FOLDER = Path(str(files("clusckpt") / "data" / "examples"))
CAPTURES = {
    "node": ("adapter.js", "    return changed(keys, fold(key));", "    return 0;"),
    "perl": ("adapter.pl", "        return changed($keys, $key);", "        return 0;"),
    "c": ("calls.h", "changed(node_of(p), key), 0", "0"),
}
"""Where each example captures a written value, and what stands there if it forgets to."""

PAGE_RULES = {"CKPT-CAPTURE-ONLINE", "CKPT-RESTORE-BEFORE-ONLINE", "CKPT-MOVE-GROUP"}
START = ResetParams(
    Cluster(CLUSTER_FORMAT, ("N1", "N2"), (Group("G", "N1"),), (Resource("R", "G"),)),
    containers={"N1": {"1\\\\Box": "keys"}},
)

Start = Callable[..., ProcessParty]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts adapters, and closes them after the test."""
    parties: list[ProcessParty] = []

    def started(*command: str | Path) -> ProcessParty:
        parties.append(ProcessParty([str(one) for one in command]))
        return parties[-1]

    yield started
    for party in parties:
        party.close()


class NarrowParty(ModelParty):
    """The model of the page, which supports only some calls and, if so, no containers."""

    def __init__(self, *refused: str, kind: FaultKind = FaultKind.UNSUPPORTED) -> None:
        """Take the names of the methods that it refuses, and what kind of fault that is."""
        super().__init__(MSCS_PAGE_RULES)
        self._refused, self._kind = refused, kind

    def reset(self, start: ResetParams) -> None:
        """Refuse a start with containers if it refuses `reset`."""
        if start.containers:
            self._refuse("reset")
        super().reset(start)

    def call(self, event: AnyEvent) -> Answer:
        """Refuse the call, or do what the model does."""
        self._refuse(type(event).__name__)
        return super().call(event)

    def _refuse(self, name: str) -> None:
        if name in self._refused:
            raise PartyFault(Fault(self._kind, name, "error -32602: no", "leave it out"))


def result_of(party: ModelParty | ProcessParty, plan: Plan) -> Result:
    """The result of a run on a party."""
    return run(party, party.initialize(), plan)


def program(name: str) -> str:
    """Where a program is; these tests need it."""
    found = shutil.which(name)

    assert found, f"{name} is not installed; bash .ci/setup installs it as root"

    return found


def compiled(examples: Path, folder: Path) -> Path:
    """The adapter in C."""
    source, adapter = examples / "c" / "adapter.c", folder / "adapter"
    options = ("-std=c11", "-O2", "-o", str(adapter))
    subprocess.run([program("cc"), *options, source], check=True)  # noqa: S603 - ours

    return adapter


def command(language: str, folder: Path, examples: Path = FOLDER) -> tuple[str | Path, ...]:
    """How the adapter in a language is started; what has to be compiled goes to a folder."""
    match language:
        case "node":
            return program("node"), examples / "node" / "adapter.js"
        case "perl":
            return program("perl"), examples / "perl" / "adapter.pl"
        case _:
            return (compiled(examples, folder),)


@pytest.mark.parametrize("language", ["node", "perl", "c"])
def test_adapters_in_other_languages_conform(language: str, start: Start, tmp_path: Path) -> None:
    """Each follows the page; what it does not support is left out, and told."""
    result = result_of(start(*command(language, tmp_path)), Plan((MSCS_PAGE,), Budget(12)))
    document = report(result)
    exercised = {one.rule for one in document.rules if one.verdict == "conforms"}
    left_out = [line for line in text(document) if line.startswith("not supported by the party")]

    assert (result.faults, result.findings) == ((), ())
    assert result.verdict is VerdictKind.CONFORMS
    assert result.programs == 12
    assert exercised >= PAGE_RULES
    assert any(name.endswith("GET_REGISTRY_CHECKPOINTS") for name in document.unsupported)
    assert len(left_out) == 1


@pytest.mark.parametrize("language", ["node", "perl", "c"])
def test_they_violate_the_page_once_they_forget_to_capture(
    language: str, start: Start, tmp_path: Path
) -> None:
    """The same run finds an example whose writes are not captured."""
    file, captures, forgets = CAPTURES[language]
    shutil.copytree(FOLDER / language, tmp_path / language)
    source = (tmp_path / language / file).read_text(encoding="utf-8")
    (tmp_path / language / file).write_text(source.replace(captures, forgets), encoding="utf-8")
    party = start(*command(language, tmp_path, tmp_path))
    result = result_of(party, Plan((MSCS_PAGE,), Budget(12)))

    assert source.count(captures) == 1
    assert result.faults == ()
    assert result.verdict is VerdictKind.VIOLATES


def test_the_small_cluster_conforms(start: Start) -> None:
    """Real processes, files and timers do what was observed on Windows, crashes among it."""
    party = start(sys.executable, FOLDER / "small_cluster" / "adapter.py", "--delay", "0.05")
    rules = frozenset({RuleID.FAILOVER, RuleID.CAPTURE_ONLINE})
    result = result_of(party, Plan((WINDOWS_OBSERVED,), Budget(8), rules=rules))

    assert (result.faults, result.findings) == ((), ())
    assert result.verdict is VerdictKind.CONFORMS
    assert result.calls["NodeCrash"] > 0
    assert result.calls["CaptureDelayPasses"] > 0
    assert result.tested[RuleID.FAILOVER] > 0


def test_the_small_cluster_violates_the_page(start: Start) -> None:
    """Its timer captures later than the page says: that is what the run tells, in two calls."""
    party = start(sys.executable, FOLDER / "small_cluster" / "adapter.py", "--delay", "3")
    result = result_of(
        party, Plan((MSCS_PAGE,), Budget(8), rules=frozenset({RuleID.CAPTURE_ONLINE}))
    )
    (finding,) = report(result).findings

    assert finding.rule == "CKPT-CAPTURE-ONLINE"
    assert len(finding.trace) == 3
    assert finding.got.startswith("stored copy of ")
    assert any("Whenever anything changes on the checkpointed" in line for line in finding.story)


def test_what_is_not_supported_is_left_out() -> None:
    """The program goes on without the call, without containers, and without what it creates."""
    party = NarrowParty("OfflineClusterResource", "CreateClusterResource", "reset")
    events = (
        OnlineClusterResource("R"),
        OfflineClusterResource("R"),
        CreateClusterResource("New", "G"),
        OnlineClusterResource("New"),
        NodeCrash("N1"),
    )
    made = execute(party, party.initialize(), Program(START, events), [MSCS_PAGE_RULES])

    assert made.fault is None
    assert [line.event for line in made.trace.lines] == [events[0], events[4]]
    assert made.trace.header.containers == {}
    assert +made.unsupported == {
        "OfflineClusterResource": 1,
        "CreateClusterResource": 1,
        "reset": 1,
    }
    assert made.skipped == 1


def test_a_start_that_is_not_supported_is_no_fault() -> None:
    """A party that sets up no such cluster is asked for no calls on it."""

    class Unable(NarrowParty):
        def reset(self, start: ResetParams) -> None:
            self._refuse("reset")
            super().reset(start)

    party = Unable("reset")
    events = (OnlineClusterResource("R"),)
    made = execute(party, party.initialize(), Program(START, events), [MSCS_PAGE_RULES])

    assert (made.fault, made.trace.lines) == (None, ())
    assert made.unsupported == {"reset": 2}


def test_other_refusals_are_faults() -> None:
    """Any other error of JSON-RPC ends the program, as before."""
    party = NarrowParty("OnlineClusterResource", kind=FaultKind.REFUSES)
    events = (OnlineClusterResource("R"),)
    made = execute(party, party.initialize(), Program(START, events), [MSCS_PAGE_RULES])

    assert made.fault is not None
    assert made.fault.kind is FaultKind.REFUSES
    assert +made.unsupported == {}


def test_a_party_that_supports_nothing_is_not_judged() -> None:
    """No call was answered, so nothing conforms."""
    party = NarrowParty(*party_calls())
    result = result_of(party, Plan((MSCS_PAGE,), Budget(4)))

    assert result.calls == {}
    assert result.verdict is VerdictKind.UNDECIDED
    assert report(result).readings[0].verdict == "undecided"


def party_calls() -> tuple[str, ...]:
    """Every call that the model has."""
    return ModelParty(MSCS_PAGE_RULES).initialize().calls
