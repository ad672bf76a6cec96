r"""Key containers: how `Type\Name\Key` is read, and which names denote one container.

The provider name may be left out: `1\\MyKey` is in the default provider of type 1
(MsCS/clusctl-resource-add-crypto-checkpoint). With a documented default that makes two names of
one container on a node. They remain two names of checkpoints where strings are compared as given
(A20), because only the containers are the same. A machine can be given another default
(CryptSetProvider); the model takes every node to have the documented one.
"""

from dataclasses import dataclass

from clusckpt.names import SEPARATOR, Folded, fold

MOST_PROVIDER_TYPE = 2**32 - 1
"""A provider type is a number of 32 bits."""

DEFAULT_PROVIDERS = {
    1: "Microsoft Strong Cryptographic Provider",
    3: "Microsoft Base DSS Cryptographic Provider",
    12: "Microsoft RSA SChannel Cryptographic Provider",
    13: "Microsoft Enhanced DSS and Diffie-Hellman Cryptographic Provider",
    18: "Microsoft DH SChannel Cryptographic Provider",
    24: "Microsoft Enhanced RSA and AES Cryptographic Provider",
}
"""The default provider of the types PROV_RSA_FULL, DSS, RSA_SCHANNEL, DSS_DH, DH_SCHANNEL, RSA_AES.

Source: win32 SecCrypto, "Microsoft Cryptographic Service Providers" and the pages of the single
providers. For type 1 the page of the provider says that it is the default; for 13 Microsoft has
two providers, and the default of current systems is taken; for the others it has only one.
"""


class InvalidContainer(ValueError):
    r"""A string that is not `Type\Name\Key`."""


@dataclass(frozen=True, slots=True)
class ContainerName:
    """A key container by its provider type, its provider (empty: the default) and its name."""

    type: int
    provider: str
    key: str

    @property
    def canonical(self) -> "ContainerName":
        """The shortest name of the container: a default provider is left out, as it may be."""
        default = DEFAULT_PROVIDERS.get(self.type)
        if default is None or fold(self.provider) != fold(default):
            return self
        return ContainerName(self.type, "", self.key)

    def __str__(self) -> str:
        return SEPARATOR.join((str(self.type), self.provider, self.key))


def parse_container(given: str, *, key_with_backslash: bool = True) -> ContainerName:
    r"""Read `Type\Name\Key`.

    Args:
        given: the string, with a decimal type and perhaps without a provider name.
        key_with_backslash: the choice for A21: only the first two backslashes separate, so that
            the key can hold more of them; otherwise such a string is refused.

    Raises:
        InvalidContainer: for anything else (CKPT-ADD-CRYPTO).

    >>> parse_container(r"1\\MyKey")
    ContainerName(type=1, provider='', key='MyKey')
    """
    number, _, rest = given.partition(SEPARATOR)
    provider, _, key = rest.partition(SEPARATOR)
    allowed = key_with_backslash or SEPARATOR not in key
    if not key or "\0" in given or not allowed or not _is_provider_type(number):
        message = (
            f"{given!r} is not a key container: it must be Type\\Name\\Key with a decimal "
            f"provider type of at most {MOST_PROVIDER_TYPE}; Name may be empty"
        )
        raise InvalidContainer(message)
    return ContainerName(int(number), provider, key)


def container_id(given: str) -> Folded:
    r"""What identifies the container that a string denotes; equal for all names of one container.

    A string that is no `Type\Name\Key` denotes nothing, and stands for itself alone.

    >>> print(container_id(r"1\Microsoft Strong Cryptographic Provider\MyKey"))
    1\\MYKEY
    """
    try:
        return fold(str(parse_container(given).canonical))
    except InvalidContainer:
        return fold(given)


def _is_provider_type(number: str) -> bool:
    digits = number.isascii() and number.isdigit()
    shortest = number.lstrip("0") or "0"
    return (
        digits
        and len(shortest) <= len(str(MOST_PROVIDER_TYPE))
        and int(shortest) <= MOST_PROVIDER_TYPE
    )
