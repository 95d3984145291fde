import { basename } from "node:path";
import { checkArticle } from "../../../src/dataset/article.ts";
import { assemble, type Files } from "../../../src/dataset/assemble.ts";
import { checkDraft } from "../../../src/dataset/check.ts";
import { readYaml, type YamlFile } from "../../../src/dataset/read-yaml.ts";
import { mutationsOf } from "./mutations.ts";
import { filesOf, scratch } from "./scratch.ts";

/** Changes figures of a dataset, one at a time, each `step`th; the changes that no fault on their line tells of. */
export async function survivors(
  folder: string,
  articles: readonly string[],
  step: number,
): Promise<{ readonly tried: number; readonly missed: readonly string[] }> {
  const copy = await scratch(basename(folder), folder);
  const files = new Map<string, YamlFile | null>();
  for (const { name } of await filesOf(folder)) files.set(name, (await readYaml(copy.path(name))).file);
  const missed: string[] = [];
  let tried = 0;
  for (const { name, text } of await filesOf(folder)) {
    for (const mutation of mutationsOf(text)) {
      tried += 1;
      if (tried % step !== 0) continue;
      await copy.write(name, mutation.text);
      const read = await readYaml(copy.path(name));
      const { draft, faults } = assemble(copy.folder, arrange(new Map(files).set(name, read.file)));
      const proofs = articles.flatMap((article) => checkArticle(draft, article));
      const told = [...read.faults, ...faults, ...checkDraft(draft), ...proofs].some(
        ({ file, line }) => basename(file) === name && line === mutation.line,
      );
      if (!told) missed.push(`${name}:${mutation.line}: ${mutation.was} → ${mutation.is}`);
    }
  }
  return { tried, missed };
}

function arrange(files: ReadonlyMap<string, YamlFile | null>): Files {
  const fixed = ["dataset.yaml", "themes.yaml", "measures.yaml", "sources.yaml"];
  const [dataset = null, themes = null, measures = null, sources = null] = fixed.map((name) =>
    files.get(name),
  );
  const districts = [...files].filter(([name]) => !fixed.includes(name)).map(([, file]) => file);
  return { dataset, themes, measures, sources, districts };
}
