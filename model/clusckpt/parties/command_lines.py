r"""What a person types for a call of a trace: documented cmdlets and tools, or words.

Sources: Microsoft Learn, the module FailoverClusters (Start-ClusterResource and its neighbours,
Test-ClusterResourceFailure, Add-ClusterCheckpoint), `reg.exe`, `icacls`, and .NET for handles.
Nothing is executed here. Names stand in single quotes, so PowerShell takes them literally.
"""

from typing import Any, Final

import msgspec

from clusckpt.containers import InvalidContainer, parse_container
from clusckpt.files.wording import escaped
from clusckpt_spec.api.control_codes import UnknownControlCode, control_code
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent, ClusterResourceControl, RegSetValueEx
from clusckpt_spec.formats.values import RawValue, RegistryType

_OPEN = (
    "[Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', '{base}').OpenSubKey({key}, $true)"
)
_STEPS: Final[dict[type[events.Event], str]] = {
    events.RegCreateKeyEx: "on {node}: reg add {path}{view} /f",
    events.RegDeleteValue: "on {node}: reg delete {path}{view} {value_name} /f",
    events.RegDeleteTree: "on {node}: reg delete {path}{view} /f",
    events.RegOpenKeyEx: f"on {{node}}, in a window that stays open: $handle = {_OPEN}",
    events.RegCloseKey: "on {node}, in the window in which {key} was opened: $handle.Close()",
    events.RegSetKeySecurity: "on {node}: {permit} SYSTEM to write the key {path}{view} (Set-Acl)",
    events.CryptSetProvParam: (
        "on {node}: {permit} SYSTEM to write the file of the container {container} in "
        r"%ProgramData%\Microsoft\Crypto\RSA\MachineKeys (icacls)"
    ),
    events.CryptGenKey: (
        "on {node}: make new machine keys (exportable: {exportable}) in the container {container} "
        "(CryptGenKey, or CspParameters with UseMachineKeyStore), and note them as {keys}"
    ),
    events.CreateClusterResource: (
        "Add-ClusterResource -Name {resource} -Group {group} -ResourceType 'Generic Application'"
    ),
    events.OnlineClusterResource: "Start-ClusterResource -Name {resource}",
    events.OfflineClusterResource: "Stop-ClusterResource -Name {resource}",
    events.FailClusterResource: "Test-ClusterResourceFailure -Name {resource} -Force",
    events.DeleteClusterResource: "Remove-ClusterResource -Name {resource} -Force",
    events.MoveClusterGroup: "Move-ClusterGroup -Name {group}{to_node}",
    events.NodeCrash: "stop {node} at once, without a shutdown: cut its power",
    events.NodeJoin: "start {node} if it is off; then Start-ClusterNode -Name {node}",
    events.BackupClusterDatabase: "call BackupClusterDatabase with the path {path_name}",
    events.RestoreClusterDatabase: (
        "on {node}: call RestoreClusterDatabase with the path {path_name} (bForce: {force})"
    ),
    events.QuorumChange: "have the quorum resource {quorum} (online; full disk; or lost)",
    events.LoseStoredCopy: (
        "delete the file of the checkpoint {checkpoint} from the folder of {resource} on the quorum"
    ),
    events.RecreateCheckpoints: "have the recovery tool make the checkpoints of {resource} anew",
    events.CaptureDelayPasses: "change nothing for one minute",
}
"""What to do for each event; steps of the cluster service itself are nothing to do."""

_CODES: Final = {
    "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT": (
        "Add-ClusterCheckpoint -ResourceName {resource} -RegistryCheckpoint {input}"
    ),
    "CLUSCTL_RESOURCE_DELETE_REGISTRY_CHECKPOINT": (
        "Remove-ClusterCheckpoint -ResourceName {resource} -RegistryCheckpoint {input}"
    ),
    "CLUSCTL_RESOURCE_GET_REGISTRY_CHECKPOINTS": (
        "Get-ClusterCheckpoint -ResourceName {resource} -RegistryCheckpoint"
    ),
    "CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT": (
        "Add-ClusterCheckpoint -ResourceName {resource} {crypto}"
    ),
    "CLUSCTL_RESOURCE_DELETE_CRYPTO_CHECKPOINT": (
        "Remove-ClusterCheckpoint -ResourceName {resource} {crypto}"
    ),
    "CLUSCTL_RESOURCE_GET_CRYPTO_CHECKPOINTS": (
        "Get-ClusterCheckpoint -ResourceName {resource} -CryptoCheckpoint"
    ),
}
_SEND = "send the control code {code} to {resource} with a program of yours: {buffers}"
_BEYOND_CMDLETS = ("input_bytes", "output_size", "host_node", "caller")
DOABLE: Final = (*(one.__name__ for one in _STEPS), "RegSetValueEx", "ClusterResourceControl")
"""The calls that a person can make."""


