"""Benchmarks: commands that print how long something takes. Nothing is asserted about time."""
