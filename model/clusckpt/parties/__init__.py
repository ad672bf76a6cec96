"""Parties: a live process, a human at a console, the model itself; start with `party`.

`process` speaks `clusckpt-adapter/1` to an adapter, `serve` is the other end of it.
"""
