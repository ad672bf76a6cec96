"""The adapter in PowerShell, which nothing here can run, has the structure that it must have."""

import re
from importlib.resources import files
from typing import get_args

from clusckpt_spec.formats.adapter import ADAPTER_PROTOCOL, Observable
from clusckpt_spec.formats.events import AnyEvent, InternalEvent

ADAPTER = files("clusckpt").joinpath("data", "adapters", "windows", "ClusterAdapter.ps1")
SOURCE = ADAPTER.read_text(encoding="utf-8")
TOKEN = re.compile(
    r"""(?P<comment><\#.*?\#>|\#[^\n]*)|(?P<text>'(?:[^']|'')*'|"(?:[^"`]|`.)*")|(?P<other>.)""",
    re.DOTALL,
)
CLOSED_BY = {"(": ")", "[": "]", "{": "}"}


def code_of(source: str) -> str:
    """The source without its comments and without what stands in quotes."""
    return "".join(found["other"] or "" for found in TOKEN.finditer(source))


def unbalanced(source: str) -> str | None:
    """The first bracket that is not closed, or closes another; None if there is none."""
    open_brackets: list[str] = []
    for letter in code_of(source):
        if letter in CLOSED_BY:
            open_brackets.append(letter)
        elif letter in CLOSED_BY.values() and (
            not open_brackets or CLOSED_BY[open_brackets.pop()] != letter
        ):
            return letter
    return open_brackets[-1] if open_brackets else None


def listed(name: str) -> list[str]:
    """The names in a list of the adapter."""
    found = re.search(rf"^\${name} = @\((.*?)\)", SOURCE, re.DOTALL | re.MULTILINE)
    return re.findall(r"'(\w+)'", found[1]) if found else []


def functions() -> set[str]:
    """The functions that it defines."""
    return set(re.findall(r"^function ([\w-]+)", SOURCE, re.MULTILINE))


def test_brackets_are_balanced() -> None:
    """Every bracket outside comments and quotes is closed by its like."""
    assert unbalanced(SOURCE) is None


def test_unbalanced_brackets_are_found() -> None:
    """A bracket too many or too few is found, and one in quotes or comments is not one."""
    assert unbalanced("if ($x) { 'a}' # }\n") == "{"
    assert unbalanced("@(1, 2}") == "}"
    assert unbalanced("<# ( #> \"$a)\" 'it''s ('") is None


def test_every_call_has_a_function() -> None:
    """Each call of its capabilities is a call of a trace and has a function, and no other has."""
    calls = listed("Calls")
    known = {event.__name__ for event in get_args(AnyEvent)}
    internal = {event.__name__ for event in get_args(InternalEvent)}
    helpers = {"Invoke-Call", "Invoke-Method", "Invoke-RegistryWork"}

    assert len(calls) > 10
    assert set(calls) <= known - internal
    assert {f"Invoke-{call}" for call in calls} == {
        name for name in functions() - helpers if name.startswith("Invoke-")
    }


def test_methods_and_observations_are_those_of_the_protocol() -> None:
    """It answers each method of the protocol, and fills only parts that there are."""
    methods = re.findall(
        r"^        '(\w+)' \{", SOURCE[SOURCE.index("function Invoke-Method") :], re.MULTILINE
    )

    assert methods == ["initialize", "reset", "observe", "shutdown"]
    assert listed("Observes")
    assert set(listed("Observes")) <= set(get_args(Observable))
    assert f"protocol = '{ADAPTER_PROTOCOL}'" in SOURCE


def test_every_function_is_used_and_every_used_one_is_there() -> None:
    """No function is dead, and no function of its own is called that it does not define."""
    code = code_of(SOURCE)
    own = {name for name in functions() if not name.startswith("Invoke-")}

    assert [name for name in own if code.count(name) < 2] == []
    assert functions() >= {"Get-Field", "Assert-Allowed", "Get-OwnGroup", "Write-Response"}


def test_the_header_warns() -> None:
    """Whoever opens it reads that its authors have not run it on a cluster."""
    assert "NOT RUN BY THE AUTHORS ON A CLUSTER" in SOURCE[:600]


def test_only_allowed_keys_are_written() -> None:
    """Every call that writes a key goes through the check of the allowed roots."""
    writers = re.findall(
        r"^function (Invoke-Reg\w+)\(\$Parameters\) \{(.*?)\}", SOURCE, re.MULTILINE | re.DOTALL
    )

    assert len(writers) == 6
    assert [name for name, body in writers if "Write-Key" not in body] == []
