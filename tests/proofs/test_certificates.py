"""Certificates are written once for each text, and only for what can be checked again."""

from pathlib import Path

import pytest

from clusckpt_proofs import Kind, Obligation, Result, engine
from clusckpt_proofs.certificates import NoEvidence, certify
from clusckpt_proofs.obligation import Answer
from clusckpt_proofs.recheck.directory import load
from clusckpt_spec.readings import KB174070, MSCS_PAGE
from clusckpt_spec.register import RuleID


def test_readings_share_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What two readings have in common is written once, and both obligations name the file."""
    every = engine.obligations

    def calls_only(*arguments: object) -> list[Obligation]:
        return [one for one in every(*arguments) if "/calls/" in one.name]  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "obligations", calls_only)
    verdicts = list(certify(tmp_path / "new", [MSCS_PAGE, KB174070]))
    manifest = load(tmp_path / "new")
    files = {one.name: one.files for one in manifest.obligations}
    first, second = (
        f"{reading.name}/calls/step/passed_means_issued/answer" for reading in (MSCS_PAGE, KB174070)
    )

    assert [one.name for one in manifest.obligations] == [one.name for one in verdicts]
    assert files[first] == files[second]
    assert files[first] != files[first.replace("/answer", "/pass_on")]


def test_what_gives_no_evidence_is_not_certified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An obligation that holds and gives nothing to check again is an error, and no pass."""
    silent = Obligation(
        "mscs-page/calls/witness/silent",
        Kind.WITNESS,
        (RuleID.NOT_PASSED_TO_DLL,),
        lambda: Answer(Result.HOLDS),
    )
    monkeypatch.setattr(engine, "obligations", lambda *_: [silent])

    with pytest.raises(
        NoEvidence, match="witness/silent holds, but gives no refutation and no run"
    ):
        list(certify(tmp_path / "new", [MSCS_PAGE]))
    assert not (tmp_path / "new" / "manifest.json").exists()
