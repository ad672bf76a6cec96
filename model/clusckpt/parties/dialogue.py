"""Questions to a person: asked until the answer can be used, and kept in a session file.

A session that was interrupted is resumed with the same file: what was answered before is not
asked again. The file holds one JSON object a line, with a question and the answer to it.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

import msgspec

from clusckpt.files.errors import UnusableInput
from clusckpt.files.wording import cut, escaped, quoted

LONGEST_ANSWER: Final = 64 * 1024
MOST_TRIES: Final = 100
_MOST_SESSION_BYTES: Final = 64 * 1024 * 1024

Check = Callable[[str], str | None]
"""Says what is allowed if an answer cannot be used; None if it can."""


class SessionEnded(Exception):
    """The person has gone, or gave no answer that can be used however often it was asked."""


class Answered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a session file."""

    question: str
    answer: str


class Dialogue:
    r"""A person who reads questions on one stream and answers on another.

    Args:
        answers: where the answers come from, one a line.
        questions: where the questions go.
        session: the file that keeps the answers, if they are to be kept.

    Raises:
        UnusableInput: if there is a session file that cannot be read.

    >>> from io import StringIO
    >>> questions = StringIO()
    >>> dialogue = Dialogue(StringIO("seven\n7\n"), questions)
    >>> dialogue.ask("How many?", lambda answer: None if answer.isdigit() else "a number")
    '7'
    >>> questions.getvalue().splitlines()
    ['How many?', '> got "seven"; allowed: a number; next: answer again', '> ']
    """

    def __init__(self, answers: IO[str], questions: IO[str], session: Path | None = None) -> None:
        """Read what was answered before."""
        self._answers = answers
        self._questions = questions
        self._session = session
        self._before = iter(_answered(session))

    def tell(self, text: str) -> None:
        """Show a line."""
        self._questions.write(f"{escaped(text)}\n")
        self._questions.flush()

    def ask(self, question: str, check: Check) -> str:
        """The answer to a question, from the session file if it is there.

        Args:
            question: what to ask; the same in every session.
            check: says what is wrong with an answer.

        Raises:
            SessionEnded: if no answer comes that can be used.
            UnusableInput: if the session file has the answer to another question, one that
                cannot be used, or cannot be written.
        """
        answered = next(self._before, None)
        if answered is not None:
            self._refuse_other(answered, question, check)
            return answered.answer
        self.tell(question)
        answer = self._usable(check)
        self._keep(Answered(question, answer))
        return answer

    def _usable(self, check: Check) -> str:
        for _ in range(MOST_TRIES):
            self._questions.write("> ")
            self._questions.flush()
            line = self._answers.readline(LONGEST_ANSWER + 1)
            if not line:
                message = "the answers have ended"
                raise SessionEnded(message)
            answer = line.strip()
            allowed = check(answer) if len(line) <= LONGEST_ANSWER else "a shorter answer"
            if allowed is None:
                return answer
            self.tell(f"got {quoted(answer)}; allowed: {allowed}; next: answer again")
        message = f"no answer could be used, after {MOST_TRIES} tries"
        raise SessionEnded(message)

    def _refuse_other(self, answered: Answered, question: str, check: Check) -> None:
        if answered.question == question and check(answered.answer) is None:
            return
        came = f"the answer {quoted(answered.answer)} to {quoted(answered.question)}"
        allowed = f"an answer to {quoted(question)}, which is asked now"
        advice = "resume with the program of that session, or name a new session file"
        raise UnusableInput(str(self._session), None, came, allowed, advice)

    def _keep(self, answered: Answered) -> None:
        if self._session is None:
            return
        try:
            with self._session.open("ab") as file:
                file.write(msgspec.json.encode(answered) + b"\n")
        except OSError as error:
            raise _unusable(self._session, error) from error


def _answered(session: Path | None) -> Iterator[Answered]:
    """What a session file holds; nothing if there is no such file yet."""
    if session is None or not session.exists():
        return iter(())
    try:
        with session.open("rb") as file:
            content = file.read(_MOST_SESSION_BYTES)
    except OSError as error:
        raise _unusable(session, error) from error
    return iter([_line(session, at, one) for at, one in enumerate(content.splitlines(), start=1)])


def _line(session: Path, number: int, line: bytes) -> Answered:
    try:
        return msgspec.json.decode(line, type=Answered)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        came = f"a line that is no question with its answer ({cut(str(error))})"
        allowed = 'a line such as {"question": "…", "answer": "…"}'
        advice = "remove the line and those after it, and resume from there"
        raise UnusableInput(str(session), number, came, allowed, advice) from error


def _unusable(session: Path, error: OSError) -> UnusableInput:
    came = f"a session file that cannot be used ({error.strerror or error})"
    allowed = "a file that can be read and written, or a new one in a folder that exists"
    return UnusableInput(str(session), None, came, allowed, "name another session file")
