"""A reading file is a shipped reading with differences, or is refused with the first fault."""

import json
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from clusckpt.files.errors import UnusableInput
from clusckpt.files.reading_file import load_reading, parse_reading
from clusckpt.files.sources import FileLine
from clusckpt_spec.ambiguities import AMBIGUITIES, Ambiguity, AmbiguityID
from clusckpt_spec.formats.schemas import committed_schema
from clusckpt_spec.readings import MSCS, MSCS_PAGE, READINGS, VCS_REGREP, Product

EXAMPLE = Path(str(resources.files("clusckpt").joinpath("data", "readings", "example.toml")))
VALIDATOR = Draft202012Validator(committed_schema("reading-1.schema.json"))
TEXT = """format = "clusckpt-reading/1"
name = "ours"
summary = "What our logs show."
base = "vcs-regrep"
[choices]
A1 = "optional"
[reasons]
A1 = "Seen in our log."
restore-same-node = "RestoreLocally is 0 in our main.cf."
exclude-keys = "ExcludeKeys in our main.cf."
[product]
restore-same-node = false
exclude-keys = ['Software\\Acme\\Cache']
"""


def message_of(tmp_path: Path, raw: str | bytes) -> str:
    """The message for a file that is refused, with the file called FILE."""
    path = tmp_path / "a.toml"
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    with pytest.raises(UnusableInput) as refused:
        load_reading(path)
    return str(refused.value).replace(str(path), "FILE", 1)


def plain(**changed: object) -> dict[str, Any]:
    """The plain document of the text above, with some fields changed."""
    return tomllib.loads(TEXT) | changed


def reads(content: object) -> bool:
    """Whether the reader takes a plain document."""
    try:
        parse_reading(content, FileLine("FILE"))
    except UnusableInput:
        return False
    return True


def test_difference_is_applied(tmp_path: Path) -> None:
    """The reading is its base with the choices, reasons and product of the file."""
    path = tmp_path / "ours.toml"
    path.write_text(TEXT, encoding="utf-8")
    reading = load_reading(path)

    assert (reading.name, reading.summary) == ("ours", "What our logs show.")
    assert reading.choices == {**VCS_REGREP.choices, AmbiguityID.A1: "optional"}
    assert reading.reasons[AmbiguityID.A1] == "Seen in our log."
    assert reading.reasons[AmbiguityID.A6] == VCS_REGREP.reasons[AmbiguityID.A6]
    assert reading.product == Product(
        restore_same_node=False, exclude_keys=(r"Software\Acme\Cache",), most_checkpoints=63
    )


def test_nothing_different(tmp_path: Path) -> None:
    """A file may take every choice of its base."""
    path = tmp_path / "ours.toml"
    path.write_text('format="clusckpt-reading/1"\nname="o"\nsummary="S."\nbase="mscs-page"\n')
    reading = load_reading(path)

    assert reading.choices == MSCS_PAGE.choices
    assert reading.product == MSCS


def test_example_is_a_reading() -> None:
    """The example that ships is valid for the schema and is read, with what it shows in it."""
    text = EXAMPLE.read_text(encoding="utf-8")
    shown = text.partition("#   [product]\n")[2]
    product = tomllib.loads("\n".join(line[4:] for line in shown.splitlines()))
    content = tomllib.loads(text)
    with_product = content | {
        "product": product,
        "reasons": content["reasons"] | dict.fromkeys(product, "Shown."),
    }

    assert load_reading(EXAMPLE)[AmbiguityID.A1] == "eventual"
    assert len(product) == 6
    for document in (content, with_product):
        VALIDATOR.validate(document)
        assert reads(document)


def read_or_refused(path: Path) -> bool:
    """Whether a file is read as a whole reading, or refused with a message on one line."""
    try:
        reading = load_reading(path)
    except UnusableInput as error:
        return str(error).isprintable()
    return set(reading.choices) == set(AmbiguityID)


