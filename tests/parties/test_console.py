"""A person at a console is told what to do, asked again when need be, and can come back later."""

import json
from io import StringIO
from pathlib import Path
from typing import get_args

import pytest

from clusckpt.files.errors import UnusableInput
from clusckpt.parties.command_lines import DOABLE, command_line
from clusckpt.parties.console import ConsoleParty
from clusckpt.parties.dialogue import MOST_TRIES, Dialogue
from clusckpt.parties.party import FaultKind, PartyFault
from clusckpt_spec.formats.adapter import Answer, ObserveParams, ResetParams
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
from clusckpt_spec.formats.events import (
    AnyEvent,
    ClusterResourceControl,
    CryptSetProvParam,
    DllOnline,
    InternalEvent,
    MoveClusterGroup,
    OnlineClusterResource,
    RegCreateKeyEx,
    RegDeleteValue,
    RegOpenKeyEx,
    RegSetKeySecurity,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import Observation
from clusckpt_spec.formats.values import RawValue
from tests.drive import ADD, ADD_CRYPTO, GET

KEY = "Software\\Acme"
START = ResetParams(
    Cluster(CLUSTER_FORMAT, ("N1", "N2"), (Group("G", "N1"),), (Resource("R", "G"),)),
    registry={"N1": {KEY: {"Mode": 1}}},
    containers={"N1": {"1\\\\Box": "old"}},
)
WANTED = ObserveParams(
    states=("R",),
    owners=("G",),
    groups=("G",),
    checkpoints=("R",),
    registry={"N1": {KEY: ("Mode", "Gone"), "Software\\Other": ("x",)}, "N2": {KEY: ()}},
    containers={"N1": ("1\\\\Box", "1\\\\Other")},
)
SETUP = ["done"] * 5
SEEN = [
    "yes",
    "no",
    "Online",
    "N1",
    "Online",
    "yes",
    "2",
    "absent",
    "no",
    "old",
    "absent",
    '["Software\\\\Acme"]',
]


def console(answers: list[str], session: Path | None = None) -> tuple[ConsoleParty, StringIO]:
    """A person who gives these answers, and what the person reads."""
    questions = StringIO()
    given = StringIO("".join(f"{answer}\n" for answer in answers))
    return ConsoleParty(Dialogue(given, questions, session)), questions


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (RegCreateKeyEx("N1", KEY, "32"), r"on 'N1': reg add 'HKLM\Software\Acme' /reg:32 /f"),
        (
            RegSetValueEx("N1", KEY, "Mode", "it's"),
            r"on 'N1': reg add 'HKLM\Software\Acme' /v 'Mode' /t REG_SZ /d 'it''s' /f",
        ),
        (
            RegSetValueEx("N1", KEY, "", 7),
            r"on 'N1': reg add 'HKLM\Software\Acme' /ve /t REG_DWORD /d 7 /f",
        ),
        (
            RegSetValueEx("N1", KEY, "B", RawValue("REG_BINARY", "00ff")),
            r"on 'N1': reg add 'HKLM\Software\Acme' /v 'B' /t REG_BINARY /d 00ff /f",
        ),
        (
            RegSetValueEx("N1", KEY, "Q", RawValue("REG_QWORD", "00ff")),
            r"on 'N1': import a .reg file that gives 'HKLM\Software\Acme' 'Q'=hex(b):00,ff",
        ),
        (
            RegDeleteValue("N1", KEY, "Mode"),
            r"on 'N1': reg delete 'HKLM\Software\Acme' /v 'Mode' /f",
        ),
        (
            RegOpenKeyEx("N1", KEY),
            (
                "on 'N1', in a window that stays open: $handle = [Microsoft.Win32.RegistryKey]::"
                r"OpenBaseKey('LocalMachine', 'Default').OpenSubKey('Software\Acme', $true)"
            ),
        ),
        (
            RegSetKeySecurity("N1", KEY, writable=False),
            r"on 'N1': forbid SYSTEM to write the key 'HKLM\Software\Acme' (Set-Acl)",
        ),
        (
            CryptSetProvParam("N1", "1\\\\Box", writable=True),
            (
                r"on 'N1': allow SYSTEM to write the file of the container '1\\Box' in "
                r"%ProgramData%\Microsoft\Crypto\RSA\MachineKeys (icacls)"
            ),
        ),
        (
            ClusterResourceControl("R", ADD, KEY),
            r"Add-ClusterCheckpoint -ResourceName 'R' -RegistryCheckpoint 'Software\Acme'",
        ),
        (
            ClusterResourceControl("R", ADD_CRYPTO, "1\\P\\Box"),
            (
                "Add-ClusterCheckpoint -ResourceName 'R' -CryptoCheckpointName 'P' "
                "-CryptoCheckpointType 1 -CryptoCheckpointKey 'Box'"
            ),
        ),
        (
            ClusterResourceControl("R", GET, output_size=3),
            (
                "send the control code 'CLUSCTL_RESOURCE_GET_REGISTRY_CHECKPOINTS' to 'R' with a "
                'program of yours: {"call":"ClusterResourceControl","resource":"R",'
                '"code":"CLUSCTL_RESOURCE_GET_REGISTRY_CHECKPOINTS","output_size":3}'
            ),
        ),
        (MoveClusterGroup("G", "N2"), "Move-ClusterGroup -Name 'G' -Node 'N2'"),
        (MoveClusterGroup("G"), "Move-ClusterGroup -Name 'G'"),
        (
            OnlineClusterResource("{resource}\x1b[2J\u2019"),
            "Start-ClusterResource -Name '{resource}\\u001b[2J\u2019\u2019'",
        ),
    ],
)
def test_command_lines(event: AnyEvent, line: str) -> None:
    """Each call is one line that can be typed; names are quoted, and nothing is hidden in them."""
    assert command_line(event) == line


