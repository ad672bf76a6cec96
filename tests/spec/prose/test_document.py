"""The document: complete, current, and readable on GitHub."""

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from clusckpt_spec.ambiguities import AMBIGUITIES, OUT_OF_ALPHABET, Ambiguity, AmbiguityID
from clusckpt_spec.incidents import INCIDENTS, Incident
from clusckpt_spec.prose import __main__ as command
from clusckpt_spec.prose import document, picture
from clusckpt_spec.prose.clauses import SPECIFICATIONS, clauses_for, every_clause
from clusckpt_spec.prose.markdown import anchor, escaped, linked
from clusckpt_spec.prose.wording import GRADES, ORIGINS, ROLES
from clusckpt_spec.readings import READINGS
from clusckpt_spec.register import RULES, Grade, Origin, Rule
from clusckpt_spec.system.symbols import Role, declarations

SPECIFICATION = Path(__file__).resolve().parents[3] / "spec"
DOCUMENT = document()
REGENERATE = "run `python -m clusckpt_spec.prose`"
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
LINK = re.compile(r"\]\(#([^)]*)\)")
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def prose() -> str:
    """The document without its code blocks."""
    return CODE.sub("", DOCUMENT)


def section(heading: str) -> str:
    """What stands under a heading, up to the next heading of the same or a higher level."""
    start = re.search(rf"^(#+) {re.escape(heading)}$", DOCUMENT, re.MULTILINE)
    assert start is not None, heading
    rest = DOCUMENT[start.end() :]
    end = re.search(rf"^#{{1,{len(start[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def test_document_is_current() -> None:
    """The committed document is what the register and the clauses give."""
    assert (SPECIFICATION / "README.md").read_text(encoding="utf-8") == DOCUMENT, REGENERATE


def test_picture_is_current() -> None:
    """The committed picture is what the life cycle gives."""
    assert (SPECIFICATION / "lifecycle.svg").read_text(encoding="utf-8") == picture(), REGENERATE


def test_document_is_deterministic() -> None:
    """Another process, in which sets have another order, writes the same document."""
    program = "from clusckpt_spec.prose import document; print(document(), end='')"
    other = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={
            **os.environ,
            "PYTHONHASHSEED": "1",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": str(SPECIFICATION),
        },
    )

    assert other.stdout == DOCUMENT


def test_command_writes_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command writes the document and the picture into the folder of the repository."""
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "spec").mkdir()
    monkeypatch.setattr(command, "SPECIFICATION", tmp_path / "spec")
    status = command.main()

    assert status == 0
    assert (tmp_path / "spec" / "README.md").read_text(encoding="utf-8") == DOCUMENT
    assert (tmp_path / "spec" / "lifecycle.svg").read_text(encoding="utf-8") == picture()


def test_command_refuses_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Outside the repository the command writes nothing and says what to do."""
    monkeypatch.setattr(command, "SPECIFICATION", tmp_path / "site-packages")
    status = command.main()

    assert status == 2
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err == (
        f"{tmp_path / 'site-packages'} is not the folder spec/ of the repository, so nothing was "
        "written; run this command in a clone of the repository\n"
    )


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_rule_is_complete(rule: Rule) -> None:
    """A rule has title, grade, sentence, explanation, example, clauses and open questions."""
    text = section(rule.id)
    expected = [
        f"**{rule.title}** ({rule.grade})",
        f"\n> {escaped(rule.sentence)}\n",
        linked(escaped(rule.meaning)),
        *(escaped(step) for step in rule.example.steps),
        escaped(rule.example.ending),
        *(f"[{clause.name}](#" for clause in clauses_for(rule.id) if clause.rules[0] != rule.id),
        *(f"[{one}](#{anchor(one)}): {AMBIGUITIES[one].question}" for one in rule.ambiguities),
    ]

    assert [part for part in expected if part not in text] == []


def test_every_rule_has_a_clause() -> None:
    """No rule is outside the transition systems."""
    assert [rule for rule in RULES if not clauses_for(rule)] == []


@pytest.mark.parametrize(
    "name", [one.name for each in SPECIFICATIONS for one in every_clause(each)]
)
def test_clause_is_printed_once(name: str) -> None:
    """Every action, invariant and theorem has one heading of its own, followed by its clause."""
    headings = [one for one in HEADING.findall(DOCUMENT) if one.split()[1:] == [name]]

    assert len(headings) == 1
    assert "```text\n" in section(headings[0])


def test_links_lead_somewhere() -> None:
    """Every link within the document leads to a heading."""
    anchors = {anchor(heading) for heading in HEADING.findall(prose())}
    links = set(LINK.findall(prose()))

    assert links - anchors == set()
    assert len(links) > len(RULES) + len(AMBIGUITIES)


