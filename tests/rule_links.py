"""The tests by rule, read off their `@pytest.mark.rule(...)` marks: `python -m tests.rule_links`.

The wheel has no tests, so `clusckpt rules ID` reads the committed list; a test compares the two.
"""

import ast
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from clusckpt_spec.register import RuleID

REPOSITORY = Path(__file__).resolve().parent.parent
COMMITTED = REPOSITORY / "model" / "clusckpt" / "data" / "rule-tests.json"


def collected() -> dict[str, list[str]]:
    """Every marked test by rule ID, in order."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted((REPOSITORY / "tests").rglob("test_*.py")):
        for test, rule in _marks(ast.parse(path.read_text(encoding="utf-8"))):
            found[rule].add(f"{path.relative_to(REPOSITORY).as_posix()}::{test}")
    return {rule: sorted(tests) for rule, tests in sorted(found.items())}


def written() -> str:
    """The committed form of the collected links."""
    return json.dumps(collected(), indent=2) + "\n"


def _marks(module: ast.Module) -> Iterator[tuple[str, str]]:
    for entry in ast.walk(module):
        if isinstance(entry, ast.FunctionDef | ast.ClassDef):
            for decorator in entry.decorator_list:
                for rule in _rules(decorator):
                    yield entry.name, rule


def _rules(decorator: ast.expr) -> Iterator[str]:
    """The rule IDs of one `pytest.mark.rule(...)`, given as texts or as members of RuleID."""
    if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.rule":
        for argument in decorator.args:
            if isinstance(argument, ast.Constant):
                yield str(argument.value)
            elif isinstance(argument, ast.Attribute):
                yield RuleID[argument.attr].value


if __name__ == "__main__":
    COMMITTED.write_text(written(), encoding="utf-8")
