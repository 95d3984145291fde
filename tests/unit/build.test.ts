import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const built = z.object({ folder: z.string(), files: z.record(z.string(), z.unknown()) });

function node(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", cwd: ROOT });
  return { status, stdout, stderr };
}

test("the program that is joined is the one of the sources, all of them", () => {
  expect(node("bin/build.mjs")).toEqual({ status: 0, stdout: "", stderr: "" });
  const { folder, files } = built.parse(JSON.parse(readFileSync(join(ROOT, "dist", "built.json"), "utf8")));
  const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" });
  const expected = sources.filter((name) => name.endsWith(".ts")).map((name) => `src/${name}`);
  expect(Object.keys(files)).toEqual(expect.arrayContaining(expected));
  const joined = join("dist", folder, "cli.mjs");
  const quiet = "--disable-warning=ExperimentalWarning";
  for (const args of [["help"], ["check"], ["manifest", "slack"]])
    expect(node(quiet, joined, ...args)).toEqual(node(quiet, join("src", "cli.ts"), ...args));
});
