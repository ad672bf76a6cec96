"""The benchmarks measure what they say; nothing is asserted about time."""

import pytest

from clusckpt_proofs import Kind, Result, Verdict
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.sorts import Scope, enumerated, unbounded
from tests.benchmarks import proofs

SMALL = enumerated(Scope(node=1, resource=1, key=1, data=2))


def test_the_same_obligations_at_every_size() -> None:
    """The obligations that are measured at a finite size are those for any size."""
    anywhere = proofs.sampled(MSCS_PAGE, unbounded(), 5)
    finite = proofs.sampled(MSCS_PAGE, SMALL, 5)

    assert len(anywhere) == 5
    assert [one.name for one in anywhere] == [one.name for one in finite]


def test_what_is_measured_is_proved() -> None:
    """Every measured obligation is counted, and those that the solver refuted are."""
    anywhere = proofs.measured(proofs.sampled(MSCS_PAGE, unbounded(), 2), 20_000)
    finite = proofs.measured(proofs.sampled(MSCS_PAGE, SMALL, 2), 20_000, grounded=True)

    assert anywhere.cells[:2] == finite.cells[:2] == ("2", "2")


def test_out_of_time_is_not_proved() -> None:
    """An obligation for which the solver gets no time is not counted as proved."""
    chosen = [
        one
        for one in proofs.sampled(MSCS_PAGE, unbounded(), 10_000)
        if one.name.endswith("/step/captured_while_online/restore")
    ]

    assert proofs.measured(chosen, 1).cells[:2] == ("1", "0")


@pytest.mark.parametrize(("result", "status"), [(Result.HOLDS, 0), (Result.UNKNOWN, 1)])
def test_both_tables_are_printed(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    result: Result,
    status: int,
) -> None:
    """The command prints the proofs and the finite sizes; status 1 if something is not proved."""
    verdict = Verdict("a/b/step/c/d", Kind.STEP, (), result, 0.5, ())
    monkeypatch.setattr(proofs, "prove", lambda *_, **__: iter([verdict]))
    arguments = ["--reading", "mscs-page", "--size", "1", "--sample", "1", "--jobs", "1"]

    assert proofs.main(arguments) == status
    told = capsys.readouterr().out
    for part in ("a/b/step/c/d", "any number", "1 x 1 x 1"):
        assert part in told