def command_line(event: AnyEvent) -> str:
    """What to do for an event that a person can make happen, on one line.

    Raises:
        KeyError: for a step of the cluster service itself.

    >>> command_line(events.OnlineClusterResource("Bob's"))
    "Start-ClusterResource -Name 'Bob''s'"
    """
    if isinstance(event, RegSetValueEx):
        template = _setting(event)
    elif isinstance(event, ClusterResourceControl):
        template = _sending(event)
    else:
        template = _STEPS[type(event)]
    return escaped(template.format_map(_fields(event)))


def literal(text: str) -> str:
    """A text in single quotes, as PowerShell takes it literally.

    >>> literal("Bob's")
    "'Bob''s'"
    """
    doubled = str.maketrans({quote: quote * 2 for quote in "'\u2018\u2019\u201a\u201b"})
    return f"'{text.translate(doubled)}'"


def _fields(event: AnyEvent) -> dict[str, str]:
    """The fields of an event as they stand in the steps, and what follows from them."""
    given: dict[str, Any] = {
        name: value
        for name in event.__struct_fields__
        if (value := getattr(event, name)) is not None
    }
    view, node = given.get("view", "native"), given.get("node")
    texts = {name: literal(str(value)) for name, value in given.items()}
    return texts | {
        "path": literal(f"HKLM\\{given.get('key', '')}"),
        "path_name": texts.get("path", ""),
        "view": "" if view == "native" else f" /reg:{view}",
        "base": "Default" if view == "native" else f"Registry{view}",
        "value_name": f"/v {texts['name']}" if given.get("name") else "/ve",
        "permit": "allow" if given.get("writable") else "forbid",
        "to_node": "" if node is None else f" -Node {texts['node']}",
        "crypto": _crypto(str(given.get("input", ""))),
        "input": texts.get("input", "''"),
    }


def _setting(event: RegSetValueEx) -> str:
    """The step that sets a value; a type that reg.exe cannot write byte by byte is imported."""
    start = "on {node}: reg add {path}{view} {value_name}"
    if isinstance(event.value, str):
        return f"{start} /t REG_SZ /d {{value}} /f"
    if isinstance(event.value, int):
        return f"{start} /t REG_DWORD /d {event.value} /f"
    if event.value.type == RegistryType.REG_BINARY.name:
        return f"{start} /t REG_BINARY /d {event.value.hex or repr('')} /f"
    shown = _imported(event.value)
    return f"on {{node}}: import a .reg file that gives {{path}}{{view}} {{name}}={shown}"


def _imported(value: RawValue) -> str:
    """A value as a .reg file writes it: its type number and its bytes."""
    pairs = [value.hex[at : at + 2] for at in range(0, len(value.hex), 2)]
    return f"hex({RegistryType[value.type].value:x}):{','.join(pairs)}"


def _sending(event: ClusterResourceControl) -> str:
    """The cmdlet that sends a control code; a program, if the event says more than a cmdlet can."""
    try:
        name = control_code(event.code).published_name
    except UnknownControlCode:
        name = ""
    said = {one: getattr(event, one) for one in _BEYOND_CMDLETS}
    plain = not any(value is not None for value in said.values()) and not event.output_null
    if plain and name in _CODES:
        return _CODES[name]
    buffers = msgspec.json.encode(event).decode()
    return _SEND.replace("{buffers}", buffers.replace("{", "{{").replace("}", "}}"))


def _crypto(given: str) -> str:
    r"""The parameters that name a crypto checkpoint `Type\Name\Key`."""
    try:
        name = parse_container(given)
    except InvalidContainer:
        return f"-CryptoCheckpoint {literal(given)}"
    return (
        f"-CryptoCheckpointName {literal(name.provider)} "
        f"-CryptoCheckpointType {name.type} -CryptoCheckpointKey {literal(name.key)}"
    )
