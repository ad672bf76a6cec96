"""The four readings that are named after the documents, or the evidence, that they follow.

The one subtle fact: each follows its document where that speaks, and the stance of the register
where it is silent. So two readings differ only in what their documents say, and every departure
from the register carries its reason.
"""

from typing import Final

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings.building import Decisions, named

__all__ = ["KB174070", "MSCS_PAGE", "MSCS_READINGS", "MS_CMRP", "WINDOWS_OBSERVED"]

_DECIDED_BY_PAGE: Decisions = {
    AmbiguityID.A1: (
        "immediate",
        "Rule 1 of the page: whenever anything changes, a copy is stored. No delay is allowed for.",
    ),
    AmbiguityID.A2: (
        "not-saved",
        "The page names no save at offline, and with immediate capture none could differ.",
    ),
    AmbiguityID.A3: (
        "overwritten",
        "Rule 1 of the page asks that the resource is online, which a pending one is not.",
    ),
    AmbiguityID.A4: (
        "at-add",
        (
            "Rules 2 and 3 of the page promise, without exception, that there are checkpointed "
            "data to restore; only a copy at add makes that true. The page itself is silent."
        ),
    ),
    AmbiguityID.A6: (
        "fails",
        "The page speaks of a registry tree that is copied; without the key there is none to copy.",
    ),
    AmbiguityID.A22: (
        "allowed-any-order",
        "The page lets a resource have several keys and prohibits no pair of them.",
    ),
    AmbiguityID.A23: (
        "allowed",
        "Rule 6 of the page describes what happens between such resources, so they can exist.",
    ),
    AmbiguityID.A24: (
        "recaptured",
        (
            'Rule 1 of the page: "Whenever anything changes", and a restore for another resource '
            "changes the tree."
        ),
    ),
    AmbiguityID.A25: (
        "fatal",
        (
            'Rule 3 of the page: the tree is restored "before the resource is brought online"; '
            "without the restore there is no online."
        ),
    ),
    AmbiguityID.A27: (
        "online-without-overwrite",
        (
            "Rules 2 and 3 of the page restore checkpointed data; where there are none, they ask "
            "for nothing."
        ),
    ),
    AmbiguityID.A29: (
        "like-offline",
        "Rule 1 of the page asks that the resource is online, which a failed one is not.",
    ),
    AmbiguityID.A40: (
        "atomic",
        (
            "Rule 1 of the page stores a copy of the tree; a copy that is part of the change is "
            "the tree of one moment."
        ),
    ),
}

_DECIDED_BY_KB174070: Decisions = {
    **_DECIDED_BY_PAGE,
    AmbiguityID.A1: (
        "immediate",
        'KB174070 "ensures" that updates are written and allows for no delay.',
    ),
    AmbiguityID.A2: (
        "saved",
        (
            "KB174070, third statement: when the resource is brought offline, all its checkpoints "
            "are saved."
        ),
    ),
    AmbiguityID.A4: (
        "at-add",
        (
            "KB174070, first statement: a key is checkpointed when it is specified, and no state "
            "of the resource is asked for."
        ),
    ),
}

