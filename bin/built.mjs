import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The program that bin/build.mjs made of exactly the sources that are there; null where there is none. */
export function builtProgram(root) {
  try {
    const dist = join(root, "dist");
    const { folder, files } = JSON.parse(readFileSync(join(dist, "built.json"), "utf8"));
    for (const [file, [size, changed]] of Object.entries(files)) {
      const found = statSync(join(root, file));
      if (found.size !== size || found.mtimeMs !== changed) return null;
    }
    const program = join(dist, folder, "cli.mjs");
    return statSync(program).isFile() ? program : null;
  } catch {
    return null;
  }
}
