"""A whole run of `clusckpt conform --console` with a person who does what the model does."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from clusckpt.cli import main
from clusckpt.parties.console import ConsoleParty
from clusckpt.parties.model import ModelParty
from clusckpt_spec.formats.adapter import Answer, ResetParams
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.readings import MSCS_PAGE
from tests.conformance.faulty_party import with_bug
from tests.conformance.human import Human

BUDGET = ("--reading", "mscs-page", "--budget", "2", "--seed", "1")


@dataclass(frozen=True)
class Sitting:
    """What a command came to: its status, its report, what the person read and typed."""

    status: int
    report: str
    read: str
    answers: int


Sit = Callable[..., Sitting]


@pytest.fixture
def sit(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Sit:
    """Sit a person down at a console, with the session file of this test."""

    def sat(human: Human, *options: str) -> Sitting:
        reset, call = ConsoleParty.reset, ConsoleParty.call

        def sets_up(party: ConsoleParty, start: ResetParams) -> None:
            human.sets_up(start)
            reset(party, start)

        def does(party: ConsoleParty, event: AnyEvent) -> Answer:
            human.does(event)
            return call(party, event)

        command = ["clusckpt", "conform", "--console", str(tmp_path / "session"), *options]
        with monkeypatch.context() as patch:
            patch.setattr(ConsoleParty, "reset", sets_up)
            patch.setattr(ConsoleParty, "call", does)
            patch.setattr(sys, "argv", command)
            patch.setattr(sys, "stdin", human)
            patch.setattr(sys, "stderr", human)
            with pytest.raises(SystemExit) as ended:
                main()
        return Sitting(
            int(ended.value.code or 0), capsys.readouterr().out, human.getvalue(), human.given
        )

    return sat


def test_a_sitting_ends_with_a_verdict(sit: Sit, tmp_path: Path) -> None:
    """Questions appear, nonsense is asked again, every answer is kept, and the verdict is right."""
    human = Human(ModelParty(MSCS_PAGE), slips=2)
    done = sit(human, *BUDGET, "--format", "json")
    document = json.loads(done.report)
    kept = (tmp_path / "session").read_text(encoding="utf-8").splitlines()

    assert done.status == 0
    assert document["verdict"] == "conforms"
    assert document["implementation"]["name"] == "a person at a console"
    assert done.read.startswith("Set up: a cluster with the nodes N1")
    assert done.read.count('> got "hm?"; allowed: "done", when it is so; next: answer again') == 2
    assert "-- and wait until nothing is pending. Which status did it return" in done.read
    assert len(kept) == done.answers - 2


def test_a_sitting_is_resumed(sit: Sit, tmp_path: Path) -> None:
    """A person who goes away is undecided; with the same file only the rest is asked."""
    whole = sit(Human(ModelParty(MSCS_PAGE)), *BUDGET, "--console", str(tmp_path / "other"))
    left = sit(Human(ModelParty(MSCS_PAGE), patience=30), *BUDGET)
    back = sit(Human(ModelParty(MSCS_PAGE)), *BUDGET)
    again = sit(Human(ModelParty(MSCS_PAGE), patience=0), *BUDGET)

    assert (left.status, left.answers) == (3, 30)
    assert "the answers have ended" in left.report
    assert "next: resume with the same session file" in left.report
    assert back.status == 0
    assert back.answers == whole.answers - 30
    assert (again.status, again.answers) == (0, 0)


def test_a_violation_at_a_console(sit: Sit) -> None:
    """A cluster that captures nothing is found out by what a restart brings back."""
    human = Human(with_bug("skip capture"))
    done = sit(human, "--reading", "mscs-page", "--budget", "8")

    assert done.status == 1
    assert "violates CKPT-RESTORE-BEFORE-ONLINE" in done.report
    assert "because  CKPT-RESTORE-BEFORE-ONLINE" in done.report


def test_another_program_is_not_resumed(sit: Sit) -> None:
    """The file of one session is refused for another one: status 2, with what to do next."""
    sit(Human(ModelParty(MSCS_PAGE)), *BUDGET)
    human = Human(ModelParty(MSCS_PAGE))
    done = sit(human, "--reading", "mscs-page", "--budget", "2", "--seed", "7")

    assert done.status == 2
    assert "next: resume with the program of that session, or name a new session file" in done.read
    assert "Traceback" not in done.read
