r"""Key containers are read as `Type\Name\Key`, and all names of one container have one ID."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.containers import (
    DEFAULT_PROVIDERS,
    ContainerName,
    InvalidContainer,
    container_id,
    parse_container,
)
from clusckpt.names import fold
from clusckpt.start import crypto_checkpoint, initial_state
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster
from clusckpt_spec.formats.events import CryptGenKey
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header
from tests.drive import Driver

STRONG = "Microsoft Strong Cryptographic Provider"
types = st.sampled_from([*DEFAULT_PROVIDERS, 2, 75, 2**32 - 1])
parts = st.text(st.characters(exclude_characters="\\\0"), max_size=5)


@pytest.mark.rule("CKPT-ADD-CRYPTO")
@given(types, parts, st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=5))
def test_written_and_read(number: int, provider: str, key: str) -> None:
    """What is written from the parts is read as the parts, backslashes in the key included."""
    name = ContainerName(number, provider, key)

    assert parse_container(str(name)) == name
    assert name.canonical.canonical == name.canonical


@pytest.mark.rule("CKPT-ADD-CRYPTO")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        r"1\P",
        "1\\P\\",
        "1\\\\",
        r"PROV\P\K",
        r"-1\P\K",
        r"1 \P\K",
        r"²\P\K",
        r"\P\K",
        rf"{2**32}\P\K",
        "9" * 5000 + r"\P\K",
        "1\\P\\K\0",
    ],
    ids=range(13),
)
def test_other_strings_are_refused(text: str) -> None:
    r"""What is not `Type\Name\Key` with a decimal type of 32 bits is refused, and only itself."""
    with pytest.raises(InvalidContainer) as raised:
        parse_container(text)

    assert str(raised.value) == (
        f"{text!r} is not a key container: it must be Type\\Name\\Key with a decimal provider "
        "type of at most 4294967295; Name may be empty"
    )
    assert container_id(text) == fold(text)


def test_backslash_in_the_key() -> None:
    """Only the first two backslashes separate, or a third one is refused (A21)."""
    assert parse_container(r"1\P\K\L").key == r"K\L"
    with pytest.raises(InvalidContainer):
        parse_container(r"1\P\K\L", key_with_backslash=False)


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
@pytest.mark.parametrize("number", DEFAULT_PROVIDERS)
def test_default_provider(number: int) -> None:
    """A container is the same with the default provider named and left out, in any case."""
    named = rf"0{number}\{DEFAULT_PROVIDERS[number].upper()}\key"

    assert container_id(named) == container_id(rf"{number}\\Key")
    assert container_id(named) != container_id(rf"{number}\Another Provider\Key")


def test_no_documented_default() -> None:
    """Where no default is documented, a provider that is left out is none that is named."""
    assert container_id(r"75\\K") != container_id(rf"75\{STRONG}\K")


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
def test_two_checkpoints_of_one_container() -> None:
    """The two names are two names of checkpoints, compared as given (A20)."""
    one, other = crypto_checkpoint(r"1\\K"), crypto_checkpoint(rf"1\{STRONG}\K")

    assert one.name != other.name
    assert container_id(one.given) == container_id(other.given)


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
def test_keys_are_where_they_were_generated() -> None:
    """A node has one container under both names, generated or there from the start."""
    driver = Driver()
    driver.do(CryptGenKey("N1", rf"1\{STRONG}\K", "first"))
    driver.do(CryptGenKey("N1", r"1\\k", "second"))
    cluster = Cluster(CLUSTER_FORMAT, ("N1",), (), ())
    header = Header(TRACE_FORMAT, cluster, containers={"N1": {rf"1\{STRONG}\K": "second"}})

    containers = driver.state.nodes[fold("N1")].containers
    assert {name: one.keys for name, one in containers.items()} == {container_id(r"1\\K"): "second"}
    assert initial_state(header).nodes[fold("N1")].containers == containers
