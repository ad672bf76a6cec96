"""The pytest plugin: its fixtures, its option, what it says at the end of a run."""

import shutil
from importlib.metadata import entry_points
from pathlib import Path

import pytest

# The runs below are in this process, and forget what they were the first to import.
from clusckpt.pytest_plugin.oracle import CheckpointOracle
from clusckpt.pytest_plugin.summary import told
from clusckpt_spec.readings import MSCS_PAGE, READINGS

pytest_plugins = ["pytester"]

EXAMPLE = Path(__file__).parent / "example_project" / "test_failover.py"

DELAYED = """
def test_a_change_is_captured_later(checkpoint_cluster, checkpoint_oracle):
    checkpoint_oracle.begin(checkpoint_cluster)
    checkpoint_oracle.saw("OnlineClusterResource", resource="SQL", returned=0)
    key = "Software\\\\Acme"
    old = {"SQL": {key: {key: {"Port": 1}}}}
    checkpoint_oracle.saw("RegSetValueEx", node="N1", key=key, name="Port", value=2, stored=old)
    assert "mscs-page" not in checkpoint_oracle.consistent_readings
    assert "windows-observed" in checkpoint_oracle.consistent_readings
"""
"""A test that windows-observed explains, and mscs-page does not."""

SWALLOWED = """
def test_of_a_system_that_swallows(checkpoint_cluster, checkpoint_oracle):
    checkpoint_oracle.begin(checkpoint_cluster)
    try:
        checkpoint_oracle.saw("OnlineClusterResource", resource="SQL", returned=5)
    except Exception:
        pass
"""
"""A test that ends well, although a rule was broken."""


def test_the_entry_point() -> None:
    """Whoever has installed clusckpt has the plugin."""
    (entry,) = [one for one in entry_points(group="pytest11") if one.name == "clusckpt"]

    assert entry.value == "clusckpt.pytest_plugin"


def test_the_example_project(pytester: pytest.Pytester) -> None:
    """The tool passes; the version that forgets fails, with got, allowed, because, and a trace."""
    shutil.copy(EXAMPLE, pytester.path)
    result = pytester.runpytest_inprocess()

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*RuleBroken: CKPT-RESTORE-BEFORE-ONLINE is broken under windows-observed:",
            "* 4. Group G is moved to N2 (MoveClusterGroup) → ERROR_SUCCESS (0)",
            "*   got      Software?Acme on N2: Port = 1",
            "*   allowed  Software?Acme on N2: Port = 2",
            "*   because  CKPT-RESTORE-BEFORE-ONLINE Restore before online: “If the resource *",
            "*MsCS*learn.microsoft.com*",
            "*Captured trace for clusckpt check call*",
            '{"call":"MoveClusterGroup",*',
            "2 traces followed: 1 conforms, 1 violates",
            "3 rules exercised: CKPT-MOVE-GROUP, CKPT-ONLINE-STATES, CKPT-RESTORE-BEFORE-ONLINE",
        ]
    )


@pytest.mark.parametrize(
    ("arguments", "passed"),
    [
        ((), 1),
        (("--clusckpt-reading", "mscs-page"), 0),
        (("--clusckpt-reading", "mscs-page", "--clusckpt-reading", "windows-observed"), 1),
        (("-o", "clusckpt_reading=mscs-page mscs-page"), 0),
    ],
)
def test_the_reading_is_chosen(
    pytester: pytest.Pytester, arguments: tuple[str, ...], passed: int
) -> None:
    """A rule is broken if none of the readings that were chosen explains what was told."""
    pytester.makepyfile(DELAYED)
    result = pytester.runpytest_inprocess(*arguments)

    result.assert_outcomes(passed=passed, failed=1 - passed)


def test_a_reading_that_there_is_not(pytester: pytest.Pytester) -> None:
    """It is a usage error that lists those there are, before any test has run."""
    pytester.makepyfile(DELAYED)
    result = pytester.runpytest_inprocess("--clusckpt-reading", "windows")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            (
                f"ERROR: --clusckpt-reading: got 'windows'; allowed: {', '.join(READINGS)}; "
                "next: choose one of these"
            )
        ]
    )


def test_the_verdict_is_checked_at_the_end(pytester: pytest.Pytester) -> None:
    """A broken rule fails the test, although the test has swallowed what was raised."""
    pytester.makepyfile(SWALLOWED)
    result = pytester.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*RuleBroken: CKPT-*", "1 trace followed: 1 violates"])


def test_a_run_without_traces_says_nothing(pytester: pytest.Pytester) -> None:
    """The plugin loads nothing, and says nothing, unless a test asks for its fixtures."""
    pytester.makepyfile(
        """
        import sys

        def test_nothing():
            loaded = {name.partition(".")[0] for name in sys.modules}
            assert "clusckpt" in loaded
            assert not loaded & {"z3", "hypothesis", "rich", "typer", "jinja2"}
            assert "clusckpt.pytest_plugin.oracle" not in sys.modules
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist")

    result.assert_outcomes(passed=1)
    assert "followed" not in result.stdout.str()


def test_the_marker_changes_the_cluster(pytester: pytest.Pytester) -> None:
    """The nearest marker wins, field by field, and a field that there is not is refused."""
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.checkpoint_cluster(nodes=("A", "B"), resources={"Web": ["Software\\\\Web"]})
        class TestCluster:
            @pytest.mark.checkpoint_cluster(nodes=("C",))
            def test_of_a_marker(self, checkpoint_cluster):
                cluster = checkpoint_cluster.header.cluster
                assert cluster.nodes == ("C",)
                assert [one.name for one in cluster.resources] == ["Web"]

            @pytest.mark.checkpoint_cluster(node="A")
            def test_of_a_field_that_there_is_not(self, checkpoint_cluster):
                pass
        """
    )
    result = pytester.runpytest_inprocess("--strict-markers")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        ['*UnusableInput: checkpoint_cluster: got the unknown field "node"; allowed: nodes, *']
    )


def test_what_cannot_be_judged_is_a_warning(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trace with too many possible states passes with a warning that says what would decide."""
    monkeypatch.setattr("clusckpt.oracle.candidates.LARGEST_SET", 0)
    pytester.makepyfile(
        """
        def test_much(checkpoint_cluster, checkpoint_oracle):
            checkpoint_oracle.begin(checkpoint_cluster)
            checkpoint_oracle.saw("OnlineClusterResource", resource="SQL")
        """
    )
    result = pytester.runpytest_inprocess("-W", "default")

    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(["*UndecidedWarning: checkpoint_oracle: undecided: more than *"])


def test_the_summary_adds_up() -> None:
    """Several traces of one test and of several count, and other properties do not."""
    oracle = CheckpointOracle([MSCS_PAGE])
    properties: list[tuple[str, object]] = [("clusckpt", "conforms: "), ("owner", "clusckpt")]

    assert oracle.verdicts() == []
    assert told(properties) == ["1 trace followed: 1 conforms", "0 rules exercised"]
    assert told([]) == []
