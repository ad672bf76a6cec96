"""What the document says about kinds: of evidence, of sources, of symbols, of missing clauses."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clusckpt_spec.register import Grade, Origin
from clusckpt_spec.register.page import PAGE_SOURCE
from clusckpt_spec.system.symbols import Role

PAGE_NAME: Final = PAGE_SOURCE.partition(" (")[0]
"""How sources name the page."""

PAGE_PLACE: Final = PAGE_SOURCE.partition(" (")[2].removesuffix(")")
"""Where the page is published, which the document says once."""

GRADES: Final[Mapping[Grade, str]] = MappingProxyType(
    {
        Grade.DOCUMENTED: "One published document states it.",
        Grade.DOCUMENTED_TWICE: "At least two published documents state it independently.",
        Grade.OBSERVED: "A published log, output or field report shows it.",
        Grade.INFERRED: "It follows from documented facts, but no document says it.",
        Grade.CONTESTED: "Published documents disagree.",
    }
)
"""What each grade of evidence means."""

ORIGINS: Final[Mapping[Origin, tuple[str, str]]] = MappingProxyType(
    {
        Origin.PAGE: (
            "Rules of the page",
            (
                f"The page “Checkpointing” of the MsCS documentation ({PAGE_PLACE}) is the one "
                "document that is both complete and short. Each sentence is quoted word for word."
            ),
        ),
        Origin.KB174070: (
            "Rules of KB174070",
            (
                "The older article “Registry Replication in Microsoft Cluster Server” names two "
                "moments of capture that the page does not: at add and at offline."
            ),
        ),
        Origin.CONTROL_CODE: (
            "Contracts of the control codes",
            (
                "Clients manage checkpoints by control codes. The reference pages are short, and "
                "what a caller would like to know beyond them is an open question."
            ),
        ),
        Origin.CONTEXT: (
            "Rules that the others stand on",
            (
                "These come from documents about resources, groups, registries and backups. Most "
                "of them never mention checkpoints. Where the joint is ours, the sentence says so."
            ),
        ),
    }
)
"""The heading and the introduction of each family of rules."""

ROLES: Final[Mapping[Role, tuple[str, str]]] = MappingProxyType(
    {
        Role.RIGID: ("Given", "They describe the cluster and never change."),
        Role.PROPER: ("State", "They are what actions change."),
        Role.BACKUP: ("Backup", "They are what the backup of the cluster database holds."),
        Role.HISTORY: (
            "History",
            (
                "They only record what happened, so that a rule can speak of it. No action depends "
                "on them."
            ),
        ),
    }
)
"""The heading and the introduction of each kind of symbol."""
