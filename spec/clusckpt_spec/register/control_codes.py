"""The contracts of the eleven checkpoint control codes.

The one subtle fact: the reference pages are short, and most of what a caller would like to know
(the code of a refused path, the order of a list, case) is not in them. Each sentence here says
what is published: the code, its input, the return codes with their numbers, the remark. What is
missing is an ambiguity. [MS-CMRP] confirms the effect of a code but lists no return codes, so no
contract is graded better than `documented`.
"""

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.register.page import PAGE_SOURCE
from clusckpt_spec.register.record import Grade, Origin, Rule, WorkedExample

__all__ = ["CONTROL_CODE_RULES"]

CONTROL_CODE_RULES: tuple[Rule, ...] = (
    Rule(
        id=RuleID.ADD_REGISTRY,
        origin=Origin.CONTROL_CODE,
        title="Add a registry checkpoint",
        sentence=(
            'Code 0x014000A2. "Adds a registry tree to the list of registry trees that are '
            'replicated for a resource." Input: null-terminated Unicode path of the root, '
            "relative to HKEY_LOCAL_MACHINE; do not use a leading backslash or "
            '"the call will fail". Returns ERROR_SUCCESS (0); ERROR_ALREADY_EXISTS (183), "The '
            'specified key is already being checkpointed"; otherwise a system error code. Output '
            "is not used."
        ),
        source='MsCS "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT"; [MS-CMRP] 3.1.4.3.1.21',
        grade=Grade.DOCUMENTED,
        meaning=(
            "Puts one more root on the list of the resource; a root that is already on it is "
            "answered with 183 and nothing changes."
        ),
        example=WorkedExample(
            steps=(
                '"SQL Server (A)" is online on node N1 and has no checkpoint.',
                r"A client sends the code with Software\Acme; the answer is 0.",
                r"The client sends the code with Software\Acme again; the answer is 183.",
                r"The client sends the code with \Software\Acme; the call fails.",
            ),
            ending=r"The list of the resource holds Software\Acme once and nothing else.",
        ),
        ambiguities=(
            AmbiguityID.A4,
            AmbiguityID.A6,
            AmbiguityID.A7,
            AmbiguityID.A8,
            AmbiguityID.A9,
            AmbiguityID.A10,
            AmbiguityID.A13,
            AmbiguityID.A22,
            AmbiguityID.A23,
            AmbiguityID.A37,
            AmbiguityID.A38,
            AmbiguityID.A41,
        ),
    ),
    Rule(
        id=RuleID.ADD_REGISTRY_64BIT,
        origin=Origin.CONTROL_CODE,
        title="Add a registry checkpoint, 64-bit view",
        sentence=(
            "Code 0x014000BE. Adds a registry tree in the 64-bit view of the registry to the list "
            "of those that are replicated for a resource. Input: null-terminated Unicode path of "
            'the root, relative to HKEY_LOCAL_MACHINE; with a leading backslash "the call will '
            'fail". Returns ERROR_SUCCESS (0); ERROR_ALREADY_EXISTS (183); otherwise a system '
            "error code. Output is not used."
        ),
        source='MsCS "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT_64BIT"; [MS-CMRP] 3.1.4.3.1.28',
        grade=Grade.DOCUMENTED,
        meaning=(
            "Adds a root of the 64-bit view, which [MS-CMRP] calls the default registry; its path "
            "shares one namespace with the other views."
        ),
        example=WorkedExample(
            steps=(
                '"SQL Server (A)" is offline on node N1, a 64-bit Windows.',
                r"A client sends the code with Software\Acme; the answer is 0.",
                r"The client sends the plain add code with Software\Acme; the answer is 183.",
            ),
            ending=(
                r"The list holds Software\Acme once, and what is captured is the tree that 64-bit "
                "programs on N1 see under that path."
            ),
        ),
        ambiguities=(
            AmbiguityID.A4,
            AmbiguityID.A6,
            AmbiguityID.A7,
            AmbiguityID.A8,
            AmbiguityID.A9,
            AmbiguityID.A10,
            AmbiguityID.A13,
            AmbiguityID.A37,
            AmbiguityID.A38,
            AmbiguityID.A41,
            AmbiguityID.A43,
        ),
    ),
    Rule(
        id=RuleID.ADD_REGISTRY_32BIT,
        origin=Origin.CONTROL_CODE,
        title="Add a registry checkpoint, 32-bit view",
        sentence=(
            "Code 0x014000C2. Adds a registry tree in the 32-bit view of the registry to the list "
            "of those that are replicated for a resource. Input: null-terminated Unicode path of "
            'the root, relative to HKEY_LOCAL_MACHINE; with a leading backslash "the call will '
            'fail". Returns ERROR_SUCCESS (0); ERROR_ALREADY_EXISTS (183); otherwise a system '
            "error code. Output is not used."
        ),
        source=(
            'MsCS "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT_32BIT"; [MS-CMRP] 3.1.4.3.1.29, '
            "3.1.1.1.1.1"
        ),
        grade=Grade.DOCUMENTED,
        meaning=(
            "Adds a root of the 32-bit view, which [MS-CMRP] calls the alternate registry; "
            "without one, the default registry is meant."
        ),
        example=WorkedExample(
            steps=(
                '"SQL Server (A)" is offline on node N1, a 64-bit Windows.',
                r"A 32-bit program has set Port to 1433 under its Software\Acme.",
                r"A client sends the code with Software\Acme; the answer is 0.",
                r"The client sends the plain add code with Software\Beta; the answer is 0.",
                r"The client sends this code with Software\Beta; the answer is 183.",
            ),
            ending=(
                r"The stored copy holds Port 1433 from Software\Wow6432Node\Acme, where 64-bit "
                "programs find that tree. Beta is refused: the views share one namespace."
            ),
        ),
        ambiguities=(
            AmbiguityID.A4,
            AmbiguityID.A6,
            AmbiguityID.A7,
            AmbiguityID.A8,
            AmbiguityID.A9,
            AmbiguityID.A10,
            AmbiguityID.A12,
            AmbiguityID.A14,
            AmbiguityID.A37,
            AmbiguityID.A38,
            AmbiguityID.A41,
            AmbiguityID.A43,
        ),
    ),
    Rule(
        id=RuleID.DELETE_REGISTRY,
        origin=Origin.CONTROL_CODE,
        title="Delete a registry checkpoint",
        sentence=(
            'Code 0x014000A6. "Removes a registry tree from the list of registry trees that are '
            'being replicated". Input: null-terminated Unicode path of the root, relative to '
            "HKEY_LOCAL_MACHINE, without a leading backslash. Returns ERROR_SUCCESS (0); "
            'ERROR_FILE_NOT_FOUND (2), "The specified key is not currently being checkpointed"; '
            "otherwise a system error code. Output is not used."
        ),
        source='MsCS "CLUSCTL_RESOURCE_DELETE_REGISTRY_CHECKPOINT"; [MS-CMRP] 3.1.4.3.1.22',
        grade=Grade.DOCUMENTED,
        meaning=(
            "Takes one root off the list of the resource; a root that is not on it is answered "
            "with 2. The registry keys themselves stay."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" with root Software\Acme is offline on node N1.',
                r"A client sends the code with Software\Acme; the answer is 0.",
                r"The client sends the code with Software\Acme again; the answer is 2.",
                r"An administrator on N1 sets Software\Acme\Port to 1500.",
                "The resource is brought online on N1.",
            ),
            ending="Port is 1500: without a checkpoint there is nothing to restore over the edit.",
        ),
        ambiguities=(
            AmbiguityID.A7,
            AmbiguityID.A8,
            AmbiguityID.A9,
            AmbiguityID.A11,
            AmbiguityID.A33,
            AmbiguityID.A37,
            AmbiguityID.A38,
        ),
    ),
    Rule(
        id=RuleID.GET_REGISTRY,
        origin=Origin.CONTROL_CODE,
        title="List the registry checkpoints",
        sentence=(
            "Code 0x010000A9. Input is not used. Output: an array of null-terminated Unicode "
            "strings, each a key that was added before, with an additional terminator after the "
            "last. Returns ERROR_SUCCESS (0) with the size written; ERROR_MORE_DATA (234) with "
            "the size required; otherwise a system error code. Remark: with no output buffer and "
            "size zero, ERROR_SUCCESS may be returned, not ERROR_MORE_DATA."
        ),
        source='MsCS "CLUSCTL_RESOURCE_GET_REGISTRY_CHECKPOINTS"; [MS-CMRP] 3.1.4.3.1.23',
        grade=Grade.DOCUMENTED,
        meaning=(
            "Lists the roots of the resource, in no promised order; a buffer that is too small is "
            "answered with 234 and the size it should have."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" on node N1 has one checkpoint, with root Software\Acme.',
                "A client sends the code with a buffer of 16 bytes.",
                "The answer is 234, and the size required is 30 bytes.",
                "The client sends the code with a buffer of 30 bytes; the answer is 0.",
            ),
            ending=(
                r"The buffer holds Software\Acme with its terminator and one terminator more: "
                "15 characters of two bytes each."
            ),
        ),
        ambiguities=(
            AmbiguityID.A9,
            AmbiguityID.A12,
            AmbiguityID.A15,
            AmbiguityID.A16,
            AmbiguityID.A17,
            AmbiguityID.A18,
            AmbiguityID.A37,
        ),
    ),
    Rule(
        id=RuleID.ADD_CRYPTO,
        origin=Origin.CONTROL_CODE,
        title="Add a crypto checkpoint",
        sentence=(
            'Code 0x014000AE. "Adds a cryptographic key container to the list of keys that are '
            'replicated for a resource." '
            r"Input: null-terminated Unicode string Type\Name\Key: "
            "decimal provider type, provider name (may be omitted), key container. "
            '"Only exportable, machine-level keysets can be used for cluster crypto checkpoints". '
            "Returns ERROR_SUCCESS (0); NTE_BAD_KEY (0x80090003), keys not exportable; "
            "NTE_BAD_KEYSET (0x80090016), no such container; otherwise a system error code. "
            "Output is not used."
        ),
        source='MsCS "CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT"; [MS-CMRP] 3.1.4.3.1.24',
        grade=Grade.DOCUMENTED,
        meaning=(
            "Puts a key container on the list of the resource, provided that it exists and its "
            "keys can be exported."
        ),
        example=WorkedExample(
            steps=(
                "Node N1 has the machine-level container AcmeKeys with exportable keys.",
                r'A client sends the code with 1\\AcmeKeys for "SQL Server (A)"; the answer is 0.',
                r"The client sends it with 1\\NoSuchKeys; the answer is 0x80090016.",
                r"The client sends it with a container of fixed keys; the answer is 0x80090003.",
            ),
            ending=(
                "Only AcmeKeys is on the list; the two adjacent backslashes leave the provider "
                "name out, so the default provider of type 1 is meant."
            ),
        ),
        ambiguities=(
            AmbiguityID.A19,
            AmbiguityID.A20,
            AmbiguityID.A21,
            AmbiguityID.A37,
            AmbiguityID.A38,
            AmbiguityID.A41,
            AmbiguityID.A43,
        ),
    ),
    Rule(
        id=RuleID.ADD_CRYPTO_EX,
        origin=Origin.CONTROL_CODE,
        title="Add a crypto checkpoint, extended",
        sentence=(
            'Code 0x014002D6. The text of the page is "TBD". Returns ERROR_SUCCESS (0); '
            "ERROR_MORE_DATA (234); otherwise a system error code."
        ),
        source='MsCS "CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT_EX" (Windows Server 2012 R2)',
        grade=Grade.DOCUMENTED,
        meaning=(
            "The code exists, and its input and effect are not published: every answer that the "
            "page lists is allowed, and none is required."
        ),
        example=WorkedExample(
            steps=(
                '"SQL Server (A)" is online on node N1.',
                r"A client sends the code with 1\\AcmeKeys.",
                "The answer is a system error code.",
            ),
            ending="The answer conforms, and so would 0 or 234: the page says nothing further.",
        ),
        ambiguities=(AmbiguityID.A43,),
    ),
    Rule(
        id=RuleID.DELETE_CRYPTO,
        origin=Origin.CONTROL_CODE,
        title="Delete a crypto checkpoint",
        sentence=(
            "Code 0x014000B2. Removes a key container from the list of those that are replicated "
            r"for a resource. Input: null-terminated Unicode string Type\Name\Key "
            '"of a key that was previously checkpointed". Returns ERROR_SUCCESS (0); otherwise a '
            "system error code. Output is not used."
        ),
        source='MsCS "CLUSCTL_RESOURCE_DELETE_CRYPTO_CHECKPOINT"; [MS-CMRP] 3.1.4.3.1.25',
        grade=Grade.DOCUMENTED,
        meaning=(
            "Takes a key container off the list of the resource. No code is published for a "
            "container that is not on it."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" on node N1 has the crypto checkpoint 1\\AcmeKeys.',
                r"A client sends the code with 1\\AcmeKeys; the answer is 0.",
                "The group moves to node N2, and the resource comes online there.",
            ),
            ending="N2 receives no key container, and AcmeKeys on N1 is as it was.",
        ),
        ambiguities=(
            AmbiguityID.A19,
            AmbiguityID.A20,
            AmbiguityID.A21,
            AmbiguityID.A37,
            AmbiguityID.A38,
            AmbiguityID.A43,
        ),
    ),
    Rule(
        id=RuleID.GET_CRYPTO,
        origin=Origin.CONTROL_CODE,
        title="List the crypto checkpoints",
        sentence=(
            "Code 0x010000B5. Input is not used. Output: an array of null-terminated Unicode "
            r"strings Type\Name\Key with an additional terminator after the last; the type is "
            "decimal and the provider name may be omitted. Returns ERROR_SUCCESS (0) with the "
            "size written; ERROR_MORE_DATA (234) with the size required; otherwise a system error "
            "code. Remark: with no output buffer and size zero, ERROR_SUCCESS may be returned, "
            "not ERROR_MORE_DATA."
        ),
        source='MsCS "CLUSCTL_RESOURCE_GET_CRYPTO_CHECKPOINTS"; [MS-CMRP] 3.1.4.3.1.26',
        grade=Grade.DOCUMENTED,
        meaning=(
            "Lists the key containers of the resource, in no promised order; a buffer that is too "
            "small is answered with 234 and the size required."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" on node N1 has the crypto checkpoint 1\\AcmeKeys.',
                "A client sends the code with a buffer of 16 bytes.",
                "The answer is 234, and the size required is 26 bytes.",
                "The client sends the code with a buffer of 26 bytes; the answer is 0.",
            ),
            ending=(
                r"The buffer holds 1\\AcmeKeys and two terminators: 13 characters of two bytes "
                "each."
            ),
        ),
        ambiguities=(
            AmbiguityID.A15,
            AmbiguityID.A16,
            AmbiguityID.A17,
            AmbiguityID.A18,
            AmbiguityID.A20,
            AmbiguityID.A37,
            AmbiguityID.A43,
        ),
    ),
    Rule(
        id=RuleID.TYPE_GET_REGISTRY,
        origin=Origin.CONTROL_CODE,
        title="Registry checkpoints of a resource type",
        sentence=(
            'Code 0x020000A9. Its own page says that it is "not supported" or "reserved for '
            'future use"; the page "Checkpointing" lists it among the codes that work with '
            "checkpoints."
        ),
        source=f'MsCS "CLUSCTL_RESOURCE_TYPE_GET_REGISTRY_CHECKPOINTS"; {PAGE_SOURCE}',
        grade=Grade.CONTESTED,
        meaning=(
            "A resource type has no checkpoints to list. No answer is published for the call, so "
            "only a list that names one is wrong."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" on node N1 has a checkpoint with root Software\Acme.',
                'A client sends the code for the resource type "SQL Server".',
                "The answer is an error.",
            ),
            ending=(
                "The error conforms. Which number it has is not published, so the client learns "
                "nothing from it but the failure."
            ),
        ),
    ),
    Rule(
        id=RuleID.TYPE_GET_CRYPTO,
        origin=Origin.CONTROL_CODE,
        title="Crypto checkpoints of a resource type",
        sentence=(
            'Code 0x020000B5. Its own page says that it is "not supported" or "reserved for '
            'future use"; the page "Checkpointing" lists it among the codes that work with '
            "checkpoints."
        ),
        source=f'MsCS "CLUSCTL_RESOURCE_TYPE_GET_CRYPTO_CHECKPOINTS"; {PAGE_SOURCE}',
        grade=Grade.CONTESTED,
        meaning=(
            "A resource type has no key containers to list. No answer is published for the call, "
            "so only a list that names one is wrong."
        ),
        example=WorkedExample(
            steps=(
                r'"SQL Server (A)" on node N1 has the crypto checkpoint 1\\AcmeKeys.',
                'A client sends the code for the resource type "SQL Server".',
                "The answer is an error.",
            ),
            ending=(
                "The error conforms. Which number it has is not published, so the client learns "
                "nothing from it but the failure."
            ),
        ),
    ),
)
"""The contracts, in the order of `RuleID`."""
