"""Runs are executed again, and a run that is not what it says is told from one that is."""

from collections.abc import Callable

import msgspec
import pytest
from msgspec.structs import replace

from clusckpt_proofs.needed import needed_obligations
from clusckpt_proofs.recheck.records import Applies, Breaks, Happens, Met, Run, Step, Stuck
from clusckpt_proofs.recheck.showing import execution_fault
from clusckpt_proofs.witnesses import witness_obligations
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.calls import CALLS

NOT_SHOWN = "it does not show what it says"


def _as_read(run: Run | None) -> Run:
    """A run as it is read from a file."""
    return msgspec.json.decode(msgspec.json.encode(run), type=Run)


@pytest.fixture(scope="module")
def runs() -> dict[str, Run]:
    """The runs of all obligations about the calls, by what they are about."""
    every = (*witness_obligations(CALLS, MSCS_PAGE), *needed_obligations(CALLS, MSCS_PAGE))
    return {one.name.split("/", 2)[2]: _as_read(one.discharge().run) for one in every}


def test_every_run_shows_what_it_says(runs: dict[str, Run]) -> None:
    """Nothing is wrong with the runs that the engine recorded."""
    assert {type(run.shows) for run in runs.values()} == {Happens, Met, Applies, Breaks, Stuck}
    assert {name: execution_fault(run) for name, run in runs.items()} == dict.fromkeys(runs)


def _first_state(run: Run) -> Run:
    return replace(run, state=run.state | {"runs": [True, False]})


def _reading(run: Run) -> Run:
    return replace(run, reading="nonsense")


def _step(run: Run) -> Run:
    return replace(run, steps=(Step(action="answer", elements=(0, 0)), *run.steps))


def _action(run: Run) -> Run:
    return replace(run, steps=(Step(action="write", elements=(0,)),))


def _elements(run: Run) -> Run:
    return replace(run, steps=(Step(action="answer", elements=(0, 2)),))


def _missing_table(run: Run) -> Run:
    return replace(run, state={})


def _further_table(run: Run) -> Run:
    return replace(run, rigid={"under": True})


def _short_table(run: Run) -> Run:
    return replace(run, state=run.state | {"runs": [True]})


def _number_for_truth(run: Run) -> Run:
    return replace(run, state=run.state | {"runs": [0, 1]})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_first_state, "the first state is not as it says: 'silent' does not hold"),
        (_reading, "there is no such specification or reading"),
        (_step, "step 1, answer(0, 0), may not happen"),
        (_action, "the specification has no 'write' under this reading"),
        (_elements, "[0, 2] are not elements of ['resource', 'resource']"),
        (_missing_table, "the table of 'checkpoint_code' is missing"),
        (_further_table, "the table of 'under' is not called for"),
        (_short_table, "the table of 'runs' is not of its shape"),
        (_number_for_truth, "the table of 'runs' is not of its shape"),
    ],
)
def test_what_is_no_run_is_told(
    runs: dict[str, Run], change: Callable[[Run], Run], message: str
) -> None:
    """A run with a wrong state, step, element or table is refused, and the fault is named."""
    assert execution_fault(change(runs["witness/pass_on"])) == message


@pytest.mark.parametrize(
    ("name", "shows"),
    [
        ("witness/pass_on", Happens(action="pass_on", step=1)),
        ("witness/pass_on", Happens(action="pass_on", step=99)),
        ("witness/pass_on", Met(invariant="passed_means_issued", elements=(0, 0), step=0)),
        ("witness/pass_on", Met(invariant="passed_means_issued", elements=(0, 0), step=99)),
        ("witness/pass_on", Stuck(action="call_entry_point", elements=(1,))),
        (
            "needed/passed_means_issued/passed",
            Breaks(invariant="one_code_at_a_time", without="issued"),
        ),
        ("needed/passed_means_issued/passed", Breaks(invariant="passed_means_issued")),
        (
            "needed/passed_means_issued/passed",
            Breaks(invariant="passed_means_issued", without="no such premise"),
        ),
    ],
)
def test_what_is_not_shown_is_told(runs: dict[str, Run], name: str, shows: Happens) -> None:
    """A run that can be executed, and shows something else than it says, is no evidence."""
    assert execution_fault(replace(runs[name], shows=shows)) == NOT_SHOWN


def test_a_theorem_of_another_system_is_not_met(runs: dict[str, Run]) -> None:
    """A theorem that the specification does not have cannot be met in a run of it."""
    shows = Applies(theorem="restore_brings_the_copy", step=1)

    assert execution_fault(replace(runs["witness/pass_on"], shows=shows)) == (
        "the specification has no 'restore_brings_the_copy' under this reading"
    )


def test_a_state_that_breaks_a_promise_is_no_start(runs: dict[str, Run]) -> None:
    """A counterexample begins where all that is promised holds."""
    run = runs["needed/checkpoint_code_is_answerable/checkpoint code"]
    passed = [[True, True], [True, True]]

    assert run.start == "promised"
    assert execution_fault(replace(run, state=run.state | {"passed": passed})) == (
        "the first state is not as it says: 'passed_means_issued' does not hold"
    )
