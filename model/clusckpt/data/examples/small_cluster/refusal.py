"""A request that the cluster refuses, with the status that the caller gets."""


class Refusal(Exception):
    """The request is not carried out; `status` is its answer."""

    def __init__(self, status: int) -> None:
        """Refuse with a status."""
        super().__init__(f"status {status}")
        self.status = status
