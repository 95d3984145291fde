import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DIST = join(ROOT, "dist");
const BUILD = join(ROOT, "bin", "build.mjs");

/** What users start. */
export const QUSHI = join(ROOT, "bin", "qushi.mjs");

/** Joins the program where that was not done, or not of these sources. */
export function build(): void {
  spawnSync(process.execPath, [BUILD], { stdio: "inherit" });
}

const JOINED = new Map<string, string>();

/**
 * Joins a script (its path from the root) as bin/build.mjs joins the program, for one that is started often; gives its
 * path, two folders below the root like the script's own. It may be used while this process lives.
 */
export function joined(script: string): string {
  const known = JOINED.get(script);
  if (known !== undefined) return known;
  removeLeft();
  const name = basename(script, ".ts");
  const folder = join(DIST, `.joined-${name}-${process.pid}`);
  const build = JSON.stringify(pathToFileURL(BUILD).href);
  const what = JSON.stringify([join(ROOT, script), folder]);
  const code = `const { bundle } = await import(${build}); await bundle(...${what});`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  const made = join(folder, `${name}.mjs`);
  JOINED.set(script, made);
  return made;
}

/** What processes have left that are gone: a worker of vitest is ended before it could tidy up. */
function removeLeft(): void {
  for (const name of existsSync(DIST) ? readdirSync(DIST) : []) {
    const pid = /^\.joined-.*-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !lives(Number(pid))) rmSync(join(DIST, name), { recursive: true, force: true });
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
