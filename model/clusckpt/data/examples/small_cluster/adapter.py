"""The adapter as a program: `clusckpt conform -- python small_cluster/adapter.py --delay 0.3`.

It puts the folder above on the path, so that it runs from wherever the folder was copied to.
"""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    runpy.run_module("small_cluster.service", run_name="__main__", alter_sys=True)
