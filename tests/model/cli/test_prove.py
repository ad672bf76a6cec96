"""`clusckpt prove`: processes, certificates, and obligations explained."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clusckpt.cli.app import app
from clusckpt_proofs import Obligation, engine
from clusckpt_proofs.recheck.workers import WorkerCrashed
from tests.undecided import undecided

NEEDED = "mscs-page/calls/needed/checkpoint_code_is_answerable/checkpoint code"
ONE_RULE = ("--only", "CKPT-NOT-PASSED-TO-DLL", "--reading", "mscs-page")


def _run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["prove", *arguments])
    return result.exit_code, result.stdout, " ".join(result.stderr.replace("│", " ").split())


def _verdicts(*arguments: str) -> list[dict[str, object]]:
    status, out, _ = _run(*arguments, "--format", "json")
    assert status == 0
    told = ("name", "kind", "rules", "result")
    return [{key: one[key] for key in told} for one in json.loads(out)]


def test_jobs_change_nothing() -> None:
    """One process and two print the same verdicts in the same order."""
    alone = _verdicts(*ONE_RULE, "--jobs", "1")

    assert alone
    assert _verdicts(*ONE_RULE, "--jobs", "2") == alone


def test_no_jobs_are_a_usage_error() -> None:
    """With no process nothing can be proved."""
    assert _run(*ONE_RULE, "--jobs", "0")[0] == 2


def test_a_counterexample_is_a_table() -> None:
    """Explained, a premise that is needed comes with its rule, and a table of steps."""
    status, out, _ = _run("--explain", NEEDED)

    assert status == 0
    assert out.splitlines()[0] == f"holds  {NEEDED}"
    for part in ("CKPT-NOT-PASSED-TO-DLL: ", "Without its premise 'checkpoint code'", "1. call_"):
        assert part in out
    assert out.splitlines()[-1] == "breaks checkpoint_code_is_answerable"


def test_a_proof_is_explained_without_a_table() -> None:
    """Explained, a proof says that it holds for any size."""
    status, out, _ = _run("--explain", "mscs-page/calls/initial/passed_means_issued")

    assert status == 0
    assert "Proved for any number of nodes, resources and keys." in out


def test_an_explanation_in_json() -> None:
    """The JSON of an explanation has every step with what it changed."""
    status, out, _ = _run("--explain", NEEDED, "--format", "json")
    told = json.loads(out)

    assert status == 0
    assert told["name"] == NEEDED
    assert [row["what"].split("(")[0] for row in told["rows"]] == [
        "at the start",
        "1. call_entry_point",
    ]


def test_an_unknown_name_is_refused() -> None:
    """A name that no obligation has is a usage error, and the nearest names are listed."""
    status, _, error = _run("--explain", NEEDED.removesuffix("e"))

    assert status == 2
    assert "the nearest are: mscs-page/calls/needed/" in error


def test_certificates_need_all_rules(tmp_path: Path) -> None:
    """Certificates of one rule would not pass the re-check, so they are not written."""
    status, _, error = _run(*ONE_RULE, "--certificates", str(tmp_path / "new"))

    assert status == 2
    assert "certificates are written for all rules" in error
    assert not (tmp_path / "new").exists()


def test_certificates_go_to_an_empty_folder(tmp_path: Path) -> None:
    """A folder with something in it is left as it is."""
    (tmp_path / "something").write_text("", encoding="ascii")
    status, _, error = _run("--reading", "mscs-page", "--certificates", str(tmp_path))

    assert status == 2
    assert "is not empty" in error
    assert [path.name for path in tmp_path.iterdir()] == ["something"]


def test_certificates_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With certificates, the verdicts are printed and the manifest lists them."""
    every = engine.obligations

    def calls_only(*arguments: object) -> list[Obligation]:
        return [one for one in every(*arguments) if "/calls/" in one.name]  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "obligations", calls_only)
    folder = tmp_path / "new"
    options = ("--reading", "mscs-page", "--jobs", "1", "--format", "json")
    status, out, _ = _run(*options, "--certificates", str(folder))
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["obligations"]

    assert status == 0
    assert [one["name"] for one in listed] == [one["name"] for one in json.loads(out)]


def test_what_does_not_hold_gets_no_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If something is unknown, the status says so and there is no manifest to pass."""
    monkeypatch.setattr("clusckpt_proofs.unbounded.TIMEOUT_MILLISECONDS", 1)

    def one_only(*_: object) -> list[Obligation]:
        return [undecided()]

    monkeypatch.setattr(engine, "obligations", one_only)
    folder = tmp_path / "new"
    status, _, _ = _run("--reading", "mscs-page", "--jobs", "1", "--certificates", str(folder))

    assert status == 3
    assert not (folder / "manifest.json").exists()


def test_a_crashed_worker_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """If a process ends before its work, the command says so and ends with status 3."""

    def crashing(*_: object) -> Iterator[tuple[int, list[object]]]:
        raise WorkerCrashed

    monkeypatch.setattr(engine, "in_parallel", crashing)
    status, _, error = _run(*ONE_RULE)

    assert status == 3
    assert "a worker process ended before its work was done" in error
