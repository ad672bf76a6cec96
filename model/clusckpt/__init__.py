"""The reference model of cluster checkpointing, and what is built on it."""