def test_headings_are_unique() -> None:
    """No two headings have the same anchor, so no link is ambiguous."""
    counts = Counter(anchor(heading) for heading in HEADING.findall(prose()))

    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("one", AMBIGUITIES.values(), ids=lambda one: one.id)
def test_ambiguity_is_complete(one: Ambiguity) -> None:
    """Each is listed with every reading's choice and its evidence, and explained by choice."""
    chosen = " | ".join(reading[one.id] for reading in READINGS.values())
    reason = OUT_OF_ALPHABET.get(one.id)
    told_apart = f"no: {escaped(reason)}" if reason else "yes"
    evidence = "; ".join(f"{incident.id}: {choice}" for incident, choice in evidence_for(one.id))
    cells = f"{escaped(one.question)} | {chosen} | {told_apart} |{' ' * bool(evidence)}{evidence} |"
    explained = section(one.id)

    assert f"| [{one.id}](#{anchor(one.id)}) | {cells}" in section("Choices of the readings")
    assert [choice for choice in one.choices if f"**{choice.name}**" not in explained] == []
    assert linked(escaped(one.stance)) in explained
    assert [
        incident.id
        for incident, choice in evidence_for(one.id)
        if f"[{incident.id}](#field-incidents): **{choice}**" not in explained
    ] == []


def evidence_for(ambiguity: AmbiguityID) -> list[tuple[Incident, str]]:
    """The incidents that speak for a choice, with the choice."""
    return [
        (incident, choice)
        for incident in INCIDENTS.values()
        for one, choice in incident.evidence
        if one is ambiguity
    ]


def test_incidents_are_complete() -> None:
    """Every field incident is listed with its source and what was observed."""
    table = section("Field incidents")
    rows = [
        f"| {one.id} | {escaped(one.title)} | {escaped(one.source)} | {escaped(one.observed)} |"
        for one in INCIDENTS.values()
    ]

    assert rows
    assert [row for row in rows if row not in table] == []


def test_symbols_are_complete() -> None:
    """Every symbol of both specifications is in a table with its meaning."""
    rows = re.findall(r"^\| `(\w+)[`(].*\|$", DOCUMENT, re.MULTILINE)
    declared = [one.name for each in SPECIFICATIONS for one in declarations(each.state_type)]

    assert [name for name in declared if rows.count(name) != 1] == []


def test_kinds_are_complete() -> None:
    """Every grade, origin and role has its words."""
    assert (set(GRADES), set(ORIGINS), set(ROLES)) == (set(Grade), set(Origin), set(Role))


def test_glossary_is_in_order() -> None:
    """The glossary is alphabetical and explains each term once."""
    terms = re.findall(r"^\| ([^|]+) \| [A-Z]", section("Glossary"), re.MULTILINE)

    assert terms == sorted(set(terms), key=str.lower)
    assert {"checkpoint", "quorum", "reading", "witness"} < set(terms)


def test_tables_are_whole() -> None:
    """Every row of a table has as many cells as the row above it."""
    bars = [line.replace(r"\|", "").count("|") for line in prose().splitlines()]
    starts = [line.startswith("|") for line in prose().splitlines()]
    pairs = zip(
        zip(bars, starts, strict=True), zip(bars[1:], starts[1:], strict=True), strict=False
    )

    assert [
        row for (row, inside), (following, more) in pairs if inside and more and row != following
    ] == []


def test_paragraphs_are_separated() -> None:
    """No two empty lines follow each other, and no line ends in blanks."""
    assert "\n\n\n" not in DOCUMENT
    assert [line for line in DOCUMENT.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Software\Acme", r"Software\Acme"),
        (r"1\\AcmeKeys", r"1\\\AcmeKeys"),
        (r"ends in \ ", r"ends in \ "),
        ("ends in \\", "ends in \\\\"),
        (r"\[x]", r"\\[x]"),
        ("a * b, <i>, `c`, x|y", r"a \* b, \<i\>, \`c\`, x\|y"),
        ("CLUSCTL_RESOURCE_ADD", "CLUSCTL_RESOURCE_ADD"),
        ("_stressed_", r"\_stressed\_"),
    ],
)
def test_text_is_shown_as_it_is(text: str, expected: str) -> None:
    """What Markdown would take for mark-up is escaped, and a plain path is left alone."""
    assert escaped(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see A1, A22 and A44", "see [A1](#a1), [A22](#a22) and [A44](#a44)"),
        ("Resource A[0], A99, BA1, A1x", "Resource A[0], A99, BA1, A1x"),
        ("[A1](#a1)", "[A1](#a1)"),
    ],
)
def test_ambiguities_are_linked(text: str, expected: str) -> None:
    """The names of ambiguities become links, and nothing else does."""
    assert linked(text) == expected
