"""The transition system: the rules as z3 terms over any number of nodes, resources and keys.

Start by reading `state`, then `actions.registry`, then `invariants.page`.
"""
