"""The pytest plugin: a small cluster to begin with, and an oracle that follows a test.

It is there as soon as clusckpt is installed. A test asks for `checkpoint_oracle`, begins with
`checkpoint_cluster`, and tells the oracle what its system did:

    def test_failover(checkpoint_cluster, checkpoint_oracle):
        system = MySystem(checkpoint_cluster.nodes)
        checkpoint_oracle.begin(checkpoint_cluster)
        status = system.online("SQL")
        checkpoint_oracle.saw("OnlineClusterResource", resource="SQL", returned=status)

`oracle` has the oracle, `clusters` the cluster. What they need is loaded when a test asks for it.
"""

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from clusckpt.pytest_plugin.clusters import SmallCluster
    from clusckpt.pytest_plugin.oracle import CheckpointOracle
    from clusckpt_spec.readings import Reading

DEFAULT_READING: Final = "windows-observed"

_OPTION = "--clusckpt-reading"
_INI = "clusckpt_reading"
_MARKER = (
    "checkpoint_cluster(nodes=..., resources=..., groups=..., owners=..., registry=..., "
    "containers=...): the fields in which the cluster of the test differs from the default one"
)
_ORACLE: Final = pytest.StashKey["CheckpointOracle"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The readings to judge by can be chosen."""
    text = (
        "reading that checkpoint_oracle judges by; give it again for more, and only what none "
        f"of them explains breaks a rule (default: {DEFAULT_READING})"
    )
    group = parser.getgroup("clusckpt")
    group.addoption(_OPTION, action="append", default=[], metavar="NAME", help=text)
    parser.addini(_INI, f"names of readings, as for {_OPTION}", type="args", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a reading that there is not, before any test runs.

    Raises:
        pytest.UsageError: if a reading of that name does not ship.
    """
    config.addinivalue_line("markers", _MARKER)
    if _names(config):
        _readings(config)


@pytest.fixture
def checkpoint_cluster(request: pytest.FixtureRequest) -> "SmallCluster":
    """A cluster to begin with; the marker of the same name, or a call, gives another one."""
    from clusckpt.pytest_plugin.clusters import SmallCluster

    changes: dict[str, object] = {}
    for marker in reversed(list(request.node.iter_markers("checkpoint_cluster"))):
        changes |= marker.kwargs
    return SmallCluster()(**changes)


@pytest.fixture
def checkpoint_oracle(request: pytest.FixtureRequest) -> "CheckpointOracle":
    """An oracle that is told what a system did; at the end of the test its verdict is checked."""
    from clusckpt.pytest_plugin.oracle import CheckpointOracle

    oracle = CheckpointOracle(_readings(request.config))
    request.node.stash[_ORACLE] = oracle
    return oracle


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Check the verdict after the test, whatever became of what the oracle raised."""
    try:
        yield
        if _ORACLE in item.stash:
            item.stash[_ORACLE].check()
            item.stash[_ORACLE].warn()
    finally:
        if _ORACLE in item.stash:
            _note(item, item.stash[_ORACLE])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many traces were followed, and which rules they exercised."""
    from clusckpt.pytest_plugin.summary import told

    calls = [
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
    ]
    lines = told(one for report in calls for one in report.user_properties)
    if lines:
        terminalreporter.section("clusckpt")
    for line in lines:
        terminalreporter.write_line(line)


def _note(item: pytest.Item, oracle: "CheckpointOracle") -> None:
    """Keep what became of the trace with the report of the test."""
    from clusckpt.pytest_plugin.summary import written

    item.user_properties += [written(kind.value, rules) for kind, rules in oracle.verdicts()]
    if oracle.is_broken:
        item.add_report_section("call", "trace for clusckpt check", oracle.text())


def _names(config: pytest.Config) -> Sequence[str]:
    chosen: list[str] = config.getoption(_OPTION) or config.getini(_INI)
    return chosen


def _readings(config: pytest.Config) -> list["Reading"]:
    """The readings that were chosen.

    Raises:
        pytest.UsageError: if a reading of that name does not ship.
    """
    from clusckpt_spec.readings import READINGS

    names = _names(config) or [DEFAULT_READING]
    for name in names:
        if name not in READINGS:
            message = (
                f"{_OPTION}: got {name!r}; allowed: {', '.join(READINGS)}; "
                "next: choose one of these"
            )
            raise pytest.UsageError(message)
    return [READINGS[name] for name in dict.fromkeys(names)]
