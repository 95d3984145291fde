#!/usr/bin/env node
// Reaches src/cli.ts, or what bin/build.mjs made of it, on a Node that runs TypeScript: this one if it is new enough,
// else the one the project carries.
// Plain JavaScript for any Node from 18, since it may be started by whatever Node the machine has.
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, lstatSync, mkdirSync, realpathSync } from "node:fs";
import module from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { builtProgram } from "./built.mjs";

const NEEDED = 24;
const CONFIGURATION = 3;
const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));
const program = builtProgram(root) ?? join(root, "src", "cli.ts");

function carriedNode() {
  const bin = join(root, "node_modules", ".bin", "node");
  const named = join(
    root,
    "node_modules",
    `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`,
  );
  const candidates =
    process.platform === "win32" ? [join(named, "bin", "node.exe")] : [bin, join(named, "bin", "node")];
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A folder for compiled code (a start is about a third shorter); undefined unless it is surely this user's alone. */
function compileCache() {
  try {
    const user = process.getuid?.() ?? "user";
    const folder = join(tmpdir(), `qushi-compile-cache-${user}`);
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    const found = lstatSync(folder);
    if (!found.isDirectory()) return undefined;
    if (process.getuid !== undefined && (found.uid !== user || (found.mode & 0o077) !== 0)) return undefined;
    return folder;
  } catch {
    return undefined;
  }
}

function giveUp() {
  process.stderr.write(
    `Qushi needs Node ${NEEDED}, which its own installation brings: run npm ci in ${root}\n`,
  );
  process.exitCode = CONFIGURATION;
}

async function here() {
  // Experimental parts of Node are used on purpose; other warnings are printed as Node prints them.
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => {
    if (name !== "ExperimentalWarning") process.stderr.write(`(node:${process.pid}) ${name}: ${message}\n`);
  });
  const cache = compileCache();
  if (cache !== undefined) module.enableCompileCache?.(cache);
  await import(pathToFileURL(program).href);
}

function there(node) {
  const cache = compileCache();
  const env = cache === undefined ? process.env : { NODE_COMPILE_CACHE: cache, ...process.env };
  const flags = ["--disable-warning=ExperimentalWarning"];
  const child = spawn(node, [...flags, program, ...process.argv.slice(2)], { stdio: "inherit", env });
  const forward = (signal) => {
    // Ctrl-C at a terminal reaches the child by itself; a second one would end it before it has tidied up.
    if (signal !== "SIGINT" || process.stdin.isTTY !== true) child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];
  for (const signal of signals) process.on(signal, forward);
  child.on("error", giveUp);
  child.on("exit", (code, signal) => {
    if (signal === null) {
      process.exitCode = code ?? 1;
      return;
    }
    // Ends as the child did, so that whoever started this sees the same.
    for (const each of signals) process.removeListener(each, forward);
    process.kill(process.pid, signal);
  });
}

const carried = carriedNode();
if (!existsSync(join(root, "node_modules"))) giveUp();
else if (Number.parseInt(process.versions.node, 10) >= NEEDED) await here();
else if (carried === undefined) giveUp();
else there(carried);
