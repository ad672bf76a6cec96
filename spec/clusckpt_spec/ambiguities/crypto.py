"""Ambiguities about crypto checkpoints: names, answers and capture.

The one subtle fact: the documents treat a crypto checkpoint like a registry checkpoint in
everything but errors and change. A duplicate has no published answer, and no sentence says that
a container SHOULD be monitored.
"""

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.ambiguities.record import Ambiguity, Choice, Scope

__all__ = ["CRYPTO_AMBIGUITIES"]

CRYPTO_AMBIGUITIES: tuple[Ambiguity, ...] = (
    Ambiguity(
        id=AmbiguityID.A19,
        question="What is answered to a duplicate add or to the delete of an unknown container?",
        evidence="The pages of the crypto codes list no code for either.",
        scope=Scope.INTERFACE,
        choices=(
            Choice("system-error", "A system error code that is not specified."),
            Choice("registry-codes", "The codes of the registry counterpart: 183 and 2."),
        ),
        stance="A system error code whose number is unspecified.",
    ),
    Ambiguity(
        id=AmbiguityID.A20,
        question=(
            "Is a container with the provider name left out the same checkpoint as with the "
            "default provider named?"
        ),
        evidence=(
            "The pages of the add and list codes let the name be omitted, in input and output, "
            "and do not say whether the two forms are compared as equal."
        ),
        scope=Scope.INTERFACE,
        choices=(
            Choice("distinct", "They are two checkpoints: strings are compared as given."),
            Choice("same-checkpoint", "They are one: the default provider is filled in."),
        ),
        stance="Two, unless an implementation normalises them; point it out.",
    ),
    Ambiguity(
        id=AmbiguityID.A21,
        question="Can a container name hold a backslash?",
        evidence="The backslash separates the three parts, and no way to escape it is documented.",
        scope=Scope.INTERFACE,
        choices=(
            Choice("refused", "No: the call fails."),
            Choice("first-two-separators", "Yes: only the first two backslashes separate."),
        ),
        stance="Unspecified: refuse it, or let only the first two separate.",
    ),
    Ambiguity(
        id=AmbiguityID.A39,
        question="Is a key container captured again when it changes?",
        evidence=(
            "[MS-CMRP] 3.1.4.3.1.24 has only a MAY, without the SHOULD of the registry codes; MsCS "
            '"Checkpointing" speaks of a registry tree.'
        ),
        scope=Scope.BEHAVIOUR,
        choices=(
            Choice("not-monitored", "No: the stored copy is the one of the add."),
            Choice("monitored", "Yes, like a registry tree."),
        ),
        stance="Key containers are not monitored.",
    ),
)
"""The ambiguities about crypto checkpoints, in order of their numbers."""
