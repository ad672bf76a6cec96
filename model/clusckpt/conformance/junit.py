"""A report as JUnit XML: one test case a rule, as build servers show it."""

from xml.etree import ElementTree as ET

from clusckpt.conformance.report import ConformanceReport, RuleResult
from clusckpt.reports.xml_text import clean


def junit(document: ConformanceReport) -> str:
    """The report as one test suite: a broken rule fails, one that was not exercised is skipped."""
    rules = document.rules
    suite = ET.Element(
        "testsuite",
        name=clean(f"clusckpt conform {document.implementation.name}".strip()),
        tests=str(len(rules) + bool(document.faults)),
        failures=str(sum(one.verdict == "violates" for one in rules)),
        errors=str(int(bool(document.faults))),
        skipped=str(sum(one.verdict == "not exercised" for one in rules)),
        time=str(document.seconds),
    )
    for one in rules:
        _add(suite, one, document)
    if document.faults:
        case = ET.SubElement(suite, "testcase", classname="clusckpt", name="the party answers")
        lines = [f"{one.kind}: {one.method}: {one.detail} ({one.times})" for one in document.faults]
        ET.SubElement(case, "error", message=clean(lines[0])).text = clean("\n".join(lines))
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _add(suite: ET.Element, one: RuleResult, document: ConformanceReport) -> None:
    case = ET.SubElement(suite, "testcase", classname="clusckpt", name=one.rule)
    if one.verdict == "not exercised":
        ET.SubElement(case, "skipped", message=clean(one.reason))
    if one.verdict == "violates":
        found = (*document.findings, *document.refutations)
        record = next(record for record in found if record.rule == one.rule)
        failure = ET.SubElement(case, "failure", message=clean(record.got))
        failure.text = clean("\n".join(record.story))
