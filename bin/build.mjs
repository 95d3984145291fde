#!/usr/bin/env node
// Joins src/cli.ts and what it imports into a few files under dist, where bin/qushi.mjs finds them: one by one, more than
// eight hundred modules take a third of a start. `npm start` and `npm test` run this first. Where it cannot be done the
// sources run, as they do after every change, so it never fails.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { builtProgram, isWhole } from "./built.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
/** Loaded as they come: large, of many parts of which few are needed, or looking for their own files. */
const APART = new Set(["@slack", "@larksuiteoapi", "undici", "pg", "pino", "node-cron"]);
const HOUR_MS = 3_600_000;

/** Joins a program and what it imports into one folder. */
export async function bundle(entry, folder) {
  const { rolldown } = await import("rolldown");
  const made = await rolldown({
    input: entry,
    platform: "node",
    external: (id) => id.startsWith("node:") || APART.has(id.split("/")[0] ?? ""),
  });
  try {
    const names = { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" };
    await made.write({ dir: folder, format: "esm", ...names });
  } finally {
    await made.close();
  }
}

/** What tells of each file whether it is still the one that it was: all sources, and what says how they are joined. */
function stamps() {
  const sources = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
  const others = ["bin/build.mjs", "package.json", "node_modules/.package-lock.json"];
  const files = [...sources, ...others.map((name) => join(root, name)).filter((file) => existsSync(file))];
  return Object.fromEntries(
    files.map((file) => {
      const { size, mtimeMs } = statSync(file);
      return [relative(root, file).split(sep).join("/"), [size, mtimeMs]];
    }),
  );
}

async function build() {
  // Before anything is read, so that what is changed meanwhile counts as changed.
  const files = stamps();
  const folder = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16);
  const draft = join(dist, `.${process.pid}`);
  // Says by itself why it cannot be written to, which rolldown does not.
  mkdirSync(draft, { recursive: true });
  try {
    await bundle(join(root, "src", "cli.ts"), draft);
    const parts = Object.fromEntries(
      readdirSync(draft).map((name) => [name, statSync(join(draft, name)).size]),
    );
    // A program that runs may still load parts of the folder before this one.
    const last = lastFolder();
    place(draft, join(dist, folder), parts);
    const index = join(dist, `.${process.pid}.json`);
    writeFileSync(index, JSON.stringify({ folder, files, parts }));
    renameSync(index, join(dist, "built.json"));
    for (const name of readdirSync(dist))
      if ((/^[0-9a-f]{16}$/.test(name) && name !== folder && name !== last) || isLeft(name))
        rmSync(join(dist, name), { recursive: true, force: true });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Whether a draft is of a build that was ended half way, by Ctrl-C for one; none takes an hour. */
function isLeft(name) {
  if (!/^\.\d+(\.json)?$/.test(name)) return false;
  const changed = statSync(join(dist, name), { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
  return changed < Date.now() - HOUR_MS;
}

/** Puts what was joined where it belongs, unless another build was quicker; what is there in part gives way. */
function place(draft, folder, parts) {
  if (isWhole(folder, parts)) return;
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!isWhole(folder, parts)) throw error;
  }
}

function lastFolder() {
  try {
    return JSON.parse(readFileSync(join(dist, "built.json"), "utf8")).folder;
  } catch {
    return null;
  }
}

/** Whether this was started, by whatever path, and not imported. */
function isStarted() {
  try {
    return realpathSync(process.argv[1] ?? "") === realpathSync(fileURLToPath(import.meta.url));
  } catch {
    return false;
  }
}

/** What went wrong, in a line; the first of rolldown's only counts its errors. */
function reasonOf(error) {
  const text = error instanceof Error ? error.message : String(error);
  const [first = "", second = ""] = stripVTControlCharacters(text)
    .split("\n")
    .filter((line) => line.trim() !== "");
  return first.endsWith(":") ? `${first} ${second}` : first;
}

if (isStarted()) {
  try {
    if (builtProgram(root) === null) await build();
  } catch (error) {
    process.stderr.write(`Qushi starts from its sources, which takes a little longer: ${reasonOf(error)}\n`);
  }
}
