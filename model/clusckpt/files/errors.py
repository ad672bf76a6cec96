"""The one exception for input that cannot be used; its text is what the user reads."""

from clusckpt.files.wording import escaped


class UnusableInput(Exception):
    """An input that cannot be used, with the place, the reason and the way out.

    Args:
        path: The file, as the user named it.
        line: The line in it, counted from 1; None if the whole file is meant.
        came: What was found.
        allowed: What could have stood there, with the rule if one is broken.
        advice: What to do next.

    >>> print(UnusableInput("a.json", 3, "the number 7", "text", "put it in quotes"))
    a.json:3: got the number 7; allowed: text; next: put it in quotes
    """

    def __init__(self, path: str, line: int | None, came: str, allowed: str, advice: str) -> None:
        """Keep every part, so that a report can use them one by one."""
        super().__init__(path, line, came, allowed, advice)
        self.path = path
        self.line = line
        self.came = came
        self.allowed = allowed
        self.advice = advice

    def __str__(self) -> str:
        """Give the complete message, always on one line."""
        place = escaped(self.path) if self.line is None else f"{escaped(self.path)}:{self.line}"
        return f"{place}: got {self.came}; allowed: {self.allowed}; next: {self.advice}"
