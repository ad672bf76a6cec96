"""The command line: `clusckpt`, one module a command.

Exit status: 0 holds, 1 a finding or violation, 2 unusable input or usage, 3 undecided, timed out
or solver unknown.
"""

from clusckpt.cli.app import main

__all__ = ["main"]
