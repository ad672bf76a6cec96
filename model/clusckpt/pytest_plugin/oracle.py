"""The oracle that a test tells what its system does; as soon as a rule is broken, it says so."""

import json
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import msgspec

from clusckpt.conformance.story import story
from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.errors import UnusableInput
from clusckpt.files.trace_file import dump_trace
from clusckpt.files.trace_lines import parse_line
from clusckpt.oracle import Judgement, JudgementKind, Report
from clusckpt.oracle.evidence import consistent_readings
from clusckpt.oracle.replay import Follower
from clusckpt.oracle.tested import rules_tested
from clusckpt.pytest_plugin.clusters import SmallCluster, checked
from clusckpt.rules import rulebook
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import Header, Observation, Trace, TraceLine
from clusckpt_spec.readings import Reading
from clusckpt_spec.register import RuleID, rule

OBSERVED: Final = frozenset(Observation.__struct_fields__)
"""The words of `saw` that tell what was observed; no call has a field of these names."""

Verdict = tuple[JudgementKind, tuple[RuleID, ...]]
"""What became of a trace, and the rules that it exercised."""

_PLACE = "checkpoint_oracle"


class UndecidedWarning(UserWarning):
    """So many states remain possible that a trace is not judged."""


class RuleBroken(AssertionError):
    """What was told is allowed by none of the readings; `rule` is the one that says so."""

    def __init__(self, broken: RuleID, text: str) -> None:
        """Carry the rule."""
        super().__init__(text)
        self.rule = broken


