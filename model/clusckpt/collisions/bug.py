"""The one exception for a fault of our own: the analysis and the reference model disagree."""


class ModelBug(Exception):
    """What the collision theorem promises did not come out; the message says what did."""
