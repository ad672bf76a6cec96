"""A document is read by its contents, and knows the lines of its parts."""

from pathlib import Path

import pytest

from clusckpt.files.documents import is_json, load_document, parse_document
from clusckpt.files.errors import UnusableInput
from clusckpt.files.sources import Fault


@pytest.mark.parametrize("text", ['{"nodes": ["N1"]}', ' \n{"nodes": ["N1"]}', "nodes: [N1]"])
@pytest.mark.parametrize("name", ["a.json", "a.yaml", "a.txt"])
def test_contents_decide(tmp_path: Path, text: str, name: str) -> None:
    """JSON and YAML are told apart by the first character, whatever the file is called."""
    path = tmp_path / name
    path.write_text(text)

    assert load_document(path).content == {"nodes": ["N1"]}


def test_is_json() -> None:
    """Only an object or a list makes a text JSON."""
    assert is_json("\n [1]")
    assert not is_json("- 1")
    assert not is_json("")


@pytest.mark.parametrize("text", ['{"a": [1,\n2,\n3]}', "a:\n- 1\n- 2\n", '"a":\n- 1\n- 2'])
def test_refusal_has_the_line(text: str) -> None:
    """A fault is reported on the line of its location, in JSON as in YAML."""
    document = parse_document(text, "a")
    place = 2 if is_json(text) else 1

    assert str(document.refusal(("a", place), Fault("2", "text", "correct it"))) == (
        f"a:3: got 2 at a[{place}]; allowed: text; next: correct it"
    )


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x7fELF\x02\x01\x01\x00\x00", id="binary"),
        pytest.param(b'{"nodes": ["N1"', id="truncated JSON"),
        pytest.param(b"nodes: [N1", id="truncated YAML"),
        pytest.param(b"[" * 100, id="100 levels of JSON"),
        pytest.param(b"[" * 100_000, id="100,000 levels of JSON"),
        pytest.param(b"- " * 100, id="100 levels of YAML"),
        pytest.param(b"- " * 100_000, id="100,000 levels of YAML"),
        pytest.param(b"[" + b"x" * 10_000_000, id="10 MB on one line of JSON"),
        pytest.param(b'a: "' + b"x" * 10_000_000, id="10 MB on one line of YAML"),
        pytest.param(b'{"a": 1, "a": 1}', id="duplicate keys in JSON"),
        pytest.param(b"a: 1\na: 1", id="duplicate keys in YAML"),
        pytest.param("{}".encode("utf-16-be"), id="UTF-16 without a byte order mark"),
        pytest.param("{}".encode("utf-32"), id="UTF-32"),
        pytest.param("nodes: [Größe]".encode("cp1252"), id="Windows code page"),
    ],
)
def test_malformed(tmp_path: Path, raw: bytes) -> None:
    """Every malformed file is refused as unusable input, and in no other way."""
    path = tmp_path / "a"
    path.write_bytes(raw)
    with pytest.raises(UnusableInput) as refused:
        load_document(path)

    assert refused.value.path == str(path)
    assert len(str(refused.value)) < 1000
