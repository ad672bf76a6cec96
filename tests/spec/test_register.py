"""The rule register: complete, quoted truly, and helpful about what it does not hold."""

import copy
import pickle
import re
from pathlib import Path

import pytest

from clusckpt_spec.ambiguities import AMBIGUITIES, AmbiguityID
from clusckpt_spec.register import RULES, Grade, Origin, Rule, RuleID, UnknownRule, rule
from clusckpt_spec.register.context import CONTEXT_RULES
from clusckpt_spec.register.control_codes import CONTROL_CODE_RULES
from clusckpt_spec.register.kb174070 import KB174070_RULES
from clusckpt_spec.register.page import PAGE_RULES

PAGE = Path(__file__).resolve().parent.parent / "data" / "checkpointing-page.txt"
RECORDS = (*PAGE_RULES, *KB174070_RULES, *CONTROL_CODE_RULES, *CONTEXT_RULES)
LONGEST_MEANING = 200
LONGEST_TITLE = 60
FROM_THE_PAGE = [*PAGE_RULES, RULES[RuleID.CRYPTO_CONTAINERS]]

# The codes as the bit tables of the published control code architecture give them.
RESOURCE, RESOURCE_TYPE = 0x01, 0x02
READ, WRITE = 1, 2
MODIFY = 0x400000
CODES = {
    RuleID.ADD_REGISTRY: (RESOURCE, 40, WRITE),
    RuleID.DELETE_REGISTRY: (RESOURCE, 41, WRITE),
    RuleID.GET_REGISTRY: (RESOURCE, 42, READ),
    RuleID.ADD_CRYPTO: (RESOURCE, 43, WRITE),
    RuleID.DELETE_CRYPTO: (RESOURCE, 44, WRITE),
    RuleID.GET_CRYPTO: (RESOURCE, 45, READ),
    RuleID.ADD_REGISTRY_64BIT: (RESOURCE, 47, WRITE),
    RuleID.ADD_REGISTRY_32BIT: (RESOURCE, 48, WRITE),
    RuleID.ADD_CRYPTO_EX: (RESOURCE, 181, WRITE),
    RuleID.TYPE_GET_REGISTRY: (RESOURCE_TYPE, 42, READ),
    RuleID.TYPE_GET_CRYPTO: (RESOURCE_TYPE, 45, READ),
}

# The answers that the reference page of each code names, as numbers.
ANSWERS = {
    RuleID.ADD_REGISTRY: {"0", "183"},
    RuleID.ADD_REGISTRY_64BIT: {"0", "183"},
    RuleID.ADD_REGISTRY_32BIT: {"0", "183"},
    RuleID.DELETE_REGISTRY: {"0", "2"},
    RuleID.GET_REGISTRY: {"0", "234"},
    RuleID.ADD_CRYPTO: {"0", "0x80090003", "0x80090016"},
    RuleID.ADD_CRYPTO_EX: {"0", "234"},
    RuleID.DELETE_CRYPTO: {"0"},
    RuleID.GET_CRYPTO: {"0", "234"},
    RuleID.TYPE_GET_REGISTRY: set(),
    RuleID.TYPE_GET_CRYPTO: set(),
}


def page_text() -> str:
    """Return the published page with every run of white space made one blank."""
    return " ".join(PAGE.read_text(encoding="utf-8").split())


def is_quoted(sentence: str) -> bool:
    """Whether the page holds the sentence word for word."""
    return " ".join(sentence.split()) in page_text()


def answers(sentence: str) -> set[str]:
    """Find the numbers in parentheses behind the names of return codes."""
    return set(re.findall(r"(?:ERROR|NTE)_[A-Z_]+ \((0x[0-9A-F]+|[0-9]+)\)", sentence))


def test_every_rule_has_one_record() -> None:
    """Every rule ID has exactly one record, and the records stand in the order of the IDs."""
    assert [record.id for record in RECORDS] == list(RuleID)


def test_register_holds_every_record() -> None:
    """The register maps each ID to its record, in the order of the IDs."""
    assert list(RULES.items()) == [(record.id, record) for record in RECORDS]


def test_register_cannot_be_changed() -> None:
    """Nobody can put another record into the register."""
    with pytest.raises(TypeError, match="does not support item assignment"):
        RULES[RuleID.IN_BACKUP] = RULES[RuleID.INSTANCES]  # type: ignore[index]


@pytest.mark.parametrize(
    ("records", "origin"),
    [
        (PAGE_RULES, Origin.PAGE),
        (KB174070_RULES, Origin.KB174070),
        (CONTROL_CODE_RULES, Origin.CONTROL_CODE),
        (CONTEXT_RULES, Origin.CONTEXT),
    ],
)
def test_origin_names_the_module(records: tuple[Rule, ...], origin: Origin) -> None:
    """Every record says the family of documents that its module is about."""
    assert {record.origin for record in records} == {origin}


@pytest.mark.parametrize("record", FROM_THE_PAGE, ids=lambda record: record.id)
def test_page_sentence_is_verbatim(record: Rule) -> None:
    """A sentence that is ascribed to the page stands in it word for word."""
    assert is_quoted(record.sentence)


def test_altered_sentence_is_not_verbatim() -> None:
    """A sentence with one word changed is not taken for a quotation."""
    sentence = RULES[RuleID.DELETED_WITH_RESOURCE].sentence

    assert not is_quoted(sentence.replace("deleted, the", "removed, the"))