@pytest.mark.parametrize("ambiguity", AMBIGUITIES.values(), ids=lambda one: one.id)
def test_every_choice_can_be_made(ambiguity: Ambiguity) -> None:
    """Schema and reader know every choice of every ambiguity; only contradictions are refused."""
    for choice in ambiguity.choices:
        name = ambiguity.id.value
        document = plain(
            base="windows-observed",
            choices={name: choice.name},
            reasons={name: "Why not."},
            product={},
        )
        contradiction = (name, choice.name) in {
            ("A1", "immediate"),
            ("A4", "at-first-online"),
            ("A4", "on-change-only"),
        }

        assert VALIDATOR.is_valid(document)
        assert reads(document) != contradiction


SHIPPED = ", ".join(f'"{name}"' for name in READINGS)
SEE = "see clusckpt_spec/schemas/README.md for the format"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'A1 = "optional"',
            'A1 = "eventualy"',
            (
                'FILE:6: got the unknown choice "eventualy" for A1 (Must a change made while '
                "online be captured, and how soon?) at choices.A1; "
                'allowed: "immediate", "eventual", "optional"; '
                'next: write "eventual" if you meant that'
            ),
        ),
        (
            'A1 = "optional"',
            'A45 = "optional"',
            (
                'FILE:6: got the unknown ambiguity "A45" at choices.A45; allowed: A1 to A44; '
                "next: spell it as spec/README.md does; every ambiguity is explained there"
            ),
        ),
        (
            'A1 = "Seen in our log."\n',
            "",
            (
                'FILE:6: got "A1" without a reason at choices.A1; allowed: a reason, with its '
                "source, for each choice and for each field of the product; "
                "next: add A1 to the table [reasons]"
            ),
        ),
        (
            'exclude-keys = "ExcludeKeys in our main.cf."',
            'exclude-keys = " "',
            (
                'FILE:13: got "exclude-keys" without a reason at product.exclude-keys; allowed: a '
                "reason, with its source, for each choice and for each field of the product; "
                "next: add exclude-keys to the table [reasons]"
            ),
        ),
        (
            "[reasons]\n",
            '[reasons]\nA2 = "Why?"\n',
            (
                'FILE:8: got a reason for "A2", which the file does not decide at reasons.A2; '
                'allowed: reasons for what it decides: "A1", "restore-same-node", "exclude-keys"; '
                "next: decide it too, or remove the reason"
            ),
        ),
        (
            'name = "ours"',
            'name = "mscs-page"',
            (
                'FILE:2: got the name "mscs-page", which a shipped reading has at name; '
                f"allowed: a name other than {SHIPPED}; "
                "next: give the reading a name of its own"
            ),
        ),
        (
            'name = "ours"',
            'name = "Our Reading"',
            (
                'FILE:2: got "Our Reading" at name; '
                "allowed: text that matches ^[a-z0-9][a-z0-9-]{0,59}$; "
                f"next: correct the value; {SEE}"
            ),
        ),
        (
            'name = "ours"',
            'name = "ours\\n"',
            (
                r'FILE:2: got the name "ours\u000a" at name; '
                "allowed: small letters, digits and hyphens; "
                "next: give the reading a name of its own"
            ),
        ),
        (
            'summary = "What our logs show."',
            'summary = ""',
            (
                'FILE:3: got the summary "" at summary; allowed: one line of 1 to 100 characters; '
                "next: say on one line what the reading follows"
            ),
        ),
        (
            'base = "vcs-regrep"',
            'base = "vcs-regrpe"',
            (
                'FILE:4: got the unknown base "vcs-regrpe" at base; '
                f"allowed: a shipped reading: {SHIPPED}; "
                'next: write "vcs-regrep" if you meant that'
            ),
        ),
        (
            'base = "vcs-regrep"\n',
            "",
            (
                'FILE: got an object without the field "base"; '
                'allowed: an object with the fields "format", "name", "summary", "base"; '
                f"next: add the field; {SEE}"
            ),
        ),
        (
            'base = "vcs-regrep"\n',
            'base = "vcs-regrep"\nauthor = "me"\n',
            (
                'FILE:5: got the unknown field "author" at author; allowed: the fields "format", '
                '"name", "summary", "base", "choices", "reasons", "product"; '
                f"next: remove the field; {SEE}"
            ),
        ),
        (
            "clusckpt-reading/1",
            "clusckpt-reading/2",
            (
                'FILE:1: got the format "clusckpt-reading/2" at format; '
                'allowed: "clusckpt-reading/1"; '
                "next: check that this is the file you meant to read, and its version"
            ),
        ),
        (
            "restore-same-node = false",
            "restore-same-nodes = false",
            (
                'FILE:12: got the unknown field "restore-same-nodes" at '
                "product.restore-same-nodes; "
                'allowed: the fields "restore-when", "restore-same-node", "restore-force", '
                '"exclude-keys", "ignore-subkeys", "most-checkpoints"; '
                'next: write "restore-same-node" if you meant that'
            ),
        ),
        (
            "restore-same-node = false",
            'restore-same-node = "no"',
            (
                'FILE:12: got "no" at product.restore-same-node; allowed: true or false; '
                f"next: correct the value; {SEE}"
            ),
        ),
        (
            "restore-same-node = false",
            "most-checkpoints = 0",
            (
                "FILE:12: got 0 at product.most-checkpoints; "
                "allowed: a whole number from 1 to 4294967295; "
                f"next: correct the value; {SEE}"
            ),
        ),
        (
            "restore-same-node = false",
            'restore-when = "later"',
            (
                'FILE:12: got "later" at product.restore-when; '
                'allowed: "before-online", "continuous"; '
                f"next: correct the value; {SEE}"
            ),
        ),
        (
            "exclude-keys = ['Software\\Acme\\Cache']",
            "exclude-keys = ['Software', 2020-01-01]",
            (
                "FILE:13: got 2020-01-01 at product.exclude-keys[1]; allowed: text; "
                f"next: correct the value; {SEE}"
            ),
        ),
        (
            "exclude-keys = ['Software\\Acme\\Cache']",
            "exclude-keys = ['\\Software\\Acme']",
            (
                r'FILE:13: got the key "\Software\Acme" with a leading backslash at '
                r"product.exclude-keys[0]; allowed: a key below HKEY_LOCAL_MACHINE such as "
                r"Software\Example (CKPT-ADD-REGISTRY: Do not use a leading backslash); "
                r'next: write "Software\Acme"'
            ),
        ),
        (
            "restore-same-node = false",
            'restore-when = "continuous"',
            (
                'FILE:12: got "restore-when" without a reason at product.restore-when; allowed: a '
                "reason, with its source, for each choice and for each field of the product; "
                "next: add restore-when to the table [reasons]"
            ),
        ),
        (
            'A1 = "optional"',
            'A1 = "immediate"',
            (
                'FILE:5: got the choice "may-mix" of the base "vcs-regrep" for A40 at choices.A40; '
                'allowed: "atomic", because A1 is "immediate": the copy is part of the change; '
                "next: choose what fits together, with a reason: spec/README.md, A40"
            ),
        ),
    ],
)
def test_one_fault(tmp_path: Path, old: str, new: str, message: str) -> None:
    """One change to a good file gives the complete message, with the line of the change."""
    assert old in TEXT
    assert message_of(tmp_path, TEXT.replace(old, new, 1)) == message


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "FILE: got an empty file; allowed: a reading in clusckpt-reading/1; "),
        (b"MZ\x90\x00\x03", "FILE:1: got bytes that are not UTF-8; "),
        (b"\x00\x01", "FILE:1: got a NUL character "),
        (b"[" * 100, "FILE:1: got text that is not TOML "),
        (b"a = " + b"[" * 1900, "FILE: got lists and tables nested too deep "),
        (b"x" * 70_000_000, "FILE: got a file of more than 67108864 bytes; "),
        (b"# a comment\n" * 10_000, "FILE: got a TOML document of 120000 characters; "),
        (b'{"format": "clusckpt-reading/1"}', "FILE:1: got text that is not TOML "),
        (b"# nothing", 'FILE: got an object without the field "format"; '),
        (b'format = "clusckpt-cluster/1"', 'FILE:1: got the format "clusckpt-cluster/1" at format'),
        (TEXT.encode("utf-16-le"), "FILE:1: got a NUL character "),
        (TEXT.encode() + b"choices = 1\n", 'FILE:14: got the unknown field "choices" at product.'),
    ],
)
def test_malformed(tmp_path: Path, raw: bytes, message: str) -> None:
    """Files that are no reading at all are refused by what they are."""
    assert message_of(tmp_path, raw).startswith(message)


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there, and a directory, are refused by what they are."""
    for path, came in ((tmp_path / "none.toml", "no such file"), (tmp_path, "a directory")):
        with pytest.raises(UnusableInput) as refused:
            load_reading(path)

        assert refused.value.came == came


@pytest.mark.parametrize(
    "document",
    [
        plain(name=1),
        plain(name="Ours"),
        plain(summary=None),
        plain(summary=""),
        plain(summary="x" * 101),
        plain(base="nothing"),
        plain(choices=[]),
        plain(choices={"A1": 1}),
        plain(choices={"A1": "sometimes"}),
        plain(choices={"B1": "eventual"}),
        plain(reasons={"A1": ""}),
        plain(reasons={"A99": "Why?"}),
        plain(product=1),
        plain(product={"restore_when": "continuous"}),
        plain(product={"exclude-keys": "Software"}),
        plain(product={"exclude-keys": [["Software"]]}),
        plain(product={"most-checkpoints": True}),
        plain(unknown=1),
        {name: value for name, value in plain().items() if name != "name"},
        [],
    ],
)
def test_wrong_shape(document: object) -> None:
    """Schema and reader both refuse a document of the wrong shape."""
    assert not VALIDATOR.is_valid(document)
    assert not reads(document)


def test_right_shape() -> None:
    """Schema and reader both take the document that the others above are made from."""
    assert VALIDATOR.is_valid(plain())
    assert reads(plain())


@pytest.mark.parametrize(
    "document",
    [
        plain(name="mscs-page"),
        plain(reasons={}),
        plain(choices={}),
        plain(product={"exclude-keys": ["\\Software"]}),
        plain(choices={"A1": "immediate"}),
    ],
)
def test_beyond_the_schema(document: dict[str, Any]) -> None:
    """What the description calls beyond the schema is refused by the reader alone."""
    assert VALIDATOR.is_valid(document)
    assert not reads(document)


@given(data=st.data())
@settings(max_examples=300)
def test_spoilt_files(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A good file with some bytes spoilt is read, or refused with a message on one line."""
    raw = TEXT.encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 20)))
    pieces = [b"[[", b"=", b"'", b'"""', b"\xff", b"\n", b".a.a", b"1979-05-27", b"nan", b"{}"]
    piece = data.draw(st.binary(max_size=4) | st.sampled_from(pieces))
    path = tmp_path_factory.getbasetemp() / "spoilt.toml"
    path.write_bytes(raw[:start] + piece + raw[end:])

    assert read_or_refused(path)


def test_schema_lists_choices() -> None:
    """The schema names each choice, so that an editor can offer it."""
    properties = committed_schema("reading-1.schema.json")["$defs"]["ReadingFile"]["properties"]

    assert json.dumps(properties["choices"]["properties"]["A25"]["enum"]) == (
        '["fatal", "logged-and-survived"]'
    )
