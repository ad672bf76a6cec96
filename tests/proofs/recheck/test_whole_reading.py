"""The certificates of a whole reading, checked again by both solvers; and what is not as it says.

Everything is written once. What is planted is planted in a copy, or in the manifest alone.
"""

import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from clusckpt_proofs import Result
from clusckpt_proofs.certificates import certify, encoded
from clusckpt_proofs.recheck import coverage
from clusckpt_proofs.recheck.__main__ import main
from clusckpt_proofs.recheck.checking import checked
from clusckpt_proofs.recheck.directory import file_faults, load
from clusckpt_proofs.recheck.findings import Finding, Status, overall
from clusckpt_proofs.recheck.records import MANIFEST, Certificate, Manifest
from clusckpt_spec.readings import LIVE_PAIR

PLENTY = 20_000

FEW = 40
"""One file in so many is asked about here."""

CALLS_NEEDED = "live-pair/calls/needed/"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificates of one reading."""
    directory = tmp_path_factory.mktemp("certificates")
    verdicts = list(certify(directory, [LIVE_PAIR], jobs=2))
    assert {one.result for one in verdicts} == {Result.HOLDS}
    return directory


@pytest.fixture
def copy(written: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(written, tmp_path / "copy"))


def _first(manifest: Manifest, kind: str) -> Certificate:
    return next(entry for entry in manifest.obligations if entry.kind == kind)


def _asked(directory: Path, manifest: Manifest, path: str, limit: int = PLENTY) -> list[Finding]:
    """What both solvers, or the execution, find about one file."""
    every = coverage.tasks(directory, manifest, limit)
    return checked([task for some in every for task in some if task.file.path == path])


def _replaced(directory: Path, path: str, change: Callable[[str], str]) -> Manifest:
    """The manifest after a file was changed, as a careful forger writes it: hash and all."""
    content = change((directory / path).read_text(encoding="ascii")).encode()
    (directory / path).write_bytes(content)
    manifest = load(directory)
    files = tuple(
        msgspec.structs.replace(file, sha256=sha256(content).hexdigest())
        if file.path == path
        else file
        for file in manifest.files
    )
    return msgspec.structs.replace(manifest, files=files)


def test_files_of_every_kind_agree(written: Path) -> None:
    """Both solvers and the executed runs say what is expected; `.ci/recheck` asks of every file."""
    manifest = load(written)
    chosen = set(manifest.files[::FEW])
    every = coverage.tasks(written, manifest, PLENTY)

    assert {file.expected for file in chosen} == {"unsat", "sat", "executes"}
    assert checked([task for some in every for task in some if task.file in chosen]) == []
    assert list(coverage.obligation_faults(manifest)) == list(file_faults(written, manifest)) == []


def test_no_text_is_written_twice(written: Path) -> None:
    """Every file of the directory has another content, and some obligation needs it."""
    manifest = load(written)
    contents = {(written / file.path).read_bytes() for file in manifest.files}
    needed = {path for entry in manifest.obligations for path in entry.files}

    assert len(contents) == len(manifest.files)
    assert needed == {file.path for file in manifest.files}


def test_a_missing_file_is_found(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that the manifest lists and that is not there is a disagreement."""
    path = load(copy).files[0].path
    (copy / path).unlink()
    faults = list(file_faults(copy, load(copy)))

    assert [str(one) for one in faults] == [
        f"{path}: the file is missing, too large, or not a plain file"
    ]
    assert overall(faults) is Status.DISAGREES
    assert capsys.readouterr().out == ""


def test_a_further_file_is_found(copy: Path) -> None:
    """A file that the manifest does not list is a disagreement, wherever it lies."""
    (copy / "unsat" / "more.smt2").write_text("(check-sat)\n", encoding="ascii")

    assert [str(one) for one in file_faults(copy, load(copy))] == [
        "unsat/more.smt2: the file is there, and the manifest does not list it"
    ]


def test_an_altered_file_is_found(copy: Path) -> None:
    """A file that is not the one of the manifest is a disagreement."""
    path = _first(load(copy), "step").files[0]
    (copy / path).write_bytes((copy / path).read_bytes() + b"\n")

    assert [str(one) for one in file_faults(copy, load(copy))] == [
        f"{path}: the file is not the one that the manifest lists (SHA-256)"
    ]


