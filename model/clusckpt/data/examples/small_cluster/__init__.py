"""A small real cluster: a process for each node, a quorum directory, checkpoints by a timer.

It is written from the published rules of checkpoints and knows nothing of the checker: only the
standard library is imported. Start with `rules.py`, which has the rules, one function each.
"""