def test_every_call_of_a_person_has_a_line() -> None:
    """A person can make every call but the steps of the cluster service itself."""
    events = {event.__name__ for event in get_args(AnyEvent)}

    assert set(DOABLE) == events - {event.__name__ for event in get_args(InternalEvent)}


def test_answers_become_an_observation() -> None:
    """What the person reads off is what the party has seen; a node that is down is left out."""
    party, questions = console([*SETUP, "0", *SEEN])
    party.reset(START)

    assert party.call(OnlineClusterResource("R")) == Answer(0)
    assert party.observe(WANTED) == Observation(
        states={"R": "Online"},
        owners={"G": "N1"},
        groups={"G": "Online"},
        checkpoints={"R": (KEY,)},
        registry={"N1": {KEY: {"Mode": 2, "Gone": None}, "Software\\Other": None}},
        containers={"N1": {"1\\\\Box": "old", "1\\\\Other": None}},
    )
    assert (
        r"Set up: on N1 the key HKLM\Software\Acme: Mode = 1. Answer done."
        in questions.getvalue().splitlines()[3]
    )


@pytest.mark.parametrize(
    ("answers", "returned", "complaint"),
    [
        (["ok", "0"], 0, 'got "ok"; allowed: a number of 32 bits, none, or one of '),
        (["", "none"], None, 'got ""; allowed: a number of 32 bits, none, or one of '),
        (["4294967296", "0x80090016"], 0x80090016, 'got "4294967296"; allowed: '),
        (["x" * 70000, "NTE_BAD_KEY"], "NTE_BAD_KEY", "; allowed: "),
    ],
)
def test_a_wrong_answer_is_asked_again(
    answers: list[str], returned: int | str | None, complaint: str
) -> None:
    """What cannot be used is shown with what is allowed, and the question comes again."""
    party, questions = console(answers)

    assert party.call(OnlineClusterResource("R")).returned == returned
    assert complaint in questions.getvalue()


@pytest.mark.parametrize(
    ("answers", "detail"),
    [
        ([], "the answers have ended"),
        (["?"] * 2 * MOST_TRIES, "no answer could be used, after 100 tries"),
    ],
)
def test_a_person_who_has_gone(answers: list[str], detail: str) -> None:
    """No usable answer is a fault that says how to go on."""
    party, _ = console(answers)
    with pytest.raises(PartyFault) as caught:
        party.call(OnlineClusterResource("R"))

    assert (caught.value.fault.kind, caught.value.fault.detail) == (FaultKind.REFUSES, detail)
    assert caught.value.fault.advice == (
        "resume with the same session file, and answer as the question says"
    )


def test_steps_of_the_service_are_refused() -> None:
    """Nobody can make the resource DLL run by hand."""
    party, _ = console([])
    with pytest.raises(PartyFault, match="nobody can call it"):
        party.call(DllOnline("R"))


def test_a_session_is_resumed(tmp_path: Path) -> None:
    """What was answered before is not asked again, and the whole gives the same observation."""
    session = tmp_path / "session.jsonl"
    whole, _ = console([*SETUP, "0", *SEEN])
    whole.reset(START)
    whole.call(OnlineClusterResource("R"))
    first, _ = console([*SETUP, "0", *SEEN[:4]], session)
    first.reset(START)
    first.call(OnlineClusterResource("R"))
    with pytest.raises(PartyFault):
        first.observe(WANTED)
    again, questions = console(SEEN[4:], session)
    again.reset(START)
    again.call(OnlineClusterResource("R"))

    assert questions.getvalue() == ""
    assert again.observe(WANTED) == whole.observe(WANTED)
    assert len(session.read_text(encoding="utf-8").splitlines()) == len([*SETUP, "0", *SEEN])


def test_a_session_of_another_program_is_refused(tmp_path: Path) -> None:
    """An answer to another question is not taken, and the message says what to do."""
    session = tmp_path / "session.jsonl"
    first, _ = console(["0"], session)
    first.call(OnlineClusterResource("R"))
    second, _ = console([], session)
    with pytest.raises(UnusableInput) as caught:
        second.call(OnlineClusterResource("S"))

    assert caught.value.came.startswith('the answer "0" to "1. OnlineClusterResource')
    assert caught.value.advice == (
        "resume with the program of that session, or name a new session file"
    )


@pytest.mark.parametrize(
    "content", [b"{", b"\xff", b"[]", b'{"question": 1}', json.dumps({"answer": "0"}).encode()]
)
def test_a_broken_session_is_refused(tmp_path: Path, content: bytes) -> None:
    """A session file with anything else in it is refused with its line."""
    session = tmp_path / "session.jsonl"
    session.write_bytes(b'{"question": "a", "answer": "b"}\n' + content + b"\n")
    with pytest.raises(UnusableInput) as caught:
        console([], session)

    assert caught.value.line == 2
    assert caught.value.advice == "remove the line and those after it, and resume from there"


def test_a_session_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    """A folder is no session file, and neither is a file in a folder that is not there."""
    party, _ = console(["0"], tmp_path / "nowhere" / "session.jsonl")
    with pytest.raises(UnusableInput, match="name another session file"):
        console([], tmp_path)
    with pytest.raises(UnusableInput, match="name another session file"):
        party.call(OnlineClusterResource("R"))
