"""Who takes part: the nodes that are up, their processes, and the directories of one cluster."""

import shutil
import time
from pathlib import Path
from typing import Any

from . import requests, start
from .members import NodeProcess, Pool
from .names import fold
from .quorum import Quorum
from .registry import Registry
from .rules import Host
from .timer import Timer


class Membership:
    """The nodes of one cluster, by folded name; a node that is down has its registry on disk."""

    def __init__(
        self, directory: Path, parameters: dict[str, Any], pool: Pool, delay: float
    ) -> None:
        """Set a cluster up in a new directory, from the parameters of `reset`; all nodes are up.

        Raises:
            KeyError, TypeError, ValueError: the parameters are not what the protocol says.
        """
        database = start.database_of(parameters["cluster"])
        self.directory, self._delay, self._pool = directory, delay, pool
        self.nodes: dict[str, str] = {fold(node): node for node in parameters["cluster"]["nodes"]}
        self.quorum = start.prepared(directory / "quorum", database)
        self.up: dict[str, NodeProcess] = {}
        trees = start.written_registries(parameters.get("registry", {}), database["nodes"])
        for node in self.nodes:
            self._begin(node, trees[node])
        files = {node: self._registry_file(node) for node in self.nodes}
        start.first_copies(database, self.quorum, files)

    def join(self, node: str) -> None:
        """A node that was down begins again, with the registry that it has."""
        self._begin(node, None)

    def kill(self, node: str) -> None:
        """The process of a node is ended with SIGKILL."""
        self.up.pop(node).kill()

    def leave(self) -> None:
        """The cluster ends: its processes rest, its directory is removed."""
        while self.up:
            self._pool.give_back(self.up.popitem()[1])
        shutil.rmtree(self.directory)

    def change_registry(self, node: str, request: dict[str, Any]) -> int:
        """A registry call on a node; while its service is down, nobody watches."""
        if node in self.up:
            return int(self.up[node].ask("write", **request))
        return requests.change_registry(self._unattended(node), request)

    def look(self, node: str, keys: dict[str, list[str]]) -> dict[str, Any]:
        """What the registry of a node has for keys and values; its service need not be up."""
        if node in self.up:
            seen: dict[str, Any] = self.up[node].ask("look", keys=keys)
            return seen
        return requests.look(self._unattended(node), {"keys": keys})

    def wait_for_timers(self) -> None:
        """Wait until every timer that is started has run once."""
        for process in self.up.values():
            before = now = process.ask("timer")
            while now["seconds"] is not None and now["runs"] == before["runs"]:
                time.sleep(now["seconds"])
                now = process.ask("timer")

    def _begin(self, node: str, registry: dict[str, Any] | None) -> None:
        process = self._pool.take()
        self.up[node] = process
        process.ask(
            "start",
            name=node,
            registry=registry,
            registry_file=str(self._registry_file(node)),
            quorum=str(self.directory / "quorum"),
            delay=self._delay,
        )

    def _registry_file(self, node: str) -> Path:
        return self.directory / f"node{list(self.nodes).index(node)}.json"

    def _unattended(self, node: str) -> Host:
        file = self._registry_file(node)
        timer = Timer(self._delay, time.monotonic)
        return Host(node, Registry(file), Quorum(self.directory), timer, file.with_suffix(".log"))
