import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** In this order; each runs by itself too: node bench/tick.ts */
const BENCHES = [
  "ask",
  "datasets",
  "ledger",
  "tick",
  "week",
  "delivery",
  "slack-http",
  "feishu-load",
] as const;

// Each in a process of its own, one after another: none meets the other's memory or compiled code.
for (const name of BENCHES) {
  process.stdout.write(`\n${name}\n`);
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", file], {
    stdio: "inherit",
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) process.exitCode = 1;
}
