"""The analysis, the transition system and the reference model agree on every small design."""

from dataclasses import replace

import pytest

from clusckpt_proofs.exactness import EXACT_READINGS, Design, Naming, compared, designs
from clusckpt_proofs.exactness.__main__ import main
from clusckpt_proofs.exactness.comparison import executed
from clusckpt_proofs.exactness.designs import Forest
from clusckpt_proofs.exactness.portions import all_portions, portion
from clusckpt_proofs.recheck.workers import in_parallel
from clusckpt_spec.readings import KB174070, MSCS_PAGE, WINDOWS_OBSERVED, Reading

FIGURES = ["mscs-page", "603", "413", "413", "413", "88944", "0"]
"""Reading, designs, flagged, reachable, executed, states, disagreements."""

SHARED = Design(Naming.NATIVE, Forest.ONE, ((0,), (0,)), ((0, 1), (1,)))


@pytest.mark.rule("CKPT-INSTANCES")
def test_every_small_design_is_judged_exactly(capsys: pytest.CaptureFixture[str]) -> None:
    """Exactly the flagged resources can lose data in the system, and do so in the model."""
    assert main(["--reading", "mscs-page", "--jobs", "1"]) == 0

    figures = capsys.readouterr().out.splitlines()[-2]
    assert [one.strip() for one in figures.strip("│").split("│")] == FIGURES


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("reading", [KB174070, WINDOWS_OBSERVED], ids=lambda one: one.name)
def test_other_readings_agree_on_native_names(reading: Reading) -> None:
    """Delay, saves and survived failures change neither who can lose data nor who does."""
    chosen = [one for one in designs() if one.forest is Forest.NESTED][::5]

    assert [one for one in (compared(each, reading) for each in chosen) if not one.agrees] == []


def test_the_scope_is_every_design() -> None:
    """All forests, all choices of roots and of possible owners, under each way to name them."""
    every = list(designs())

    assert len(every) == len(set(every)) == 603


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("reading", EXACT_READINGS, ids=lambda one: one.name)
def test_a_conflict_is_lost_by_every_account(reading: Reading) -> None:
    """Two resources that share a key and a node lose data to each other, in all three accounts."""
    found = compared(SHARED, reading)

    assert found.flagged == found.lost == found.executed == {"A", "B"}
    assert found.agrees


@pytest.mark.rule("CKPT-INSTANCES")
def test_an_account_of_its_own_is_a_disagreement() -> None:
    """If one of the accounts misses a resource, the three do not agree."""
    found = compared(SHARED, MSCS_PAGE)

    assert not replace(found, flagged=frozenset({"A"})).agrees
    assert not replace(found, lost=frozenset({"A"})).agrees
    assert not replace(found, executed=frozenset({"A"})).agrees


@pytest.mark.rule("CKPT-INSTANCES")
def test_nothing_is_executed_without_a_conflict() -> None:
    """Where no node may host both, the model has no schedule to execute."""
    apart = replace(SHARED, hosts=((0,), (1,)))

    assert executed(apart, MSCS_PAGE) == frozenset()


def test_processes_are_sent_names() -> None:
    """A portion that another process compares is the one that this process would."""
    chosen = all_portions(["mscs-page"])[:2]

    assert dict(in_parallel(portion, chosen, 2)) == {
        at: portion(one) for at, one in enumerate(chosen)
    }