def test_a_link_is_not_followed(copy: Path, tmp_path: Path) -> None:
    """A file that is a link is not read, even if what it leads to is the file of the manifest."""
    path = _first(load(copy), "step").files[0]
    (copy / path).rename(tmp_path / "elsewhere")
    (copy / path).symlink_to(tmp_path / "elsewhere")

    assert [str(one) for one in file_faults(copy, load(copy))] == [
        f"{path}: the file is missing, too large, or not a plain file"
    ]


def test_a_proof_of_something_else_is_found(copy: Path) -> None:
    """Terms that cannot hold together, but are not those of the obligation, prove nothing."""
    entry = _first(load(copy), "step")
    path = entry.files[0]
    manifest = _replaced(
        copy, path, lambda text: text.replace("(check-sat)", "(assert false)\n(check-sat)")
    )

    assert [str(one) for one in _asked(copy, manifest, path)] == [
        f"{entry.name}: {path} does not state its terms"
    ]


def test_a_wrong_expectation_is_found(copy: Path) -> None:
    """Terms that can hold together are no refutation: both solvers say so."""
    entry = _first(load(copy), "step")
    path = entry.files[0]
    manifest = _replaced(
        copy,
        path,
        lambda text: "".join(
            line for line in text.splitlines(keepends=True) if not line.startswith("(assert (not ")
        ),
    )
    found = _asked(copy, manifest, path, 3_000)

    assert {one.subject for one in found} <= {path, entry.name}
    assert overall(found) is not Status.AGREES


def test_a_wrong_verdict_in_the_manifest_is_found(written: Path) -> None:
    """Where the manifest expects `sat` of a proof, both solvers disagree."""
    manifest = load(written)
    entry = _first(manifest, "initial")
    path = entry.files[0]
    files = tuple(
        msgspec.structs.replace(file, expected="sat") if file.path == path else file
        for file in manifest.files
    )
    found = _asked(written, msgspec.structs.replace(manifest, files=files), path)

    assert [str(one) for one in found] == [
        f"{path}: z3 answers unsat, and sat is expected, about {entry.name}",
        f"{path}: cvc5 answers unsat, and sat is expected, about {entry.name}",
    ]


def test_no_time_is_unknown(written: Path) -> None:
    """Solvers that get no time do not agree, and that has a status of its own."""
    manifest = load(written)
    texts = (file.path for file in manifest.files if file.expected == "unsat")
    slow = max(texts, key=lambda path: (written / path).stat().st_size)
    found = _asked(written, manifest, slow, 1)

    assert {one.message.split(" answers ")[0] for one in found} == {"z3", "cvc5"}
    assert overall(found) is Status.UNKNOWN


def test_a_command_that_writes_is_refused(copy: Path) -> None:
    """A file with a command that would make a solver write files is not given to one."""
    path = _first(load(copy), "step").files[0]
    outside = copy.parent / "outside"
    command = f'(set-option :diagnostic-output-channel "{outside}")\n'
    manifest = _replaced(copy, path, lambda text: command + text)

    assert [one.message for one in _asked(copy, manifest, path)] == [
        "line 1 is not a declaration, an assertion or the question at the end"
    ]
    assert not outside.exists()


def test_a_run_that_may_not_happen_is_found(copy: Path) -> None:
    """A run with a step that the clauses do not allow is no evidence."""
    path = _first(load(copy), "witness").files[0]
    wrong = '"steps":[{"action":"begin_offline","elements":[0]},'
    manifest = _replaced(copy, path, lambda text: text.replace('"steps":[', wrong))

    assert [one.message for one in _asked(copy, manifest, path)] == [
        "step 1, begin_offline(0,), may not happen"
    ]


def test_a_run_of_something_else_is_found(written: Path) -> None:
    """A run that shows one action is no evidence that another one can happen."""
    manifest = load(written)
    first, second = [one for one in manifest.obligations if one.kind == "witness"][:2]
    swapped = msgspec.structs.replace(first, files=second.files)
    others = tuple(swapped if one is first else one for one in manifest.obligations)
    found = _asked(written, msgspec.structs.replace(manifest, obligations=others), second.files[0])

    assert [one.subject for one in found] == [first.name]


