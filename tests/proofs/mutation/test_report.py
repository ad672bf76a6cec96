"""The report says of every mutant that was not killed why, and counts the others."""

from io import StringIO

from rich.console import Console

from clusckpt_proofs.mutation.alone import Alone
from clusckpt_proofs.mutation.findings import Finding
from clusckpt_proofs.mutation.judge import Fate
from clusckpt_proofs.mutation.report import document, show
from clusckpt_proofs.mutation.score import Score


def _finding(reading: str, operator: str, fate: Fate, *killers: str) -> Finding:
    name = f"delete/guard/{operator}/0"
    listed = fate not in {Fate.PROOF, Fate.WITNESS}
    slip, story = ("up(n)  ->  True", ("where up(N1)",)) if listed else ("", ())
    return Finding(
        reading, "checkpoints", "delete", name, operator, slip, fate, killers, None, story
    )


SCORE = Score(
    (
        _finding("one", "negate", Fate.PROOF, "claim"),
        _finding("one", "and-or", Fate.WITNESS),
        _finding("one", "drop-guard", Fate.SURVIVED),
        _finding("two", "drop-guard", Fate.SURVIVED),
        _finding("two", "swap-variable", Fate.EQUIVALENT),
    ),
    (
        Alone("one", "checkpoints", "claim", invariant=True, mutant="delete/guard/negate/0"),
        Alone("one", "checkpoints", "other", invariant=False, mutant=None),
    ),
)


def test_text() -> None:
    """A survivor is listed once for all its readings, with its story; the score comes last."""
    stream = StringIO()
    show(Console(file=stream, width=200), SCORE, seed=3)
    lines = stream.getvalue().splitlines()
    survivor = lines.index("survived: delete/guard/drop-guard/0 (one, two)")

    assert lines[survivor + 1 : survivor + 3] == ["    up(n)  ->  True", "    where up(N1)"]
    assert "equivalent: delete/guard/swap-variable/0 (two)" in lines
    assert lines[-1] == (
        "specification mutation score 50.00%: 2 of 5 mutants killed (1 by proof, 1 by witness "
        "only), 1 proved equivalent, 2 survived, 0 unknown; seed 3"
    )


def test_document() -> None:
    """Programs get the same counts, and for each claim what it kills and what it alone kills."""
    told = document(SCORE, seed=3)

    assert told["fates"] == {
        "killed by proof": 1,
        "killed by witness": 1,
        "equivalent": 1,
        "survived": 2,
        "unknown": 0,
    }
    assert told["operators"]["drop-guard"]["survived"] == 2
    assert told["readings"]["two"]["equivalent"] == 1
    assert told["claims"] == [
        {
            "reading": "one",
            "claim": "claim",
            "kind": "invariant",
            "kills": 1,
            "alone": 1,
            "mutant": "delete/guard/negate/0",
            "follows": False,
        },
        {
            "reading": "one",
            "claim": "other",
            "kind": "theorem",
            "kills": 0,
            "alone": 0,
            "mutant": None,
            "follows": False,
        },
    ]
    assert [entry["fate"] for entry in told["listed"]] == ["survived", "survived", "equivalent"]
