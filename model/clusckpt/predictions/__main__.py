"""Write the committed tables: `python -m clusckpt.predictions`."""

import json
from pathlib import Path
from typing import Any

from clusckpt.predictions.bundled import data_file
from clusckpt.predictions.choices import EVIDENCE_FILE, weighed
from clusckpt.predictions.verdicts import PREDICTIONS_FILE, predicted


def written(table: dict[str, Any]) -> str:
    """The committed form of a table."""
    return json.dumps(table, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for file, table in ((PREDICTIONS_FILE, predicted()), (EVIDENCE_FILE, weighed())):
        Path(str(data_file(file))).write_text(written(table), encoding="utf-8")
