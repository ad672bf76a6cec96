"""`python -m clusckpt_spec.prose` rewrites `spec/README.md` and `spec/lifecycle.svg`."""

import sys
from pathlib import Path

from clusckpt_spec.prose import document, picture

SPECIFICATION = Path(__file__).resolve().parents[2]
"""The folder of the repository that holds the document and the picture."""


def main() -> int:
    """Write both files; refuse where this is not the repository but an installed package."""
    if not (SPECIFICATION.parent / "pyproject.toml").is_file():
        sys.stderr.write(
            f"{SPECIFICATION} is not the folder spec/ of the repository, so nothing was written; "
            "run this command in a clone of the repository\n"
        )
        return 2
    (SPECIFICATION / "README.md").write_text(document(), encoding="utf-8", newline="\n")
    (SPECIFICATION / "lifecycle.svg").write_text(picture(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