class CheckpointOracle:
    r"""Follows what a test tells, with every state that remains possible.

    Args:
        readings: those to judge by; a rule is broken if none of them explains what was told.

    >>> from clusckpt_spec.readings import MSCS_PAGE
    >>> oracle = CheckpointOracle([MSCS_PAGE])
    >>> oracle.begin(SmallCluster())
    >>> oracle.saw("OnlineClusterResource", resource="SQL", returned=0, states={"SQL": "Online"})
    >>> "mscs-page" in oracle.consistent_readings
    True
    >>> oracle.saw("RegSetValueEx", node="N1", key="Software\\Acme", name="Port", value=2,
    ...     stored={"SQL": {"Software\\Acme": {"Software\\Acme": {"Port": 1}}}})
    Traceback (most recent call last):
    clusckpt.pytest_plugin.oracle.RuleBroken: CKPT-CAPTURE-ONLINE is broken under mscs-page:
    ...
    """

    def __init__(self, readings: Sequence[Reading]) -> None:
        """Take the readings; there is no cluster before `begin`."""
        self._rulebooks = [rulebook(one) for one in readings]
        self._followers: dict[str, Follower] = {}
        self._header: Header | None = None
        self._names: ClusterNames | None = None
        self._lines: list[TraceLine] = []
        self._expected: RuleID | None = None
        self._earlier: list[Verdict] = []

    def begin(self, cluster: SmallCluster | Header) -> None:
        """Begin a trace: every node is up, every resource offline. The trace before has ended.

        Raises:
            RuleBroken: if a rule was broken in the trace before.
            UnusableInput: if the names of the cluster do not fit together.
        """
        __tracebackhide__ = True
        self.check()
        self._earlier = self.verdicts()
        header = cluster.header if isinstance(cluster, SmallCluster) else checked(cluster)
        self._header, self._names, self._lines = header, ClusterNames.of(header.cluster), []
        self._expected = None
        self._followers = {rules.reading.name: Follower(header, rules) for rules in self._rulebooks}

    def saw(
        self, call: AnyEvent | str, *, returned: int | str | None = None, **told: object
    ) -> None:
        """Tell one thing that happened, what it returned, and what was observed after it.

        Args:
            call: an event, or its name with its fields among the words that follow.
            returned: the status, by number or name; None if it was not seen.
            told: fields of the call, and parts of an observation (`states`, `owners`, `registry`,
                `stored`, `checkpoints`, ...) as a trace file writes them.

        Raises:
            RuleBroken: if no reading explains it.
            UnusableInput: if it is no line of a trace of this cluster.
        """
        __tracebackhide__ = True
        names = self._ready()
        number = len(self._lines) + 2
        line = parse_line(_written(call, returned, told), _PLACE, number, names)
        self._lines.append(line)
        for follower in self._followers.values():
            follower.follow(line)
        self.check()

    def check(self) -> None:
        """Hold that what was told so far keeps the rules.

        Raises:
            RuleBroken: if no reading explains it.
        """
        __tracebackhide__ = True
        report = self.judgement.telling if self.is_broken else None
        if report is None or report.violation is None or report.violation.rule is self._expected:
            return
        raise RuleBroken(report.violation.rule, self._message(report))

    @contextmanager
    def breaks(self, broken: str) -> Iterator[None]:
        """Hold that a rule is broken inside a block: for tests of a system that is known bad.

        Args:
            broken: the ID of the rule.

        Raises:
            AssertionError: if none is broken, or another one.
            UnknownRule: if no rule has that ID.
        """
        expected = rule(broken).id
        try:
            yield
            self.check()
        except RuleBroken as error:
            if error.rule is not expected:
                raise
            self._expected = expected
            return
        message = f"no rule is broken; expected: {expected}; {len(self._lines)} events were told"
        raise AssertionError(message)

    @property
    def judgement(self) -> Judgement:
        """The verdict on what was told so far, with a report for each reading."""
        reports = {name: follower.report() for name, follower in self._followers.items()}
        return Judgement(reports, tuple(reports))

    @property
    def is_broken(self) -> bool:
        """Whether no reading explains what was told."""
        return bool(self._lines) and self.judgement.kind is JudgementKind.VIOLATES

    def warn(self) -> None:
        """Warn if what was told cannot be judged, with what would have decided."""
        if self._lines and self.judgement.kind is JudgementKind.UNDECIDED:
            message = f"{_PLACE}: undecided: {self.judgement.telling.decisive}"
            warnings.warn(message, UndecidedWarning, stacklevel=2)

    @property
    def trace(self) -> Trace | None:
        """What was told, as a trace; None before `begin`."""
        return None if self._header is None else Trace(self._header, tuple(self._lines))

    @property
    def consistent_readings(self) -> tuple[str, ...]:
        """The names of the readings, of all that ship, that explain what was told."""
        trace = self.trace
        return () if trace is None else tuple(one.name for one in consistent_readings(trace))

    def verdicts(self) -> list[Verdict]:
        """What became of each trace, and the rules that determined it, the first reading says."""
        if self.trace is None:
            return []
        tested = tuple(sorted(rules_tested(self.trace, self._rulebooks[0])))
        return [*self._earlier, (self.judgement.kind, tested)]

    def text(self) -> str:
        """What was told, as the text of a trace file."""
        return "" if self.trace is None else dump_trace(self.trace)

    def _ready(self) -> ClusterNames:
        if self._names is None:
            came, allowed = "an event before the cluster", "begin(cluster) first, then saw(...)"
            raise UnusableInput(_PLACE, None, came, allowed, "call begin(checkpoint_cluster)")
        return self._names

    def _message(self, report: Report) -> str:
        if self.trace is None or report.violation is None:
            return ""
        names = ", ".join(self._followers)
        head = f"{report.violation.rule} is broken under {names}:"
        return "\n".join((head, *story(self.trace, report.violation)))


def _written(call: AnyEvent | str, returned: int | str | None, told: dict[str, object]) -> str:
    """The line of a trace file that says this.

    Raises:
        UnusableInput: if there is something among it that JSON cannot write.
    """
    event = {"call": call} if isinstance(call, str) else dict(msgspec.to_builtins(call))
    observed = {name: value for name, value in told.items() if name in OBSERVED}
    event |= {name: value for name, value in told.items() if name not in OBSERVED}
    document = event | {"returned": returned} | ({"observed": observed} if observed else {})
    try:
        return json.dumps(msgspec.to_builtins(document, builtin_types=(bytes,)))
    except (TypeError, ValueError, RecursionError) as error:
        allowed = "texts, numbers, lists and mappings, as a trace file has them"
        advice = 'write bytes as {"type": ..., "hex": ...}'
        raise UnusableInput(_PLACE, None, str(error), allowed, advice) from error
