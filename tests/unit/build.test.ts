import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const built = z.object({ folder: z.string(), files: z.record(z.string(), z.unknown()) });

function nodeIn(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", cwd });
  return { status, stdout, stderr };
}

const node = (...args: readonly string[]) => nodeIn(ROOT, ...args);

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
  // Six starts without a compile cache, each of some seconds while other tests run.
}, 90_000);

describe("a program of two parts", () => {
  let folder = "";
  let root = "";
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "qushi build ")));
    root = join(folder, "区势 a project");
    cpSync(join(ROOT, "bin"), join(root, "bin"), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
    mkdirSync(join(root, "src"));
    writeFileSync(join(root, "package.json"), '{ "type": "module" }');
    writeFileSync(
      join(root, "src", "cli.ts"),
      'console.log((await import("./part.ts")).part, import.meta.url);',
    );
    writeFileSync(join(root, "src", "part.ts"), 'export const part: string = "whole";');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const silent = { status: 0, stdout: "", stderr: "" };
  const build = (script = join(root, "bin", "build.mjs")) => nodeIn(folder, script);
  const joined = (): string => {
    const index = built.parse(JSON.parse(readFileSync(join(root, "dist", "built.json"), "utf8")));
    return join(root, "dist", index.folder);
  };
  /** What runs: the joined program or the sources, and whether it gets to its end. */
  const runs = (): string => {
    const { stdout } = nodeIn(folder, join(root, "bin", "qushi.mjs"));
    return `${stdout.split(" ", 1)[0] ?? ""} ${stdout.includes("/dist/") ? "joined" : "sources"}`;
  };

  test("is joined where the project is reached through a symbolic link", () => {
    const link = join(folder, "link");
    symlinkSync(root, link);
    expect(build(join(link, "bin", "build.mjs"))).toEqual(silent);
    expect(runs()).toBe("whole joined");
  });

  test.each(["cli", "part"])("is not run without its %s, or with half of it, and is joined anew", (name) => {
    expect(build()).toEqual(silent);
    const before = readdirSync(joined()).toSorted();
    const file = join(joined(), before.find((each) => each.startsWith(name)) ?? "");
    for (const damage of [() => rmSync(file), () => writeFileSync(file, "")]) {
      damage();
      expect(runs()).toBe("whole sources");
      expect(build()).toEqual(silent);
      expect(readdirSync(joined()).toSorted()).toEqual(before);
      expect(runs()).toBe("whole joined");
    }
  });

  test("leaves nothing of a build that was ended half way, and another its draft", () => {
    const draft = (name: string): void => {
      mkdirSync(join(root, "dist", name), { recursive: true });
      writeFileSync(join(root, "dist", name, "cli.mjs"), "");
    };
    for (const name of [".1", ".2", ".joined-bench-3"]) draft(name);
    for (const name of [".1", ".joined-bench-3"])
      utimesSync(join(root, "dist", name), new Date("2026-01-01"), new Date("2026-01-01"));
    expect(build()).toEqual(silent);
    const left = readdirSync(join(root, "dist")).filter((name) => name.startsWith("."));
    expect(left.toSorted()).toEqual([".2", ".joined-bench-3"]);
  });

  test.each([
    ["its folder cannot be made", () => writeFileSync(join(root, "dist"), ""), /mkdir .*dist/],
    [
      "a source is wrong",
      () => writeFileSync(join(root, "src", "part.ts"), "const = 1;"),
      /1 error: .*PARSE_ERROR/,
    ],
  ])("is not joined where %s, which is said in a line with the reason", (_name, spoil, reason) => {
    spoil();
    const { status, stderr } = build();
    expect(status).toBe(0);
    expect(stderr).toMatch(/^Qushi starts from its sources, which takes a little longer: .*\n$/);
    expect(stderr).toMatch(reason);
    expect(existsSync(join(root, "dist", "built.json"))).toBe(false);
  });
});
