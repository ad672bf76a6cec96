"""The published schema of certificates is the one that the structures come to."""

import json

import msgspec
import pytest
from jsonschema import Draft202012Validator, ValidationError

from clusckpt_proofs.certificates import encoded
from clusckpt_proofs.recheck.records import File, Manifest, Solver
from clusckpt_proofs.recheck.schema import SCHEMA_FILE, schema, written
from clusckpt_proofs.witnesses import witness_obligations
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.calls import CALLS

MANIFEST = Manifest(
    format="clusckpt-certificates/1",
    generator="a test",
    solver=Solver(name="z3", version="0"),
    readings=("mscs-page",),
    files=(File(path="unsat/0123456789abcdef.smt2", sha256="0" * 64, expected="unsat"),),
    obligations=(),
)


def test_the_schema_is_up_to_date() -> None:
    """The committed schema is what `python -m clusckpt_proofs.recheck.schema` writes."""
    assert SCHEMA_FILE.read_text(encoding="utf-8") == written()


def test_manifests_and_runs_are_valid() -> None:
    """A manifest and a run are valid by the schema, which is a schema itself."""
    Draft202012Validator.check_schema(schema())
    validator = Draft202012Validator(schema())
    run = next(iter(witness_obligations(CALLS, MSCS_PAGE))).discharge().run

    validator.validate(json.loads(encoded(MANIFEST)))
    validator.validate(json.loads(msgspec.json.encode(run)))


def test_a_path_outside_is_not_valid() -> None:
    """A manifest that points outside its directory is not valid by the schema."""
    document = json.loads(encoded(MANIFEST))
    document["files"][0]["path"] = "../outside.smt2"

    with pytest.raises(ValidationError):
        Draft202012Validator(schema()).validate(document)
