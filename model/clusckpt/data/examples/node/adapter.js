// A cluster in one process, by the page "Checkpointing" to the letter: capture is part of a change.
// It shows how little an adapter of clusckpt-adapter/1 needs; Node.js 20 or later, no packages:
//   clusckpt conform --reading mscs-page -- node adapter.js
// Refused: other calls, dependencies, key containers, other views, input as bytes, hHostNode.
"use strict";
let nodes, owners, resources; // maps by folded name; a registry maps folded keys to their values

// Names are compared without case, character by character.
const upper = (c) => ([...c.toUpperCase()].length === 1 ? c.toUpperCase() : c);
const fold = (name) => [...name].map(upper).join("");
const isKey = (key) => key.split("\\").every((part) => part.length > 0 && part.length < 256);
const under = (root, key) => key === root || key.startsWith(`${root}\\`);

// Registry trees.
function create(keys, key) {
  const above = key.lastIndexOf("\\");
  if (above > 0) create(keys, key.slice(0, above));
  return keys.get(key) ?? keys.set(key, new Map()).get(key);
}
const tree = (keys, root) =>
  [...keys].filter(([key]) => under(root, key)).map(([key, values]) => [key, new Map(values)]);
const drop = (keys, root) => tree(keys, root).forEach(([key]) => keys.delete(key));

// The rules of the page.
const ownerOf = (resource) => owners.get(resource.group);
const registryOf = (resource) => nodes.get(ownerOf(resource)).keys;
function capture(resource, root) {
  const copy = tree(registryOf(resource), root);
  if (copy.length > 0) resource.copies.set(root, copy); // without its root, the good copy stays
}
function changed(keys, key) {
  for (const resource of resources.values()) {
    if (resource.state !== "Online" || registryOf(resource) !== keys) continue;
    for (const root of resource.copies.keys()) if (under(root, key)) capture(resource, root);
  }
  return 0;
}
function bringOnline(resource) {
  if (!resource.hosts.includes(ownerOf(resource))) return 5071; // it cannot host the resource
  if (resource.state === "Online") return 0;
  const keys = registryOf(resource);
  for (const [root, copy] of resource.copies) {
    if (copy.length === 0) continue;
    drop(keys, root), create(keys, root);
    copy.forEach(([key, values]) => keys.set(key, new Map(values)));
    copy.forEach(([key]) => changed(keys, key)); // other resources may watch these keys
  }
  resource.state = "Online";
  return 0;
}

// The calls; each answers a status.
const CALLS = {
  RegSetValueEx({ node, key, name, value }) {
    if (!isKey(key)) return 87; // ERROR_INVALID_PARAMETER
    const { keys } = nodes.get(fold(node));
    create(keys, fold(key)).set(fold(name), value);
    return changed(keys, fold(key));
  },
  ClusterResourceControl({ resource, code, input, access }) {
    const is = (name, number) => code === `CLUSCTL_RESOURCE_${name}` || code === number;
    const adds = is("ADD_REGISTRY_CHECKPOINT", 0x014000a2);
    const deletes = is("DELETE_REGISTRY_CHECKPOINT", 0x014000a6);
    if (!adds && !deletes) throw new Error(`${code} is not supported`);
    const one = known(resource), root = fold(input ?? "");
    if (access === "Read") return 5; // ERROR_ACCESS_DENIED
    if (!isKey(root) || /^(HKLM|HKEY_LOCAL_MACHINE)(\\|$)/.test(root)) return 87;
    if (deletes) return one.copies.delete(root) ? 0 : 2;
    if (one.copies.has(root)) return 183; // ERROR_ALREADY_EXISTS
    capture(one, root);
    return one.copies.has(root) ? 0 : 2;
  },
  OnlineClusterResource: ({ resource }) =>
    bringOnline(Object.assign(known(resource), { wanted: true })),
  OfflineClusterResource: ({ resource }) =>
    Object.assign(known(resource), { wanted: false, state: "Offline" }) && 0,
  MoveClusterGroup({ group, node }) {
    const owner = owners.get(fold(group)), all = membersOf(fold(group));
    if (owner === undefined || fold(node ?? "") === owner) return owner ? 0 : 5013; // not found
    const others = node ? [fold(node)] : [...nodes.keys()].filter((n) => n !== owner);
    const to = others.find((n) => all.every((one) => one.hosts.includes(n)));
    if (to === undefined) return 5071;
    for (const one of all) one.state = "Offline";
    owners.set(fold(group), to);
    all.filter((one) => one.wanted).forEach(bringOnline);
    return 0;
  },
};
const membersOf = (group) => [...resources.values()].filter((one) => one.group === group);
function known(name) {
  if (resources.has(fold(name))) return resources.get(fold(name));
  throw Object.assign(new Error(), { status: 5007 }); // ERROR_RESOURCE_NOT_FOUND
}

// The protocol.
const CAPABILITIES = {
  protocol: "clusckpt-adapter/1", implementation: { name: "node" },
  calls: Object.keys(CALLS), observes: ["states", "owners", "registry"],
};
function check(one) { // a call or a resource asks for nothing that is not here
  const { dependencies = [], crypto_checkpoints: crypto = [], view = "native" } = one;
  const asks = dependencies.length + crypto.length > 0 || one.host_node || "input_bytes" in one;
  if (asks || view !== "native") throw new Error("not supported; see the head of adapter.js");
  return one;
}
const picked = (names, of) => Object.fromEntries(names.map((name) => [name, of(name)]));
const METHODS = {
  initialize: () => CAPABILITIES, shutdown: () => void process.stdin.destroy(),
  reset({ cluster, registry = {} }) {
    cluster.resources.flatMap((one) => [one, ...(one.registry_checkpoints ?? [])]).forEach(check);
    const all = cluster.nodes.map(fold);
    nodes = new Map(cluster.nodes.map((name) => [fold(name), { name, keys: new Map() }]));
    owners = new Map(cluster.groups.map((one) => [fold(one.name), fold(one.owner ?? all[0])]));
    resources = new Map(cluster.resources.map((one) => [fold(one.name), {
      group: fold(one.group), hosts: one.possible_owners?.map(fold) ?? all, state: "Offline",
      copies: new Map((one.registry_checkpoints ?? []).map(({ key }) => [fold(key), []])),
    }]));
    for (const [node, keys] of Object.entries(registry)) {
      for (const [key, values] of Object.entries(keys)) {
        const there = create(nodes.get(fold(node)).keys, fold(key));
        for (const [name, value] of Object.entries(values)) there.set(fold(name), value);
      }
    }
    for (const one of resources.values()) for (const root of one.copies.keys()) capture(one, root);
  },
  observe({ states = [], owners: groups = [], registry = {} }) {
    const seen = (values, names) => values && picked(names, (n) => values.get(fold(n)) ?? null);
    return {
      states: picked(states.filter((n) => resources.has(fold(n))), (n) => known(n).state),
      owners: picked(groups, (group) => nodes.get(owners.get(fold(group))).name),
      registry: picked(Object.keys(registry), (node) => picked(Object.keys(registry[node]), (key) =>
        seen(nodes.get(fold(node)).keys.get(fold(key)), registry[node][key]) ?? null)),
    };
  },
};
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params = {} } = JSON.parse(line), answer = { jsonrpc: "2.0", id };
  try {
    if (method in METHODS) answer.result = METHODS[method](params) ?? null;
    else answer.result = { returned: CALLS[method](check(params)) };
  } catch (error) {
    if (error.status) answer.result = { returned: error.status };
    else answer.error = { code: -32602, message: error.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
