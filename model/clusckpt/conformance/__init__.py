"""The conformance run: programs made by Hypothesis, executed on a party, judged by the oracle.

Start by reading `run`; `execution` makes and judges the calls of one program.

>>> from clusckpt.parties.model import ModelParty
>>> from clusckpt_spec.readings import MSCS_PAGE
>>> party = ModelParty(MSCS_PAGE)
>>> result = run(party, party.initialize(), Plan((MSCS_PAGE,), Budget(programs=4)))
>>> result.verdict.value, result.consistent
('conforms', ('mscs-page',))
"""

from clusckpt.conformance.budget import BadBudget, Budget, budget
from clusckpt.conformance.course import Execution
from clusckpt.conformance.diff import Difference, difference
from clusckpt.conformance.execution import execute
from clusckpt.conformance.program import Program
from clusckpt.conformance.report import ConformanceReport, load_report, report
from clusckpt.conformance.run import Finding, Plan, Result, run

__all__ = [
    "BadBudget",
    "Budget",
    "ConformanceReport",
    "Difference",
    "Execution",
    "Finding",
    "Plan",
    "Program",
    "Result",
    "budget",
    "difference",
    "execute",
    "load_report",
    "report",
    "run",
]
