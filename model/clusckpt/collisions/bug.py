"""The one exception for a fault of our own: the analysis and the reference model disagree."""


class ModelBug(Exception):  # noqa: N818 - says what it is, and that no input is to blame
    """What the collision theorem promises did not come out; the message says what did."""
