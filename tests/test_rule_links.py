"""Every rule is tied to everything that it must be tied to, or the tie is visibly pending."""

import pytest

from clusckpt import links
from clusckpt_spec.register import RULES, RuleID
from clusckpt_spec.register.links import PENDING, REQUIRED, LinkKind
from tests.rule_links import COMMITTED, REPOSITORY, collected, written


def test_the_list_of_marked_tests_is_current() -> None:
    """The committed list of marked tests is what the marks say: python -m tests.rule_links."""
    assert COMMITTED.read_text(encoding="utf-8") == written()


def test_marks_name_rules() -> None:
    """Every mark names a rule of the register."""
    assert set(collected()) <= {rule.value for rule in RuleID}


def test_marked_tests_exist() -> None:
    """Every link to a test names a file that is there and a function in it."""
    for tests in collected().values():
        for test in tests:
            path, _, name = test.partition("::")

            assert name in (REPOSITORY / path).read_text(encoding="utf-8")


def test_there_is_no_orphan() -> None:
    """Every rule has every required link, or it is pending; nothing pending is there already."""
    assert [f"{fault.rule} {fault.kind}: {fault.reason}" for fault in links.faults()] == []


def test_an_orphan_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing link that is not pending is reported, and so is a pending one that is there."""
    rule = RuleID.CAPTURE_ONLINE
    known = links.links()
    fewer = {**known, rule: {**known[rule], LinkKind.VECTOR: ()}}
    monkeypatch.setattr(links, "links", lambda: fewer)
    monkeypatch.setattr(links, "PENDING", {**PENDING, (rule, LinkKind.PROOF): "not so"})

    found = {(fault.rule, fault.kind) for fault in links.faults()}
    assert found == {(rule, LinkKind.VECTOR), (rule, LinkKind.PROOF)}


def test_pending_links_name_their_issue() -> None:
    """Every pending link says which issue fills it, and is of a kind that is required."""
    for (rule, kind), reason in PENDING.items():
        assert rule in RULES
        assert kind in REQUIRED
        assert reason.startswith("issue ")
