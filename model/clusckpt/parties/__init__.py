"""Parties: a live process, a human at a console, the model itself; start with `party`."""
