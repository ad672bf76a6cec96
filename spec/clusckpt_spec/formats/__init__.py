"""The formats that the project reads and writes; each has a JSON Schema in `schemas/`."""
