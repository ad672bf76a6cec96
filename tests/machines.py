"""Stateful tests: the model followed by its observer, and the model beside the transition system.

Both machines end, when something is wrong, with a program of events that can be replayed. Every
draw is a small number or a name, so that Hypothesis shrinks a program to what matters.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar, get_args

from hypothesis import Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from clusckpt.names import FoldedPath, fold, join_path
from clusckpt.properties import Run, Violation
from clusckpt.rules import Rulebook
from clusckpt.state import RESTING, Checkpoint, ClusterState, Quorum
from clusckpt.steps import internal_events, step
from clusckpt_proofs.agreement import Carrier, explained
from clusckpt_proofs.agreement.abstraction import Abstraction
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.values import WrittenValue
from tests import strategies
from tests.strategies import NODES, choices, picks

Item = TypeVar("Item")

ADDS = (
    ControlCode.ADD_REGISTRY_CHECKPOINT,
    ControlCode.ADD_REGISTRY_CHECKPOINT_64BIT,
    ControlCode.ADD_REGISTRY_CHECKPOINT_32BIT,
)
CRYPTO_ADDS = (ControlCode.ADD_CRYPTO_CHECKPOINT, ControlCode.ADD_CRYPTO_CHECKPOINT_EX)

adds = st.sampled_from((ADDS[0], *ADDS))
crypto_adds = st.sampled_from((CRYPTO_ADDS[0], *CRYPTO_ADDS))

below = st.sampled_from(["", "\\B", "\\x"])
"""Where a write strikes, seen from a root."""

either = st.sampled_from([True, False])
hindrances = st.sampled_from(["open", "open", "close", "deny", "allow"])
slashes = st.sampled_from(["", "", "", "\\"])

Request = (
    events.OnlineClusterResource
    | events.BringOnline
    | events.DllOnline
    | events.DeleteClusterResource
)

Stop = (
    events.OfflineClusterResource
    | events.FailClusterResource
    | events.DllTerminate
    | events.DllOffline
)

stops: st.SearchStrategy[tuple[type[Stop], ...]] = st.sampled_from(
    [
        (events.OfflineClusterResource,),
        (events.FailClusterResource,),
        (events.FailClusterResource, events.OfflineClusterResource),
        (events.OfflineClusterResource, events.DllTerminate),
        (events.OfflineClusterResource, events.DllOffline),
    ]
)

requests: st.SearchStrategy[type[Request]] = st.sampled_from(get_args(Request))


EVENTS_OF: dict[str, tuple[type[AnyEvent], ...]] = {
    "write": get_args(events.RegistryWrite),
    "delete_tree": (events.RegDeleteTree,),
    "add_checkpoint": (events.ClusterResourceControl,),
    "remove_checkpoint": (events.ClusterResourceControl,),
    "begin_online": (events.OnlineClusterResource,),
    "restore": (events.RestoreCheckpoint,),
    "complete_online": (events.DllOnline,),
    "begin_offline": (events.OfflineClusterResource,),
    "save": (events.CaptureCheckpoint,),
    "complete_offline": (events.DllOffline,),
    "terminate": (events.DllTerminate,),
    "capture": (events.CaptureCheckpoint,),
    "block": (events.RegOpenKeyEx,),
    "unblock": (events.RegCloseKey,),
    "fail_restore": (events.RestoreCheckpoint,),
    "miss_copy": (events.RestoreCheckpoint,),
    "lose_copy": (events.LoseStoredCopy,),
    "recreate": (events.RecreateCheckpoints,),
    "create": (events.CreateClusterResource,),
    "fail": (events.FailClusterResource,),
    "delete": (events.DeleteClusterResource,),
    "move": (events.MoveClusterGroup,),
    "failover": (events.FailoverClusterGroup,),
    "crash": (events.NodeCrash,),
    "join": (events.NodeJoin,),
    "backup": (events.BackupClusterDatabase,),
    "restore_database": (events.RestoreClusterDatabase,),
}
"""The events of the model that each action of the transition system may stand for."""


def bounded(examples: int, steps: int, *, explain: bool = False) -> settings:
    """Settings for so many runs of so many steps; the same runs every time."""
    phases = [Phase.explicit, Phase.generate, Phase.shrink] + [Phase.explain] * explain
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=True,
        database=None,
        deadline=None,
        print_blob=True,
        report_multiple_bugs=False,
        phases=phases,
    )


class RuleBroken(Exception):
    """A run broke a rule; the message has the rule, what was wrong, and the program."""

    def __init__(self, violation: Violation, begun: Run, run: Run) -> None:
        """Take the violation, the run before its first event, and the run that ends with it."""
        reading = run.chronicle.reading.name
        program = f"program, judged by {reading}:\n{run}"
        super().__init__(f"{violation.rule}\n{violation.message}\n{program}")
        self.violation, self.begun, self.run = violation, begun, run


class ModelMachine(RuleBasedStateMachine):
    """A run of a model, faultless or not, through every kind of event; each step is judged."""

    def __init__(self, begin: Callable[[ClusterState], Run]) -> None:
        """Take what starts a run in a state."""
        super().__init__()
        self.begin = begin

    @initialize(state=strategies.start_states(), first=strategies.first_checkpoints)
    def start(self, state: ClusterState, first: list[tuple[int, str, bool]]) -> None:
        """Start with some cluster, whose resources may have checkpoints and be online already.

        Resources that are deleted later can still be asked for.
        """
        self.run = self.begun = self.begin(state)
        self.nodes = [node.name for _, node in sorted(state.nodes.items())]
        self.groups = [group.name for _, group in sorted(state.groups.items())]
        self.resources = [one.name for _, one in sorted(state.resources.items())]
        for resource, given, online in first:
            if given in strategies.CONTAINERS:
                self.add_container(resource, given)
            else:
                self.add_root(resource, given)
            if online:
                self.bring_online(resource, 0)

    @rule(resource=picks, key=strategies.keys, code=adds, before=slashes)
    def add_root(
        self, resource: int, key: str, code: ControlCode = ADDS[0], before: str = ""
    ) -> None:
        """A resource is to get a root that its owner has, in one of the views."""
        name = _pick(self._resources(), resource)
        self._happens(events.RegSetValueEx(self._owner(name), key, "v", "first"))
        self._happens(events.ClusterResourceControl(name, code.value, before + key))

    @rule(resource=picks, choice=choices)
    def bring_online(self, resource: int, choice: int) -> None:
        """A resource is asked to come online."""
        self._happens(events.OnlineClusterResource(_pick(self._resources(), resource)), choice)

    @rule()
    def bring_all_online(self) -> None:
        """Every resource is asked to come online."""
        for name in self._resources():
            self._happens(events.OnlineClusterResource(name))

    @rule(root=picks, below=below, value=strategies.values, waits=either)
    def set_value_under_a_root(
        self, root: int, below: str, value: WrittenValue, *, waits: bool
    ) -> None:
        """Somebody sets a value under a root, on the owner of its resource; time may pass then."""
        if roots := self._roots():
            name, entry = _pick(roots, root)
            key = join_path(entry.root) + below
            self._happens(events.RegSetValueEx(self._owner(name), key, "v", value))
            if waits:
                self._happens(events.CaptureDelayPasses())

    @rule(root=picks, below=st.sampled_from(["", "", "\\B"]), waits=either)
    def delete_under_a_root(self, root: int, below: str, *, waits: bool) -> None:
        """Somebody deletes a root, or a tree under it, on the owner; time may pass then."""
        if roots := self._roots():
            name, entry = _pick(roots, root)
            key = join_path(entry.root) + below
            self._happens(events.RegDeleteTree(self._owner(name), key))
            if waits:
                self._happens(events.CaptureDelayPasses())

    @rule(chosen=st.lists(choices, min_size=1, max_size=4))
    def serve(self, chosen: list[int]) -> None:
        """The cluster service does some of the things that it may do by itself."""
        for choice in chosen:
            possible = list(internal_events(self.run.state, self.run.rules))
            if possible:
                self._happens(_pick(possible, choice))

    @rule(group=picks, node=st.none() | picks, choice=choices)
    def move(self, group: int, node: int | None, choice: int) -> None:
        """A group is moved to a node, or to any."""
        target = None if node is None else _pick(self.nodes, node)
        self._happens(events.MoveClusterGroup(_pick(self.groups, group), target), choice)

    @rule(resource=picks, how=stops, choice=choices, changed=either)
    def stop(
        self, resource: int, how: tuple[type[Stop], ...], choice: int, *, changed: bool
    ) -> None:
        """A resource fails or is asked to go offline, perhaps just after its trees changed."""
        name = _pick(self._resources(), resource)
        for owner, entry in self._roots() if changed else ():
            if owner == name:
                key = join_path(entry.root)
                self._happens(events.RegSetValueEx(self._owner(name), key, "v", "last"))
        for request in how:
            self._happens(request(name), choice)

    @rule(request=requests, resource=picks, choice=choices)
    def ask(self, request: type[Request], resource: int, choice: int) -> None:
        """Something is asked of a resource."""
        self._happens(request(_pick(self._resources(), resource)), choice)

    @rule(resource=picks, container=strategies.containers, exportable=either, code=crypto_adds)
    def add_container(
        self,
        resource: int,
        container: str,
        *,
        exportable: bool = True,
        code: ControlCode = CRYPTO_ADDS[0],
    ) -> None:
        """A resource is to get a container that its owner has; its keys may be fixed."""
        name = _pick(self._resources(), resource)
        self._happens(events.CryptGenKey(self._owner(name), container, "first", exportable))
        self._happens(events.ClusterResourceControl(name, code.value, container))

    @rule(container=picks, held=st.sampled_from(["other", "third"]), restart=either)
    def generate_keys(self, container: int, held: str, *, restart: bool) -> None:
        """Somebody generates other keys in a container that has a checkpoint, on its owner."""
        listed = [(name, entry.given) for name, entry in self._checkpoints() if not entry.root]
        if listed:
            name, given = _pick(listed, container)
            self._happens(events.CryptGenKey(self._owner(name), given, held))
            if restart:
                self._happens(events.OfflineClusterResource(name))
                self._happens(events.OnlineClusterResource(name))

    @rule(write=strategies.writes(NODES[:2]))
    def write(self, write: events.RegistryWrite) -> None:
        """Somebody creates or deletes a key, or sets or deletes a value, on some node."""
        self._happens(write)

    @rule(code=st.sampled_from(ControlCode), resource=picks, given=strategies.control_inputs)
    def control(self, code: ControlCode, resource: int, given: str) -> None:
        """A control code is sent with some input, fitting or not."""
        name = _pick(self.resources, resource)
        self._happens(events.ClusterResourceControl(name, code.value, given))

    @rule(code=st.integers(0, 5), entry=picks)
    def control_listed(self, code: int, entry: int) -> None:
        """A control code is sent with the name of a checkpoint of its kind that is listed."""
        if entries := self._checkpoints():
            name, listed = _pick(entries, entry)
            fitting = [
                one for one in ControlCode if ("CRYPTO" in one.name) is not bool(listed.root)
            ]
            chosen = _pick(fitting, code)
            self._happens(events.ClusterResourceControl(name, chosen.value, listed.given))

    @rule(node=picks, restart=st.sampled_from([True, True, False]))
    def crash_or_join(self, node: int, *, restart: bool) -> None:
        """The nodes that are down take part again; if none is, one stops, perhaps to restart."""
        if not self._join():
            self._happens(events.NodeCrash(_pick(self.nodes, node)))
            if restart:
                self._join()

    @rule(entry=picks, below=below, how=hindrances, tried=either)
    def hinder(self, entry: int, below: str, how: str, *, tried: bool) -> None:
        """Something on the owner comes to keep a checkpoint from being restored, or ceases to.

        Perhaps its resource is then restarted after its tree has changed while it had failed.
        """
        if entries := self._checkpoints():
            name, listed = _pick(entries, entry)
            node, free = self._owner(name), how in ("close", "allow")
            key = join_path(listed.root) + below
            if not listed.root:
                self._happens(events.CryptSetProvParam(node, listed.given, writable=free))
            elif how in ("open", "close"):
                kind = events.RegCloseKey if free else events.RegOpenKeyEx
                self._happens(kind(node, key))
            else:
                self._happens(events.RegSetKeySecurity(node, key, writable=free))
            if tried:
                self._happens(events.FailClusterResource(name))
                if listed.root:
                    root = join_path(listed.root)
                    self._happens(events.RegSetValueEx(node, root, "v", "tried"))
                self._happens(events.OnlineClusterResource(name))

    @rule(entry=picks, how=st.sampled_from(["lose", "recreate", "wait", "full", "lost", "back"]))
    def disturb_the_quorum(self, entry: int, how: str) -> None:
        """Copies are lost or made anew, time passes, or the quorum is full, lost, or back."""
        entries = self._checkpoints()
        if how == "wait":
            self._happens(events.CaptureDelayPasses())
        elif how in ("full", "lost") and self.run.state.quorum is Quorum.ONLINE:
            self._happens(events.QuorumChange("full" if how == "full" else "lost"))
        elif how in ("full", "lost", "back"):
            self._happens(events.QuorumChange("online"))
            self._join()
        elif entries and how == "lose":
            name, listed = _pick(entries, entry)
            self._happens(events.LoseStoredCopy(name, listed.given))
        elif how == "recreate":
            self._happens(events.RecreateCheckpoints(_pick(self._resources(), entry)))

    @rule(resource=picks, group=picks, again=either)
    def create(self, resource: int, group: int, *, again: bool) -> None:
        """A resource is created, perhaps under the name of one that is deleted for it."""
        name = _pick(self._resources(), resource)
        if again:
            self._happens(events.DeleteClusterResource(name))
            self._happens(events.DropStoredCopies(name))
        self._happens(events.CreateClusterResource(name, _pick(self.groups, group)))

    @rule(node=picks, how=st.sampled_from(["back up", "restore", "restore alone"]))
    def database(self, node: int, how: str) -> None:
        """The database is backed up, or restored, perhaps after all other nodes stopped."""
        name = _pick(self.nodes, node)
        if how == "back up":
            self._happens(events.BackupClusterDatabase("D:\\B"))
            return
        for other in self.nodes if how == "restore alone" else ():
            if other != name:
                self._happens(events.NodeCrash(other))
        self._happens(events.RestoreClusterDatabase("d:\\b", name))
        if how == "restore alone":
            self._join()

    def _happens(self, event: AnyEvent, choice: int = 0) -> None:
        """Let an event happen with one of its outcomes, if it can happen here, and judge it."""
        outcomes = self.run.outcomes(event)
        if outcomes:
            outcome = outcomes[choice % len(outcomes)]
            violation = next(self.run.violations(event, outcome), None)
            self.run = self.run.then(event, outcome, choice % len(outcomes))
            if violation is not None:
                raise RuleBroken(violation, self.begun, self.run)

    def _owner(self, resource: str) -> str:
        """The node that owns a resource, or some node if the resource is gone."""
        state = self.run.state
        there = fold(resource) in state.resources
        return state.nodes[state.owner_of(fold(resource))].name if there else self.nodes[0]

    def _resources(self) -> list[str]:
        """The resources, those with checkpoints first."""
        there = {resource.name: resource for resource in self.run.state.resources.values()}
        return sorted(
            self.resources,
            key=lambda name: (name not in there or not there[name].checkpoints, name),
        )

    def _join(self) -> bool:
        """Let all nodes that are down take part again; false if there is none."""
        down = [name for name in self.nodes if not self.run.state.nodes[fold(name)].up]
        for name in down:
            self._happens(events.NodeJoin(name))
        return bool(down)

    def _checkpoints(self) -> list[tuple[str, Checkpoint]]:
        """Every checkpoint with the name of its resource."""
        return [
            (resource.name, resource.checkpoints[entry])
            for _, resource in sorted(self.run.state.resources.items())
            for entry in sorted(resource.checkpoints)
        ]

    def _roots(self) -> list[tuple[str, Checkpoint]]:
        """Every root with the name of its resource."""
        return [(name, entry) for name, entry in self._checkpoints() if entry.root]


class AgreementMachine(RuleBasedStateMachine):
    """The model and the transition system side by side, on a carrier too large to exhaust."""

    def __init__(self, carrier: Carrier, rulebook: Rulebook) -> None:
        """Start both at the carrier's start; the rulebook is that of the model."""
        super().__init__()
        self.carrier, self.rulebook, self.abstraction = carrier, rulebook, Abstraction(carrier)
        self.state = carrier.start

    @rule(event=st.integers(0, 10_000), choice=choices)
    def model_moves(self, event: int, choice: int) -> None:
        """Whatever the model allows, the system does."""
        happened = _pick(self.carrier.events, event)
        outcomes = sorted(step(self.state, happened, self.rulebook), key=lambda one: one.status)
        for outcome in outcomes:
            after, reason = explained(self.abstraction, self.state, outcome)

            assert reason == "", f"{happened}: {reason}, in {after}"
        if outcomes:
            self.state = _pick(outcomes, choice).state

    @rule(number=st.integers(0, 10_000))
    def system_moves(self, number: int) -> None:
        """Whatever the system does, some event of the model does.

        The system knows no persistent states, so the model may have whichever it needs for that;
        nor does it know why a key is blocked, and only open handles are gone after a crash.
        On some carriers it allows more than the model does, and nothing is asked there.
        """
        if self.carrier.only_forward:
            return
        before = self.abstraction.state(self.state)
        instance, after = _pick(list(self.carrier.program.steps(before)), number)
        kinds = EVENTS_OF[instance[0]]
        for state in (self.state, *_alike(self.state)):
            for event in self.carrier.events:
                for outcome in (
                    step(state, event, self.rulebook) if isinstance(event, kinds) else ()
                ):
                    if self.abstraction.state(outcome.state) == after:
                        self.state = outcome.state
                        return

        message = f"the model has no event for {instance} in {before}"
        raise AssertionError(message)


