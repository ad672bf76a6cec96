"""How Hypothesis runs here: without deadlines, because a loaded machine is not a bug."""

from hypothesis import settings

# The profile that Hypothesis chose is the parent: in CI it is derandomized, and stays so.
settings.register_profile("untimed", parent=settings.default, deadline=None)
settings.load_profile("untimed")
