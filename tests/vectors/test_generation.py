"""The committed files are what is generated, whatever the order in which Python hashes."""

import subprocess
import sys
from dataclasses import replace

import pytest

from clusckpt.vectors.cases import Teller, Told
from clusckpt.vectors.committed import committed, folder
from clusckpt.vectors.files import file_of, rendered
from clusckpt.vectors.script import Subject
from clusckpt.vectors.subjects import SUBJECTS
from clusckpt_spec.formats.vectors import Case

WHOLE = "deletion"
"""The subject whose file is compared byte for byte; `clusckpt vectors --check` compares all."""

SMALL_SCRIPT = (
    "from dataclasses import replace;"
    "from clusckpt.vectors.cases import Teller;"
    "from clusckpt.vectors.files import rendered;"
    "from clusckpt.vectors.subjects.failures import FAILURES as F;"
    "small = replace(F, scripts=F.scripts[::40]);"
    "print(rendered(small, list(Teller(small).cases())).listed.sha256)"
)


def test_a_file_is_generated_byte_for_byte() -> None:
    """A whole file comes out as it is committed."""
    assert file_of(WHOLE).content == folder().joinpath(f"{WHOLE}.json").read_bytes()


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.name)
def test_a_sample_of_every_file_is_generated(subject: Subject) -> None:
    """Scripts of each subject make the cases that are committed."""
    small = replace(subject, scripts=subject.scripts[::25])
    cases = list(Teller(small).cases())
    shipped = {case.id: case for case in committed()[f"{subject.name}.json"].cases}

    assert cases
    assert [summary(one) for one in cases] == [summary(shipped[one.id]) for one in cases]


def summary(case: Told | Case) -> tuple[object, ...]:
    """What a case says besides what follows from its ID."""
    return case.id, case.readings, case.rules, case.ambiguities, case.kills


def test_hashing_makes_no_difference() -> None:
    """Two processes that hash in different ways write the same file."""
    written = {
        subprocess.run(  # noqa: S603 - this very interpreter
            [sys.executable, "-c", SMALL_SCRIPT],
            env={"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(written) == 1


def test_a_file_without_cases_is_none_of_these() -> None:
    """Another content has another hash and is no committed file."""
    empty = rendered(replace(SUBJECTS[0], scripts=()), [])

    assert empty.content != folder().joinpath("capture.json").read_bytes()
    assert empty.listed.cases == 0
