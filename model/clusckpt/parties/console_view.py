"""What a person is asked to look at, and how the answers become an observation."""

from collections.abc import Callable, Iterable

import msgspec

from clusckpt.files.key_syntax import key_fault
from clusckpt.files.registry_checks import value_fault
from clusckpt.parties.command_lines import literal
from clusckpt.parties.console_checks import anything, one_of
from clusckpt.parties.dialogue import Check
from clusckpt_spec.api.states import GroupState, ResourceState, group_label, state_label
from clusckpt_spec.formats.adapter import NamedValues, ObserveParams
from clusckpt_spec.formats.trace import Observation, ObservedKey, ObservedTree
from clusckpt_spec.formats.values import WrittenValue

Ask = Callable[[str, Check], str]
"""Asks a question and gives the answer, which the check has passed."""

_ABSENT, _UNSEEN = "absent", "unseen"
_VALUE = 'text in double quotes, a number, {"type": …, "hex": …}, or absent'
_RESOURCE_STATES = tuple(map(state_label, ResourceState))
_GROUP_STATES = tuple(map(group_label, GroupState))


def seen_by(ask: Ask, wanted: ObserveParams, nodes: tuple[str, ...]) -> Observation:
    """Ask about each thing that is wanted; what cannot be seen now is left out.

    >>> seen_by(lambda question, check: "Online", ObserveParams(states=("SQL",)), ("N1",)).states
    {'SQL': 'Online'}
    """
    up = {node: _is_up(ask, node) for node in sorted({*wanted.registry, *wanted.containers})}
    return Observation(
        states=_each(ask, wanted.states, "Get-ClusterResource -Name {}: State", _RESOURCE_STATES),
        owners=_each(ask, wanted.owners, "Get-ClusterGroup -Name {}: OwnerNode", nodes),
        groups=_each(ask, wanted.groups, "Get-ClusterGroup -Name {}: State", _GROUP_STATES),
        registry={
            node: _tree(ask, node, keys) for node, keys in wanted.registry.items() if up[node]
        },
        containers={
            node: {text: _keys(ask, node, text) for text in texts}
            for node, texts in wanted.containers.items()
            if up[node]
        },
        checkpoints={
            name: roots for name in wanted.checkpoints if (roots := _roots(ask, name)) is not None
        },
    )


def _each(
    ask: Ask, names: Iterable[str], question: str, allowed: tuple[str, ...]
) -> dict[str, str]:
    """The answer for each name for which there is one."""
    check = one_of((*allowed, _UNSEEN))
    answers = {
        name: ask(f"{question.format(literal(name))}? (or {_UNSEEN})", check) for name in names
    }
    return {name: answer for name, answer in answers.items() if answer != _UNSEEN}


def _is_up(ask: Ask, node: str) -> bool:
    return ask(f"Get-ClusterNode -Name {literal(node)}: is it up?", one_of(("yes", "no"))) == "yes"


def _tree(ask: Ask, node: str, keys: NamedValues) -> ObservedTree:
    return {key: _key(ask, node, key, names) for key, names in keys.items()}


def _key(ask: Ask, node: str, key: str, names: tuple[str, ...]) -> ObservedKey:
    path = literal(f"HKLM\\{key}")
    there = ask(f"on {literal(node)}: reg query {path}: is the key there?", one_of(("yes", "no")))
    if there == "no":
        return None
    questions = {
        name: f"on {literal(node)}: reg query {path}: the value {name or '(Default)'}? {_VALUE}"
        for name in names
    }
    return {name: _value(ask(question, _value_check)) for name, question in questions.items()}


def _value_check(answer: str) -> str | None:
    if answer == _ABSENT:
        return None
    try:
        value = msgspec.json.decode(answer.encode(), type=WrittenValue)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return _VALUE
    fault = value_fault(value)
    return None if fault is None else fault.allowed


def _value(answer: str) -> WrittenValue | None:
    if answer == _ABSENT:
        return None
    value: WrittenValue = msgspec.json.decode(answer.encode(), type=WrittenValue)
    return value


def _keys(ask: Ask, node: str, text: str) -> str | None:
    question = (
        f"on {literal(node)}: which keys are in the machine key container {literal(text)}? "
        f"What you noted them as, or {_ABSENT}"
    )
    answer = ask(question, anything)
    return None if answer == _ABSENT else answer


def _roots(ask: Ask, name: str) -> tuple[str, ...] | None:
    question = (
        f"Get-ClusterCheckpoint -ResourceName {literal(name)} -RegistryCheckpoint: its keys? "
        f'As a list, such as ["Software\\\\Acme"]; [] if there are none (or {_UNSEEN})'
    )
    answer = ask(question, _roots_fault)
    return None if answer == _UNSEEN else _listed(answer)


def _roots_fault(answer: str) -> str | None:
    if answer == _UNSEEN:
        return None
    try:
        roots = _listed(answer)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return f"a list of texts, with each backslash twice, or {_UNSEEN}"
    return next((fault.allowed for root in roots if (fault := key_fault(root))), None)


def _listed(answer: str) -> tuple[str, ...]:
    return msgspec.json.decode(answer.encode(), type=tuple[str, ...])
