"""A tiny cluster tool, a version of it that forgets to capture, and a test of both."""

import pytest

from clusckpt.pytest_plugin.clusters import SmallCluster
from clusckpt.pytest_plugin.oracle import CheckpointOracle

ROOT = "Software\\Acme"
Values = dict[str, int]


class Tool:
    """Keeps one key of the registry on every node where its one resource comes online."""

    def __init__(self, nodes: tuple[str, ...], values: Values) -> None:
        """Begin with values on the first node, and a stored copy of them."""
        self.registry: dict[str, Values] = {node: {} for node in nodes}
        self.registry[nodes[0]] = dict(values)
        self.copy, self.owner, self.online = dict(values), nodes[0], False

    def bring_online(self) -> int:
        """Restore, then be online."""
        self.registry[self.owner], self.online = dict(self.copy), True
        return 0

    def write(self, name: str, value: int) -> int:
        """Set a value on the owner; it is captured if the resource is online."""
        self.registry[self.owner][name] = value
        if self.online:
            self.capture()
        return 0

    def capture(self) -> None:
        """Store a copy of what the owner has."""
        self.copy = dict(self.registry[self.owner])

    def move(self, node: str) -> int:
        """Move the group; the resource is online on the other node afterwards."""
        self.owner = node
        return self.bring_online()


class ForgetfulTool(Tool):
    """A version that leaves the capture out."""

    def capture(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize("version", [Tool, ForgetfulTool])
def test_values_follow_the_resource(
    version: type[Tool], checkpoint_cluster: SmallCluster, checkpoint_oracle: CheckpointOracle
) -> None:
    """What is written online is there after a move."""
    first, second = checkpoint_cluster.nodes
    tool, oracle = version((first, second), {"Port": 1}), checkpoint_oracle
    oracle.begin(checkpoint_cluster)
    oracle.saw("OnlineClusterResource", resource="SQL", returned=tool.bring_online())
    status = tool.write("Port", 2)
    oracle.saw("RegSetValueEx", node=first, key=ROOT, name="Port", value=2, returned=status)
    oracle.saw("CaptureDelayPasses")
    oracle.saw(
        "MoveClusterGroup",
        group="G",
        node=second,
        returned=tool.move(second),
        states={"SQL": "Online"},
        registry={second: {ROOT: {"Port": tool.registry[second]["Port"]}}},
    )
