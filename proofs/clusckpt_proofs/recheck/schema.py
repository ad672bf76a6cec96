"""The JSON Schema (draft 2020-12) of a manifest and of a run, generated from their structures.

`python -m clusckpt_proofs.recheck.schema` writes it anew; a test holds the file against this.
"""

import json
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec

from clusckpt_proofs.recheck.records import CERTIFICATES_FORMAT, Manifest, Run

SCHEMA_FILE = Path(__file__).resolve().parent / "certificates-1.schema.json"
"""Where the generated schema is kept, for tools that do not run Python."""


def schema() -> dict[str, Any]:
    """Generate the schema: of a manifest, or of a run beside it.

    >>> schema()["title"]
    'clusckpt-certificates/1'
    """
    references, definitions = msgspec.json.schema_components(
        (Manifest, Run), ref_template="#/$defs/{name}"
    )
    for definition in definitions.values():
        definition["description"] = cleandoc(definition["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://clusckpt.invalid/schemas/certificates-1.json",
        "title": CERTIFICATES_FORMAT,
        "description": "The manifest of a directory of certificates, or one of its runs.",
        "anyOf": list(references),
        "$defs": definitions,
    }


def written() -> str:
    """The text of the schema's file."""
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(written(), encoding="utf-8")
