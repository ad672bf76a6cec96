"""The commands answer as the design says: text or JSON, and an exit status that means something."""

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from clusckpt.cli.app import app
from clusckpt.cli.prove import exit_status
from clusckpt.cli.rules_table import UNEXPLAINED
from clusckpt.oracle import candidates
from clusckpt_spec.readings import READINGS
from clusckpt_spec.register import RULES

DATA = Path(str(resources.files("clusckpt").joinpath("data")))
CONFORMING = DATA / "incidents" / "rc03-optimizer-edits-lost.jsonl"
BREAKING = DATA / "incidents" / "rc11-login-mode-flips.jsonl"
DISPUTED = DATA / "incidents" / "kb188674-started-outside.jsonl"
INFERRED = DATA / "incidents" / "crash-before-the-timer.jsonl"


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def _process(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run the command as a process, as a user does."""
    command = [sys.executable, "-c", "from clusckpt.cli import main; main()"]
    return subprocess.run(  # noqa: S603 - our own command
        [*command, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120
    )


def test_check_tells_what_conforms() -> None:
    """A trace that the rules explain conforms, with status 0."""
    result = _run("check", CONFORMING)

    assert result.exit_code == 0
    assert result.stdout.startswith("conforms ")


def test_check_tells_what_does_not() -> None:
    """A violation says got, allowed and because, and has status 1 even beside a good trace."""
    result = _run("check", CONFORMING, BREAKING)

    assert result.exit_code == 1
    for part in ("violates CKPT-RESTORE-BEFORE-ONLINE", "got  ", "allowed  ", "because  "):
        assert part in result.stdout


def test_check_tells_which_readings_are_needed() -> None:
    """A trace that some readings about Windows explain has status 0, and says which do."""
    result = _run("check", DISPUTED)

    assert result.exit_code == 0
    assert result.stdout.startswith("allowed only under readings {windows-observed} ")
    assert "consistent with  windows-observed, vcs-regrep\n" in result.stdout
    assert "not with         ms-cmrp: CKPT-RESTORE-BEFORE-ONLINE at line 6\n" in result.stdout


def test_check_takes_traces_together() -> None:
    """Several traces end with the readings that explain them all, one reading with none."""
    together = _run("check", CONFORMING, DISPUTED)
    one = _run("check", CONFORMING, "--reading", "ms-cmrp")

    assert together.exit_code == one.exit_code == 0
    assert together.stdout.endswith(
        "all 2 traces together are consistent with windows-observed, vcs-regrep\n"
    )
    assert one.stdout == f"conforms {CONFORMING} (4 events, ms-cmrp)\n"


def test_check_weighs_the_evidence() -> None:
    """With --evidence a trace says which choices it supports and refutes, with the question."""
    result = _run("check", DISPUTED, "--evidence")

    assert "A25  Does a failed restore keep the resource from coming online?" in result.stdout
    assert "supported  logged-and-survived\n" in result.stdout
    assert "refuted    fatal\n" in result.stdout


@pytest.mark.parametrize(
    ("trace", "said"),
    [
        (INFERRED, "the outcome was inferred and not reported, so this is no evidence:"),
        (CONFORMING, "says nothing about any choice, next to windows-observed"),
    ],
)
def test_check_says_what_is_no_evidence(trace: Path, said: str) -> None:
    """A trace that somebody inferred, or that every choice explains, is not sold as evidence."""
    assert said in _run("check", trace, "--evidence").stdout


def test_check_has_no_evidence_where_nothing_explains() -> None:
    """Next to a reading that does not explain a trace nothing can be said."""
    result = _run("check", BREAKING, "--evidence", "--reading", "mscs-page")

    assert result.exit_code == 1
    assert "no evidence: no reading explains the trace" in result.stdout


def test_check_in_json_under_every_reading() -> None:
    """Without --reading the JSON has the report of each reading, and the evidence if asked for."""
    result = _run("check", "--format", "json", "--evidence", DISPUTED)
    (document,) = json.loads(result.stdout)

    assert document["verdict"] == "allowed only under readings"
    assert document["consistent_with"] == ["windows-observed", "vcs-regrep"]
    assert [report["reading"] for report in document["readings"]] == list(READINGS)
    assert document["evidence"] == {
        "next_to": "windows-observed",
        "outcome": "reported",
        "ambiguities": [
            {
                "ambiguity": "A25",
                "question": "Does a failed restore keep the resource from coming online?",
                "supported": ["logged-and-survived"],
                "refuted": ["fatal"],
            }
        ],
    }


def test_check_can_be_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be followed has status 3, and says what would decide."""
    monkeypatch.setattr(candidates, "LARGEST_SET", 0)
    result = _run("check", DISPUTED)

    assert result.exit_code == 3
    assert result.stdout.startswith("undecided ")
    assert "not with         mscs-page: undecided\n" in result.stdout


def test_check_can_be_unspecified(tmp_path: Path) -> None:
    """What only an open choice explains has status 3, and the place in the documents is told."""
    header, *_ = CONFORMING.read_text(encoding="utf-8").splitlines()
    resource = json.loads(header)["cluster"]["resources"][0]["name"]
    add = {
        "call": "ClusterResourceControl",
        "resource": resource,
        "code": "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT",
        "input": "\\SYSTEM",
        "returned": 0,
    }
    trace = tmp_path / "stripped.jsonl"
    trace.write_text(f"{header}\n{json.dumps(add)}\n", encoding="utf-8")
    result = _run("check", trace)

    assert result.exit_code == 3
    assert result.stdout.startswith("unspecified ")
    assert "  A7  What becomes of a path with a leading backslash?" in result.stdout
    assert _run("check", "--reading", "mscs-page", trace).exit_code == 1


def test_rules_as_a_table() -> None:
    """The table has a line for each rule and a letter for each reason, and nothing unexplained."""
    result = _run("rules", "--table")
    lines = result.stdout.splitlines()

    assert result.exit_code == 0
    assert lines[0].split() == list(READINGS)
    assert [line.split()[0] for line in lines[1 : len(RULES) + 1]] == list(RULES)
    assert "  the reading has no save at offline (A2)" in result.stdout
    assert UNEXPLAINED not in result.stdout


def test_rules_as_a_table_in_json() -> None:
    """The JSON names what the text counts, for one rule if one is asked for."""
    arguments = ("rules", "CKPT-KB-SAVE-AT-OFFLINE", "--table", "--format", "json")
    cells = json.loads(_run(*arguments).stdout)
    by_reading = {cell["reading"]: cell for cell in cells}

    assert list(by_reading) == list(READINGS)
    assert by_reading["kb174070"]["incidents"] == ["rc01-service-root-key"]
    assert by_reading["mscs-page"]["empty"]["properties"] == (
        "the reading has no save at offline (A2)"
    )


def test_check_in_json() -> None:
    """The JSON of a violation has the rule, the line and what was allowed."""
    result = _run("check", "--format", "json", "--reading", "kb174070", BREAKING)
    (report,) = json.loads(result.stdout)

    assert report["verdict"] == "violates"
    assert report["reading"] == "kb174070"
    assert report["violations"][0]["line"] == 3
    assert report["violations"][0]["rule"] == "CKPT-RESTORE-BEFORE-ONLINE"
    assert len(report["violations"][0]["allowed"]) == 1


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    """With --output the answer is in the file and not on standard output."""
    path = tmp_path / "report.json"
    result = _run("check", "--format", "json", "--output", path, CONFORMING)

    assert result.stdout == ""
    assert json.loads(path.read_text(encoding="utf-8"))[0]["verdict"] == "conforms"


def test_rules_lists_every_rule() -> None:
    """The list has every rule, and finds no orphan."""
    result = _run("rules")

    assert result.exit_code == 0
    assert all(rule in result.stdout for rule in RULES)
    assert "orphan" not in result.stdout


def test_rules_shows_one() -> None:
    """One rule comes with sentence, formal clause, model clause, proof, tests and incidents."""
    result = _run("rules", "CKPT-CAPTURE-ONLINE")

    for part in (
        "Whenever anything changes on the checkpointed registry tree",
        "captured_while_online",
        "clusckpt.rules.capture.captured",
        "checkpoints/captured_while_online",
        "test_",
        "RC01",
        "capture: ",
    ):
        assert part in result.stdout


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_be_shown(rule: str) -> None:
    """Every rule can be printed and be had as JSON."""
    assert _run("rules", rule).exit_code == 0
    (document,) = json.loads(_run("rules", rule, "--format", "json").stdout)
    assert document["id"] == rule


def test_prove_one_rule() -> None:
    """The obligations of a rule are printed one a line, with name, rule, result and time."""
    result = _run("prove", "--only", "CKPT-NOT-PASSED-TO-DLL", "--reading", "mscs-page")
    first = result.stdout.splitlines()[0].split()

    assert result.exit_code == 0
    assert first[0] == "holds"
    assert first[3] == "CKPT-NOT-PASSED-TO-DLL"
    assert first[4] == "mscs-page/calls/initial/checkpoint_code_waits_for_no_dll"


def test_prove_in_json() -> None:
    """The JSON of the proofs has every obligation with its result."""
    arguments = ("--only", "CKPT-NOT-PASSED-TO-DLL", "--reading", "mscs-page", "--format", "json")
    verdicts = json.loads(_run("prove", *arguments).stdout)

    assert {verdict["result"] for verdict in verdicts} == {"holds"}
    kinds = {"initial", "step", "theorem", "witness", "needed"}
    assert {verdict["kind"] for verdict in verdicts} == kinds


def test_nothing_proved_is_no_pass() -> None:
    """Where there is nothing to prove, nothing is shown."""
    assert exit_status([]) == 3


def test_demo_shows_all_three() -> None:
    """The demo reviews, checks and proves, and ends well."""
    result = _run("demo")

    assert result.exit_code == 0
    for part in ("clusckpt review", "clusckpt check", "clusckpt prove", "obligations in"):
        assert part in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "missing.jsonl"), "missing.jsonl"),
        (("check", CONFORMING, "--reading", "nonsense"), "allowed: mscs-page"),
        (("prove", "--reading", "nonsense"), "allowed: mscs-page"),
        (("rules", "CKPT-CAPTURE-ONLIN"), "CKPT-CAPTURE-ONLINE"),
        (("prove", "--only", "CKPT-NONE"), "CKPT-NONE"),
        (("review", CONFORMING), "clusckpt check"),
        (("check", CONFORMING, "--output", "/missing/out.txt"), "/missing/out.txt"),
        (("nonsense",), "nonsense"),
    ],
)
def test_bad_input_is_a_message_and_status_2(
    arguments: tuple[str | Path, ...], message: str
) -> None:
    """Unusable input or usage has status 2 and a message that helps, and no traceback."""
    finished = _process(*arguments)

    assert finished.returncode == 2
    assert message in " ".join(finished.stderr.replace("│", " ").split())
    assert "Traceback" not in finished.stderr


def test_version_is_printed() -> None:
    """The version is that of the distribution."""
    assert _process("--version").stdout.startswith("clusckpt 0.")


def test_help_teaches() -> None:
    """The help of every command has an example or says what it does with its input."""
    for command in ("demo", "review", "check", "prove", "rules"):
        result = _run(command, "--help")

        assert result.exit_code == 0
        assert "Usage" in result.stdout
