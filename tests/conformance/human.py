"""A person at a console who does what the reference model does: reads questions, types answers."""

import io
import json
import re

from clusckpt.parties.model import ModelParty
from clusckpt_spec.formats.adapter import ObserveParams, ResetParams
from clusckpt_spec.formats.events import AnyEvent

NAME = r"'((?:[^']|'')*)'"


class Human:
    """Both streams of a dialogue: what is written is read, and what is read is the answer.

    Args:
        party: what the person sees and does.
        patience: so many answers, then the person goes away.
        slips: how often an answer is nonsense at first.
    """

    def __init__(self, party: ModelParty, *, patience: int = 10**6, slips: int = 0) -> None:
        """Sit down."""
        self._written = io.StringIO()
        self._party, self._patience, self._slips = party, patience, slips
        self._event: AnyEvent | None = None
        self._status = self._question = ""
        self.given = 0

    def sets_up(self, start: ResetParams) -> None:
        """Begin with a cluster as it is asked for."""
        self._party.reset(start)

    def does(self, event: AnyEvent) -> None:
        """Do what is asked for, and note the status."""
        returned = self._party.call(event).returned
        self._status = "none" if returned is None else str(returned)

    def readline(self, _size: int = -1, /) -> str:
        """The answer to the last question; nothing once the person has gone."""
        if self.given >= self._patience:
            return ""
        self.given += 1
        if self._slips:
            self._slips -= 1
            return "hm?\n"
        return f"{self._answer(self._question)}\n"

    def write(self, text: str, /) -> int:
        """Read what is asked; a prompt, or what was wrong with an answer, is no question."""
        if not text.startswith(("> ", "got ")):
            self._question = text
        return self._written.write(text)

    def flush(self) -> None:
        """What is written is read at once."""

    def isatty(self) -> bool:
        """No terminal."""
        return False

    def getvalue(self) -> str:
        """All that was written."""
        return self._written.getvalue()

    def _answer(self, question: str) -> str:
        if question.startswith("Set up: "):
            return "done"
        if "Which status did it return" in question:
            return self._status
        return self._seen(question)

    def _seen(self, question: str) -> str:
        """What the model shows to somebody who looks."""
        names = [one.replace("''", "'") for one in re.findall(NAME, question)]
        look = self._party.observe
        first = names[0]
        if "Get-ClusterNode" in question:
            return (
                "yes" if look(ObserveParams(registry={first: {"Software": ()}})).registry else "no"
            )
        if "Get-ClusterResource" in question:
            return look(ObserveParams(states=(first,))).states.get(first, "unseen")
        if "OwnerNode" in question:
            return look(ObserveParams(owners=(first,))).owners.get(first, "unseen")
        if "Get-ClusterGroup" in question:
            return look(ObserveParams(groups=(first,))).groups.get(first, "unseen")
        if "Get-ClusterCheckpoint" in question:
            roots = look(ObserveParams(checkpoints=(first,))).checkpoints.get(first)
            return "unseen" if roots is None else json.dumps(roots)
        return self._on_a_node(question, *names[:2])

    def _on_a_node(self, question: str, node: str, path: str) -> str:
        if "container" in question:
            keys = self._party.observe(ObserveParams(containers={node: (path,)}))
            return keys.containers[node][path] or "absent"
        key = path.removeprefix("HKLM\\")
        named = re.search(r"the value (.*)\? text in double quotes", question)
        name = named[1] if named else "v"
        seen = self._party.observe(ObserveParams(registry={node: {key: (name,)}}))
        held = seen.registry[node][key]
        if named is None:
            return "no" if held is None else "yes"
        value = None if held is None else held[name]
        return "absent" if value is None else json.dumps(value)
