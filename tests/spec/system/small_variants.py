"""What tests of the small systems share: other readings, and actions with another clause."""

from collections.abc import Callable
from dataclasses import replace

from clusckpt_proofs.everywhere import everywhere_obligations
from clusckpt_proofs.obligation import Kind, Obligation, Result
from clusckpt_proofs.unbounded import unbounded_obligations
from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import MS_CMRP, MSCS_PAGE, WINDOWS_OBSERVED, Reading
from clusckpt_spec.system.action import Action, Step
from clusckpt_spec.system.system import Specification


def choosing(reading: Reading, **choices: str) -> Reading:
    """The reading with other choices, given by the ID of their ambiguity."""
    chosen = {AmbiguityID(name): choice for name, choice in choices.items()}
    name = f"{reading.name}, {', '.join(f'{key} {value}' for key, value in choices.items())}"
    return replace(reading, name=name, choices={**reading.choices, **chosen})


VARIANTS = (
    choosing(MSCS_PAGE, A9="case-sensitive"),
    choosing(MSCS_PAGE, A10="native-first-only"),
    choosing(MSCS_PAGE, A11="plain-kind-only", A12="plain-kind-only"),
    choosing(MSCS_PAGE, A14="refused", A20="same-checkpoint", A41="listed-without-copy"),
    choosing(MSCS_PAGE, A25="logged-and-survived", A31="eager", A43="before-2008"),
    choosing(MS_CMRP, A2="saved", A10="native-first-only", A41="listed-without-copy"),
    choosing(WINDOWS_OBSERVED, A3="captured", A41="listed-without-copy"),
)
"""Between them, choices that clauses of the small systems ask for and no shipped reading makes."""


def proofs(specification: Specification, reading: Reading) -> list[Obligation]:
    """Every proof of a specification under a reading, for any size."""
    found = unbounded_obligations(specification, reading)
    return [*found, *everywhere_obligations(specification, reading)]


def refuted(
    specification: Specification,
    name: str,
    clause: Callable[..., Step],
    reading: Reading = MSCS_PAGE,
) -> set[str]:
    """The claims that are not proved any more once an action has another clause.

    A claim that does not hold is not waited for: what the solver does not prove soon counts too.
    """

    def swapped(action: Action) -> Action:
        return replace(action, clause=clause) if action.name == name else action

    broken = replace(
        specification,
        actions=tuple(swapped(one) for one in specification.actions),
        theorems=tuple(replace(one, action=swapped(one.action)) for one in specification.theorems),
        step_theorems=tuple(
            replace(one, except_for=tuple(swapped(action) for action in one.except_for))
            for one in specification.step_theorems
        ),
    )
    wanted = [one for one in proofs(broken, reading) if _concerns(one, name)]
    verdicts = (one.verdict() for one in wanted)
    return {one.name.split("/")[3] for one in verdicts if one.result is not Result.HOLDS}


def _concerns(obligation: Obligation, action: str) -> bool:
    """Whether an obligation is about an action, or a theorem, which has one of its own."""
    return obligation.kind is Kind.THEOREM or obligation.name.endswith(f"/{action}")
