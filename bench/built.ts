import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const BUILD = join(ROOT, "bin", "build.mjs");

/** What users start, joined anew where it is not of these sources. */
export const QUSHI = join(ROOT, "bin", "qushi.mjs");
export function build(): void {
  spawnSync(process.execPath, [BUILD], { stdio: "inherit" });
}

/** Joins a script of this folder as bin/build.mjs joins the program; gives its path, which goes away with this process. */
export function joined(name: string): string {
  const folder = join(ROOT, "dist", `.bench-${process.pid}`);
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const source = join(ROOT, "bench", `${name}.ts`);
  const code = `const { bundle } = await import(${JSON.stringify(pathToFileURL(BUILD).href)}); await bundle(...${JSON.stringify([source, folder])});`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return join(folder, `${name}.mjs`);
}
