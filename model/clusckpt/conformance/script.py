"""A stand-alone script: a program that anybody can replay against an adapter, without the kit."""

from typing import Final

import msgspec

from clusckpt.conformance.program import Program
from clusckpt.conformance.wanted import wanted
from clusckpt_spec.formats.adapter import ADAPTER_PROTOCOL, Capabilities

_SCRIPT: Final = '''\
"""Replay one program against an adapter of clusckpt-adapter/1 and print what it answers.

Usage: python {name} ADAPTER-COMMAND...
It needs nothing but Python. Made by clusckpt conform; the program breaks {rule}.
"""

import json
import subprocess
import sys
import threading

SECONDS = 60
REQUESTS = json.loads(r"""
{requests}
""")


def main(command):
    if not command:
        sys.exit(__doc__)
    adapter = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    timer = threading.Timer(SECONDS, adapter.kill)
    timer.start()
    try:
        for number, (method, params) in enumerate(REQUESTS, start=1):
            request = {{"jsonrpc": "2.0", "id": number, "method": method, "params": params}}
            print(">", method, json.dumps(params))
            adapter.stdin.write(json.dumps(request) + "\\n")
            adapter.stdin.flush()
            answer = adapter.stdout.readline()
            if not answer:
                sys.exit("the adapter has ended, or gave no answer in %d seconds" % SECONDS)
            print("<", answer.rstrip("\\n"))
    except BrokenPipeError:
        sys.exit("the adapter has ended")
    finally:
        timer.cancel()
        adapter.kill()
        adapter.wait()


main(sys.argv[1:])
'''


def script(program: Program, capabilities: Capabilities, rule: str, name: str) -> str:
    """The text of a script that replays a program.

    Args:
        program: what to replay.
        capabilities: those of the party that it was found with.
        rule: the rule that the program breaks.
        name: the file name of the script, for its usage line.
    """
    asked = msgspec.to_builtins(wanted(program, capabilities.observes))
    hello = {"protocol": ADAPTER_PROTOCOL, "kit": "clusckpt"}
    requests: list[object] = [["initialize", hello]]
    requests.append(["reset", msgspec.to_builtins(program.start)])
    for event in program.events:
        parameters = dict(msgspec.to_builtins(event))
        requests += [[parameters.pop("call"), parameters], ["observe", asked]]
    requests.append(["shutdown", {}])
    lines = ",\n".join(_ascii(one) for one in requests)
    return _SCRIPT.format(name=name, rule=rule, requests=f"[{lines}]")


def _ascii(value: object) -> str:
    """JSON in a raw string: quotes that would end the string are written as escapes."""
    return msgspec.json.encode(value).decode().replace('"""', '"\\u0022"')
