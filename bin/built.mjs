import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The program that bin/build.mjs made of exactly the sources that are there, with all its parts; null where there is none. */
export function builtProgram(root) {
  try {
    const dist = join(root, "dist");
    const { folder, files, parts } = JSON.parse(readFileSync(join(dist, "built.json"), "utf8"));
    for (const [file, [size, changed]] of Object.entries(files)) {
      const found = statSync(join(root, file));
      if (found.size !== size || found.mtimeMs !== changed) return null;
    }
    return isWhole(join(dist, folder), parts) ? join(dist, folder, "cli.mjs") : null;
  } catch {
    return null;
  }
}

/** Whether a folder has every part in full: one that was cut short, or cleared in part, would end a start half way. */
export function isWhole(folder, parts) {
  const sizeOf = (name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size;
  return "cli.mjs" in parts && Object.entries(parts).every(([name, size]) => sizeOf(name) === size);
}
