"""JSON in files: whoever reads one finds it whole, even if its writer was killed."""

import json
from pathlib import Path
from typing import Any


def read(path: Path) -> Any:  # noqa: ANN401 - what JSON holds is known to the caller alone
    """What a file holds.

    Raises:
        OSError: it is not there or cannot be read.
        ValueError: it is not JSON.
    """
    return json.loads(path.read_bytes())


def write(path: Path, content: object) -> None:
    """Let a file hold this, in one step."""
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(content), encoding="ascii")
    beside.replace(path)
