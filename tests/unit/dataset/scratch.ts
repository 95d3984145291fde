import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const FIXTURES = fileURLToPath(new URL("../../fixtures/", import.meta.url));

/** The folder of an invented dataset. */
export function fixture(id: string): string {
  return join(FIXTURES, "datasets", id);
}

/** The file of an invented article. */
export function articleFile(name: string): string {
  return join(FIXTURES, "articles", `${name}.txt`);
}

/** A dataset in a folder of its own that a test may break. */
export interface Scratch {
  readonly folder: string;
  readonly path: (file: string) => string;
  /** Replaces the one place where `from` stands; the line (from 1) it was on. */
  readonly edit: (file: string, from: string, to: string) => Promise<number>;
  readonly write: (file: string, content: string | Uint8Array) => Promise<void>;
}

/** A copy of an invented dataset (or of any other folder), which goes away with the test. */
export async function scratch(id: string, from = fixture(id)): Promise<Scratch> {
  const made = await mkdtemp(join(tmpdir(), "qushi-dataset-"));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  const folder = join(made, id);
  await cp(from, folder, { recursive: true });
  const path = (file: string) => join(folder, file);
  return {
    folder,
    path,
    async edit(file, before, after) {
      const text = await readFile(path(file), "utf8");
      const at = text.indexOf(before);
      if (at < 0 || text.indexOf(before, at + 1) >= 0)
        throw new Error(`${file} does not have once: ${before}`);
      await writeFile(path(file), text.slice(0, at) + after + text.slice(at + before.length));
      return text.slice(0, at).split("\n").length;
    },
    write: (file, content) => writeFile(path(file), content),
  };
}

/** The YAML files of a dataset with their text. */
export async function filesOf(folder: string): Promise<{ readonly name: string; readonly text: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), "utf8") })));
}
