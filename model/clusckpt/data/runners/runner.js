// Runs a file of clusckpt-vectors/1 against an adapter that speaks clusckpt-adapter/1.
// Usage: node runner.js VECTORS.json READING COMMAND [ARGUMENT...]      (status 1: a case fails)
"use strict";
const { readFileSync } = require("fs");
const { spawn } = require("child_process");
const { createInterface } = require("readline");

const [path, reading, command, ...args] = process.argv.slice(2);
const file = JSON.parse(readFileSync(path, "utf8"));
const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
let asked = 0;

async function ask(method, params) {
  const request = { jsonrpc: "2.0", id: ++asked, method, params };
  child.stdin.write(JSON.stringify(request) + "\n");
  const { value, done } = await lines.next();
  if (done) throw new Error(`the adapter ended at ${method}`);
  const response = JSON.parse(value);
  return "error" in response ? { refused: response.error.message } : { result: response.result };
}

// What was seen is right where it is the same; what was not looked at is not held against anyone.
function agrees(seen, allowed) {
  if (typeof seen !== "object" || typeof allowed !== "object" || !seen || !allowed) return seen === allowed;
  if (Array.isArray(seen)) return JSON.stringify(seen) === JSON.stringify(allowed);
  return Object.keys(seen).every((key) => key in allowed && agrees(seen[key], allowed[key]));
}

function returnedAs(returned, allowed) {
  if (returned === null || returned === undefined) return true;
  const status = (typeof returned === "string" ? file.statuses[returned] : returned) >>> 0;
  return allowed.includes(status) || (allowed.includes("failing") && status !== 0 && status !== 997);
}

function listedAs(output, ranks) {
  if (!ranks || output === null || output === undefined) return true;
  const strings = Buffer.from(output, "hex").toString("utf16le").split("\0").filter(Boolean);
  const same = (rank) => agrees(strings.splice(0, rank.length).sort(), [...rank].sort());
  return ranks.every(same) && strings.length === 0;
}

async function run(test) {
  const { watch, ...start } = file.starts[test.start];
  const begun = await ask("reset", start);
  if (begun.refused) return `skip ${test.id} ${begun.refused}`;
  for (const [number, { event: { call, ...params }, allowed, chosen }] of test.steps.entries()) {
    const { refused, result } = await ask(call, params);
    if (refused) return `skip ${test.id} step ${number + 1}: ${refused}`;
    const isList = allowed.some((one) => one.listed || one.sizes);  // then `checkpoints` may be its answer
    const seen = (await ask("observe", isList ? { ...watch, checkpoints: [] } : watch)).result;
    const fitting = allowed.filter((one) => returnedAs(result.returned, one.returned)
      && listedAs(result.output, one.listed) && agrees(seen, file.observations[one.observed]));
    if (!fitting.length) return `fail ${test.id} step ${number + 1}: ${call} returned ${result.returned}, then ${JSON.stringify(seen)}`;
    if (!fitting.some((one) => one.observed === allowed[chosen].observed)) return `left ${test.id} step ${number + 1}: allowed, on another way`;
  }
  return `pass ${test.id} ${test.title}`;
}

(async () => {
  const counts = { pass: 0, left: 0, skip: 0, fail: 0 };
  await ask("initialize", { protocol: "clusckpt-adapter/1", kit: "runner.js" });
  for (const test of file.cases.filter((one) => one.readings.includes(reading))) {
    const told = await run(test);
    counts[told.slice(0, 4)] += 1;
    console.log(told);
  }
  console.log(JSON.stringify(counts));
  await ask("shutdown", {});
  process.exit(counts.fail ? 1 : 0);
})();