def test_page_is_covered() -> None:
    """Every statement of the page, from its first rule to its last note, is some rule's."""
    start = page_text().index("- Whenever anything changes")
    end = page_text().index("The following control codes work with checkpoints")
    left = page_text()[start:end]
    for record in PAGE_RULES:
        left = left.replace(record.sentence, "")

    assert " ".join(left.replace("-", "").split()) == (
        "Applications and resource DLLs manage checkpoints by using control codes."
    )


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_record_is_readable(record: Rule) -> None:
    """Title and meaning are short, and no text is empty or padded with blanks."""
    texts = (
        record.title,
        record.sentence,
        record.source,
        record.meaning,
        record.example.ending,
        *record.example.steps,
    )

    assert len(record.title) <= LONGEST_TITLE
    assert len(record.meaning) <= LONGEST_MEANING
    assert [text for text in texts if not text or text != " ".join(text.split())] == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_example_is_concrete(record: Rule) -> None:
    """Every example has three to six steps, names a node and a resource, and has an ending."""
    told = " ".join((*record.example.steps, record.example.ending))

    assert 3 <= len(record.example.steps) <= 6
    assert re.search(r"\bN[1-3]\b", told)
    assert '"SQL Server (A)"' in told
    assert record.example.ending.endswith(".")
    assert [step for step in record.example.steps if not step.endswith(".")] == []


def test_no_two_records_share_words() -> None:
    """No two rules have the same title, sentence or meaning."""
    for words in ("title", "sentence", "meaning"):
        assert len({getattr(record, words) for record in RECORDS}) == len(RECORDS)


def test_ambiguities_are_in_order() -> None:
    """A rule names each ambiguity that touches it once, in the order of their numbers."""
    order = list(AmbiguityID)
    disordered = [
        record.id
        for record in RECORDS
        if list(record.ambiguities) != sorted(set(record.ambiguities), key=order.index)
    ]

    assert disordered == []


def test_every_ambiguity_touches_a_rule() -> None:
    """No ambiguity is an orphan: each is named by at least one rule."""
    named = {ambiguity for record in RECORDS for ambiguity in record.ambiguities}

    assert named == set(AMBIGUITIES)


def test_twice_documented_has_two_sources() -> None:
    """A rule that is graded documented twice or contested names at least two sources."""
    single = [
        record.id
        for record in RECORDS
        if record.grade in {Grade.DOCUMENTED_TWICE, Grade.CONTESTED} and "; " not in record.source
    ]

    assert single == []


def test_inference_is_admitted() -> None:
    """Whatever is graded inferred says in its sentence what is inferred."""
    silent = [
        record.id
        for record in RECORDS
        if record.grade is Grade.INFERRED and "is inferred" not in record.sentence
    ]

    assert silent == []


def test_every_grade_is_used() -> None:
    """Each of the five grades of evidence occurs, so none is there for show."""
    assert {record.grade for record in RECORDS} == set(Grade)


@pytest.mark.parametrize("record", CONTROL_CODE_RULES, ids=lambda record: record.id)
def test_contract_has_code(record: Rule) -> None:
    """Every contract begins with the code that the published bit tables give."""
    kind, function, access = CODES[record.id]
    code = kind << 24 | (MODIFY if access == WRITE else 0) | function << 2 | access

    assert record.sentence.startswith(f"Code 0x{code:08X}. ")


@pytest.mark.parametrize("record", CONTROL_CODE_RULES, ids=lambda record: record.id)
def test_contract_has_answers(record: Rule) -> None:
    """Every contract gives the numbers of the published return codes and of no other."""
    assert answers(record.sentence) == ANSWERS[record.id]


@pytest.mark.parametrize("identifier", [RuleID.IN_BACKUP, "CKPT-IN-BACKUP"])
def test_rule_is_found(identifier: RuleID | str) -> None:
    """A rule is found by its ID, given as a member or as text."""
    assert rule(identifier) is RULES[RuleID.IN_BACKUP]


@pytest.mark.parametrize(
    ("identifier", "message"),
    [
        (
            "CKPT-IN-BACKUPS",
            "no rule has the ID 'CKPT-IN-BACKUPS'; the nearest IDs are: CKPT-IN-BACKUP",
        ),
        (
            "ckpt-failover",
            "no rule has the ID 'ckpt-failover'; the nearest IDs are: CKPT-FAILOVER",
        ),
        (
            "xyz",
            (
                "no rule has the ID 'xyz', and none is near it; "
                "every ID begins with CKPT-, as in CKPT-CAPTURE-ONLINE"
            ),
        ),
        (
            "",
            (
                "no rule has the ID '', and none is near it; "
                "every ID begins with CKPT-, as in CKPT-CAPTURE-ONLINE"
            ),
        ),
        (
            "\x1b[31m\ud800",
            (
                r"no rule has the ID '\x1b[31m\ud800', and none is near it; "
                "every ID begins with CKPT-, as in CKPT-CAPTURE-ONLINE"
            ),
        ),
        (
            "z" * 1_000_000,
            (
                f"no rule has the ID '{'z' * 60}'..., and none is near it; "
                "every ID begins with CKPT-, as in CKPT-CAPTURE-ONLINE"
            ),
        ),
    ],
    ids=["misspelt", "lower-case", "unlike-any", "empty", "hostile", "huge"],
)
def test_unknown_rule_is_explained(identifier: str, message: str) -> None:
    """An unknown ID is answered with what came and with the nearest IDs."""
    with pytest.raises(UnknownRule) as raised:
        rule(identifier)

    assert str(raised.value) == message
    assert raised.value.identifier == identifier


def test_unknown_rule_survives_a_process() -> None:
    """The error can be sent from one process to another without losing anything."""
    error = UnknownRule("CKPT-IN-BACKUPS")
    received = pickle.loads(pickle.dumps(error))  # noqa: S301  # made in the line itself

    assert (str(received), received.identifier) == (str(error), error.identifier)


def test_record_survives_a_copy() -> None:
    """A record is a value: its deep copy equals it."""
    record = RULES[RuleID.INSTANCES]

    assert copy.deepcopy(record) == record
