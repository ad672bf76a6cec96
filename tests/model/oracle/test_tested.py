"""The rules that a trace puts to the test are those that would be blamed."""

import pytest

from clusckpt.oracle.tested import rules_tested
from clusckpt.predictions import bundled_trace
from clusckpt.rules import KB174070_RULES, MSCS_PAGE_RULES
from clusckpt_spec.formats.cluster import Cluster, Group, Resource
from clusckpt_spec.formats.events import BackupClusterDatabase, CryptGenKey
from clusckpt_spec.formats.trace import Header, Observation, Trace, TraceLine
from clusckpt_spec.register import RuleID

CLUSTER = Cluster("clusckpt-cluster/1", ("N1",), (Group("G"),), (Resource("R", "G"),))
HEADER = Header("clusckpt-trace/1", CLUSTER)


def test_a_save_at_offline_is_tested_where_there_is_one() -> None:
    """RC01 tests the save at offline under the reading that has it, and under the page does not."""
    trace = bundled_trace("rc01-service-root-key")
    with_save, without = (rules_tested(trace, one) for one in (KB174070_RULES, MSCS_PAGE_RULES))

    assert with_save - without == {RuleID.KB_SAVE_AT_OFFLINE}
    assert {RuleID.CAPTURE_ONLINE, RuleID.OFFLINE_OVERWRITTEN} <= without


def test_a_broken_rule_is_tested() -> None:
    """The rule that a trace breaks counts, and what comes after does not."""
    tested = rules_tested(bundled_trace("rc11-login-mode-flips"), MSCS_PAGE_RULES)

    assert RuleID.RESTORE_BEFORE_ONLINE in tested


@pytest.mark.parametrize(
    ("line", "tested"),
    [
        (TraceLine(2, CryptGenKey("N1", "1\\\\K", "k")), set()),
        (
            TraceLine(
                2,
                CryptGenKey("N1", "1\\\\K", "k"),
                observed=Observation(containers={"N1": {"1\\\\K": "k"}}),
            ),
            {RuleID.CRYPTO_CONTAINERS},
        ),
        (TraceLine(2, BackupClusterDatabase("p"), 0), {RuleID.IN_BACKUP}),
    ],
)
def test_what_was_not_looked_at_tests_nothing(line: TraceLine, tested: set[RuleID]) -> None:
    """An event alone tests no rule; what it answered and what was seen do."""
    assert rules_tested(Trace(HEADER, (line,)), MSCS_PAGE_RULES) == tested