def test_a_counterexample_of_other_terms_is_found(written: Path) -> None:
    """A run that is no example of the satisfiable terms beside it is found."""
    manifest = load(written)
    calls, *_ = (one for one in manifest.obligations if one.name.startswith(CALLS_NEEDED))
    *_, last = (one for one in manifest.obligations if one.name.startswith(CALLS_NEEDED))
    (terms,) = (path for path in last.files if path.startswith("sat/"))
    (run,) = (path for path in calls.files if path.startswith("runs/"))
    crossed = msgspec.structs.replace(calls, files=(terms, run))
    others = tuple(crossed if one is calls else one for one in manifest.obligations)
    found = _asked(written, msgspec.structs.replace(manifest, obligations=others), terms)

    assert [str(one) for one in found] == [f"{run}: the run is no example of the terms in {terms}"]


def _manifest_faults(manifest: Manifest) -> Iterator[str]:
    yield from (str(one) for one in coverage.obligation_faults(manifest))
    yield from (str(one) for one in coverage.rule_faults(manifest))


def test_nothing_is_wrong_with_the_manifest(written: Path) -> None:
    """The manifest lists what the specification calls for, and cites rules of the register."""
    assert list(_manifest_faults(load(written))) == []


def test_an_obligation_that_is_left_out_is_found(written: Path) -> None:
    """What the specification calls for, and the manifest does not list, is a disagreement."""
    manifest = load(written)
    left_out = _first(manifest, "step")
    fewer = tuple(one for one in manifest.obligations if one is not left_out)

    assert list(_manifest_faults(msgspec.structs.replace(manifest, obligations=fewer))) == [
        f"{left_out.name}: the specification calls for it, and no certificate shows it"
    ]


def test_an_unknown_rule_is_found(written: Path) -> None:
    """A rule that the register does not have is a disagreement."""
    manifest = load(written)
    last = manifest.obligations[-1]
    citing = msgspec.structs.replace(last, rules=("CKPT-NONE",))
    others = (*manifest.obligations[:-1], citing)

    assert list(_manifest_faults(msgspec.structs.replace(manifest, obligations=others))) == [
        f"{last.name}: its rules are not those that the specification cites",
        "CKPT-NONE: the register has no such rule",
    ]


def test_a_rule_without_certificate_is_found(written: Path) -> None:
    """A rule of the register that nothing certifies, and that is not pending, is a disagreement."""
    manifest = load(written)
    rule = "CKPT-DELETE-STATES"
    others = tuple(one for one in manifest.obligations if rule not in one.rules)
    found = list(_manifest_faults(msgspec.structs.replace(manifest, obligations=others)))

    assert f"{rule}: the rule has no certificate, and is not listed as pending" in found


def test_evidence_of_another_kind_is_found(written: Path) -> None:
    """A run is no proof for any size."""
    manifest = load(written)
    proof, witness = _first(manifest, "step"), _first(manifest, "witness")
    weaker = msgspec.structs.replace(proof, files=witness.files)
    others = tuple(weaker if one is proof else one for one in manifest.obligations)

    assert list(_manifest_faults(msgspec.structs.replace(manifest, obligations=others))) == [
        f"{proof.name}: its files are not the evidence that its kind needs"
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "clusckpt-certificates/9"}, "is not in clusckpt-certificates/1"),
        ({"readings": ["nonsense"]}, "known: mscs-page"),
        ({"surplus": 1}, "surplus"),
        (
            {"files": [{"path": "../outside.smt2", "sha256": "0" * 64, "expected": "unsat"}]},
            "is not in clusckpt-certificates/1",
        ),
    ],
)
def test_an_unusable_manifest_has_status_2(
    written: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, object],
    message: str,
) -> None:
    """A manifest of another format, about unknown readings, or with a path outside is not used."""
    document = msgspec.json.decode(encoded(load(written))) | change
    (tmp_path / MANIFEST).write_bytes(msgspec.json.encode(document))

    assert main([str(tmp_path)]) == 2
    assert message in capsys.readouterr().err


def test_no_manifest_has_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no manifest there is nothing to check."""
    assert main([str(tmp_path / "missing")]) == 2
    assert "`clusckpt prove --certificates` writes it" in capsys.readouterr().err


def test_without_cvc5_it_says_what_to_install(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One solver is not two: without cvc5 nothing is checked."""
    monkeypatch.setattr("clusckpt_proofs.recheck.__main__.find_spec", lambda _: None)

    assert main([str(written)]) == 2
    assert "pip install 'clusckpt[proofs]'" in capsys.readouterr().err


def test_a_disagreement_has_status_1(tmp_path: Path, written: Path) -> None:
    """A manifest from which all files are gone has status 1."""
    (tmp_path / MANIFEST).write_bytes((written / MANIFEST).read_bytes())

    assert main([str(tmp_path), "--jobs", "1"]) == 1