def check_model(
    begin: Callable[[ClusterState], Run], how: settings, first: int | None = None
) -> None:
    """Run the model machine on what starts a run; raises RuleBroken at the first violation.

    `first` is the seed of other runs than the settings make.
    """

    class Machine(ModelMachine):
        def __init__(self) -> None:
            super().__init__(begin)

    _run(Machine, how, first)


def check_agreement(
    carrier: Carrier, how: settings, rulebook: Rulebook | None = None, first: int | None = None
) -> None:
    """Run the agreement machine on a carrier, by its own rulebook or by another."""

    class Machine(AgreementMachine):
        def __init__(self) -> None:
            super().__init__(carrier, rulebook or carrier.rules)

    _run(Machine, how, first)


def _run(machine: type[RuleBasedStateMachine], how: settings, first: int | None) -> None:
    if first is not None:
        seed(first)(machine)
    run_state_machine_as_test(machine, settings=how)


def _unwanted(state: ClusterState) -> ClusterState:
    """The same state, except that no resource at rest is to come online by itself."""
    for name, resource in state.resources.items():
        if resource.state in RESTING:
            state = state.with_resource(name, replace(resource, persistent_online=False))
    return state


def _alike(state: ClusterState) -> Iterator[ClusterState]:
    """States that the system does not tell apart: keys are blocked for another reason in them."""
    yield _unwanted(state)
    for is_open in (True, False):
        alike, none = state, frozenset[FoldedPath]()
        for name, node in state.nodes.items():
            both = node.denied | node.opened
            blocked = replace(
                node, opened=both if is_open else none, denied=none if is_open else both
            )
            alike = alike.with_node(name, blocked)
        yield alike


def _pick(items: Sequence[Item], choice: int) -> Item:
    return items[choice % len(items)]
