"""The independent re-check of certificates: `python -m clusckpt_proofs.recheck DIRECTORY`.

Nothing here imports the engine that wrote the certificates: only the specification, the two
solvers, and libraries. Start by reading `records`, then `checking`.
"""
