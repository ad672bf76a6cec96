"""The reference model as an adapter: `python -m clusckpt.parties`, on standard input and output."""

import argparse
import sys
from collections.abc import Sequence

from clusckpt.parties.model import ModelParty
from clusckpt.parties.serve import serve
from clusckpt_spec.readings import MSCS_PAGE, READINGS


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the model until the kit shuts it down."""
    chosen = _parser().parse_args(arguments)
    party = ModelParty(READINGS[chosen.reading], seed=chosen.seed)
    serve(party, sys.stdin.buffer, sys.stdout.buffer)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m clusckpt.parties",
        description="The reference model behind clusckpt-adapter/1, one JSON-RPC object a line.",
    )
    parser.add_argument(
        "--reading", choices=tuple(READINGS), default=MSCS_PAGE.name, help="what it follows"
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="which of several allowed outcomes it has"
    )
    return parser


if __name__ == "__main__":
    main()