_DECIDED_BY_MS_CMRP: Decisions = {
    AmbiguityID.A1: (
        "eventual",
        (
            "[MS-CMRP] 3.1.4.3.1.21: SHOULD monitor changes and take another checkpoint when one "
            "has been detected, which is later than the change."
        ),
    ),
    AmbiguityID.A2: (
        "not-saved",
        (
            "[MS-CMRP] knows the checkpoint of the add and one after a detected change; a save at "
            "offline is not among them."
        ),
    ),
    AmbiguityID.A4: (
        "at-add",
        '[MS-CMRP] 3.1.4.3.1.21 says "another checkpoint", so the association took a first one.',
    ),
    AmbiguityID.A10: (
        "common-namespace",
        "[MS-CMRP] 3.1.1.1.1.1 concludes that the namespace is common to both registries.",
    ),
    AmbiguityID.A11: (
        "plain-kind-only",
        (
            "[MS-CMRP] 3.1.4.3.1.22: the checkpoint MUST have been associated with the control of "
            "3.1.4.3.1.21, which is the plain one."
        ),
    ),
    AmbiguityID.A12: (
        "union-of-kinds",
        "[MS-CMRP] 3.1.4.3.1.23 lists existing registry checkpoints, of whatever kind.",
    ),
    AmbiguityID.A13: (
        "server-default-view",
        "[MS-CMRP] 3.1.4.3.1.21: the path is one of the default registry of the server.",
    ),
    AmbiguityID.A14: (
        "same-as-plain",
        "[MS-CMRP] 3.1.4.3.1.29: without an alternate registry the default one is meant.",
    ),
    AmbiguityID.A25: (
        "fatal",
        "[MS-CMRP] 3.1.4.3.1.21: MUST restore prior to bringing the resource online.",
    ),
    AmbiguityID.A27: (
        "fatal",
        "The MUST restore of [MS-CMRP] 3.1.4.3.1.21 has no exception for a copy that is missing.",
    ),
    AmbiguityID.A39: (
        "not-monitored",
        "[MS-CMRP] 3.1.4.3.1.24 has no SHOULD monitor for crypto, only a MAY.",
    ),
    AmbiguityID.A44: (
        "should-dominates",
        "In [MS-CMRP] a SHOULD is the stronger word, and both stand in one paragraph.",
    ),
}

_DECIDED_BY_OBSERVATION: Decisions = {
    AmbiguityID.A1: (
        "eventual",
        'The log in KB897666 shows captures "due to timer", three seconds apart.',
    ),
    AmbiguityID.A2: (
        "saved",
        "KB174070 says so, and sqlserver-help.com (2015) reports it of SQL Server.",
    ),
    AmbiguityID.A4: (
        "at-add",
        "sqldbadiaries.com (2010): removing and adding a checkpoint again forces a fresh copy.",
    ),
    AmbiguityID.A9: (
        "case-insensitive",
        "Microsoft's cleanup script for VMM compares checkpoint names without case.",
    ),
    AmbiguityID.A23: (
        "allowed",
        "Microsoft's guidance for SQL Server key management adds one key to every instance.",
    ),
    AmbiguityID.A25: (
        "logged-and-survived",
        'KB188674: event 1024 "can be ignored"; KB316772 and KB310327 report no failed online.',
    ),
    AmbiguityID.A27: (
        "online-without-overwrite",
        (
            "The procedure of KB278464 deletes the checkpoint files and relies on the resources "
            "coming online all the same."
        ),
    ),
    AmbiguityID.A29: (
        "like-offline",
        "Microsoft blog (suhde, 2009): edits in the failed state are overwritten.",
    ),
    AmbiguityID.A31: (
        "at-online",
        "sqldbadiaries.com (2010) found the registries of the other nodes stale.",
    ),
    AmbiguityID.A34: (
        "file-per-checkpoint",
        (
            "Microsoft blogs (askcore, 2007; itasupport, 2010) show one numbered file per "
            "checkpoint in a folder of the resource."
        ),
    ),
}

MSCS_PAGE: Final = named(
    "mscs-page",
    'The page "Checkpointing" to the letter: capture is part of the change.',
    _DECIDED_BY_PAGE,
)
"""The page, literally."""

KB174070: Final = named(
    "kb174070",
    "KB174070 where it speaks, else the page: as the page, and an orderly offline saves.",
    _DECIDED_BY_KB174070,
)
"""The older article, which adds the save at offline."""

MS_CMRP: Final = named(
    "ms-cmrp",
    "The protocol document [MS-CMRP]: monitored changes, and a restore that MUST succeed.",
    _DECIDED_BY_MS_CMRP,
)
"""The protocol document."""

WINDOWS_OBSERVED: Final = named(
    "windows-observed",
    "What articles and field reports show: capture by timer, restore failure logged and survived.",
    _DECIDED_BY_OBSERVATION,
)
"""The field evidence."""

MSCS_READINGS: Final = (MSCS_PAGE, KB174070, MS_CMRP, WINDOWS_OBSERVED)
"""All four, which are those that the transition system covers."""
