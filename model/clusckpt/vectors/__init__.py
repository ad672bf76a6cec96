"""Vectors: sequences of events with everything that may come of them, generated and committed.

Start by reading `script` and `subjects.capture`, then `paths` and `cases`. The one subtle fact:
nothing that is written depends on the order in which the model finds its outcomes.
"""
