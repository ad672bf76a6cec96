"""The page: one file that stands alone, in order, with everything escaped."""

import unicodedata
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest

from clusckpt.oracle import JudgementKind
from clusckpt.predictions.bundled import bundled_names, bundled_trace
from clusckpt.reports.page import page
from clusckpt_spec.formats.events import RegSetValueEx
from clusckpt_spec.formats.trace import Observation, Trace, TraceLine
from tests.reports.traces import (
    HOSTILE,
    header,
    holding,
    not_judged,
    subject,
    trace,
    unrestored,
    write,
)

VOID = {"meta", "br", "rect", "path", "circle"}


class Reader(HTMLParser):
    """Reads a page: its elements, its text, and whether every element is closed in order."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; one that has no end is not open."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note text."""
        if data.strip():
            self.text.append(data.strip())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    def with_class(self, name: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a class."""
        return [one for _, one in self.elements if name in (one.get("class") or "").split()]


@cache
def violating() -> Reader:
    """The page about a trace that breaks a rule."""
    return Reader(page([subject(unrestored())]))


def hostile() -> Trace:
    """A trace in which everything that can be named has a hostile name."""
    root = f"Software\\{HOSTILE.replace('/', '|')}"
    told = header(HOSTILE, root, HOSTILE)
    seen = Observation(
        states={HOSTILE: "Failed"},
        registry={"N1": {root: {HOSTILE: HOSTILE}}},
        backup_files={HOSTILE: (HOSTILE,)},
    )
    event = RegSetValueEx("N1", root, HOSTILE, HOSTILE)
    return Trace(told, (TraceLine(2, event, 0), TraceLine(3, event, 0, seen)))


def test_verdict_then_reasons_then_diagram() -> None:
    """The verdict comes first, then got, allowed and because, then the diagram and the steps."""
    text = violating().text
    order = ["Violates CKPT-RESTORE-BEFORE-ONLINE at line 3", "got", "allowed", "because"]
    order += ["What happened, where", "The steps"]
    places = [text.index(one) for one in order]

    assert places == sorted(places)


def test_the_reasons_are_complete() -> None:
    """Got, allowed, the sentence of the rule, its source and a command that says it again."""
    text = violating().text

    assert text[text.index("got") + 1] == "Software\\App on N2: v = 'new'"
    assert text[text.index("allowed") + 1] == "Software\\App on N2: v = 'old'"
    assert any(one.startswith("If the resource moves to another node") for one in text)
    assert any(one.startswith('MsCS "Checkpointing"') for one in text)
    assert "clusckpt check trace.jsonl --reading mscs-page" in text
    assert (
        "Shortest explaining prefix: lines 1 to 3 of the trace. 1 event before it is"
        in " ".join(text)
    )


def test_every_reading_has_its_verdict() -> None:
    """The table has one row a reading."""
    text = violating().text

    assert {"mscs-page", "kb174070", "ms-cmrp", "windows-observed", "live-pair"} <= set(text)


def test_steps_are_buttons_that_lead_to_their_text() -> None:
    """Each step of the diagram can be focused, has a label, and leads to the text about it."""
    buttons = violating().with_class("step")
    targets = {one.get("id") for one in violating().all("li")}

    moving = "Step 2, line 3: Group G is moved to N2 (MoveClusterGroup)"
    assert [one["aria-label"] for one in buttons] == [
        "Step 1, line 2: R is asked to come online (OnlineClusterResource)",
        f"{moving}. Violates CKPT-RESTORE-BEFORE-ONLINE",
    ]
    assert all(one["role"] == "button" and one["tabindex"] == "0" for one in buttons)
    assert {(one["href"] or "").removeprefix("#") for one in buttons} <= targets
    assert len(violating().with_class("violating")) == 2


def test_the_page_stands_alone() -> None:
    """Nothing is loaded: no element names another file, and the policy forbids it."""
    reader = violating()
    sources = [one[name] for _, one in reader.elements for name in ("src", "data") if name in one]
    links = [one["href"] or "" for _, one in reader.elements if "href" in one]
    (policy,) = [one["content"] for one in reader.all("meta") if one.get("http-equiv") is not None]

    assert sources == []
    assert all(link.startswith("#") for link in links)
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert reader.all("link") == []


def test_ids_are_unique_and_elements_closed() -> None:
    """Two traces on one page do not share an id, and every reference has its target."""
    reader = Reader(page([subject(unrestored()), subject(unrestored())]))
    ids = [one["id"] for _, one in reader.elements if "id" in one]
    labels = [one["aria-labelledby"] for _, one in reader.elements if "aria-labelledby" in one]

    assert len(ids) == len(set(ids))
    assert set(labels) <= set(ids)
    assert reader.open == []


def test_hostile_names_are_text() -> None:
    """Names that look like markup, script or template come out as the text that they are."""
    path = f"{HOSTILE}.jsonl"
    reader = Reader(page([subject(hostile(), path)]))

    assert len(reader.all("script")) == len(violating().all("script")) == 1
    assert reader.all("img") == []
    assert not any(name.startswith("on") for _, one in reader.elements for name in one)
    shown = HOSTILE.replace("\u202e", "\\u202e")
    assert shown in reader.text
    assert reader.open == []


def test_nothing_unprintable_is_left() -> None:
    """No control or format character, such as a bidi override, is left on the page."""
    text = page([subject(hostile())])
    hidden = {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf", "Cs")}

    assert hidden == {"\n"}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (JudgementKind.UNSPECIFIED, "Unspecified: the documents do not rule it out"),
        (JudgementKind.UNDECIDED, "Undecided: look at line 2"),
    ],
)
def test_what_cannot_be_judged_is_said(kind: JudgementKind, told: str) -> None:
    """The verdict says that the documents are silent, or what would decide."""
    reader = Reader(page([replace(subject(unrestored()), judgement=not_judged(kind))]))

    assert told in reader.text


def test_long_values_do_not_make_a_long_page() -> None:
    """A value of a million characters is told by its beginning, wherever it stands."""
    event, seen = write("x" * 10**6), holding("N1", "y" * 10**6)
    text = page([subject(trace((event, seen)))])

    assert "x" * 300 in text
    assert "y" * 300 in text
    assert len(text) < 50_000


def test_what_is_not_drawn_is_said() -> None:
    """A long trace has a note of how many steps are left out."""
    long = trace(*(write(str(number)) for number in range(210)))

    assert "Not drawn: 10 steps." in page([subject(long)])
    assert "Not drawn:" not in page([subject(unrestored())])


@pytest.mark.parametrize("name", bundled_names())
def test_every_bundled_trace_has_a_page(name: str) -> None:
    """Each bundled trace makes a page with a button a step."""
    told = bundled_trace(name)
    reader = Reader(page([subject(told, name)]))

    assert len(reader.with_class("step")) == len(told.lines)
    assert reader.open == []
