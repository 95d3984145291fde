import { readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import type { Lang } from "../core/lang.ts";
import { appendCommitment } from "../dataset/append-commitment.ts";
import { formatFault } from "../dataset/fault.ts";
import { findDataset } from "../dataset/open.ts";
import { scaffoldCommitment, type Scaffold } from "../dataset/scaffold.ts";
import { told } from "./backup.ts";
import { DATA, languageOf } from "./desk.ts";
import { options } from "./flags.ts";
import { say } from "./print.ts";
import { Stop, type Exit } from "./stop.ts";

/** `new DISTRICT`: a commitment to fill in, at the end of the district's file; nothing that stands there changes. Throws Stop. */
export async function newCommitment(
  rest: readonly string[],
  configured: { readonly dataset: string; readonly lang: Lang | null },
): Promise<Exit> {
  const { values, words } = options(rest, { lang: { type: "string" } }, 1);
  const lang = languageOf(values["lang"]) ?? configured.lang;
  const [code] = words;
  if (code === undefined) throw new Stop(2, "Which district? For example: qushi new GM");
  const found = await findDataset(DATA, configured.dataset);
  if ("fault" in found) throw new Stop(3, formatFault(found.fault));
  const made = await scaffoldCommitment(found.folder, code);
  if ("fault" in made) throw new Stop(2, formatFault(made.fault));
  const line = await append(made);
  const check = `qushi check ${configured.dataset}`;
  say(
    told(
      lang,
      `${made.id} 已加在 ${made.file}:${line}，内容待填。
每一行 # 后面写着要填什么：填好就去掉注释，不适用的整行删去。
填好后检查：${check}
在那之前这个数据集有错，用它的区势启动不了；已在运行的不受影响。`,
      `${made.id} was added at ${made.file}:${line}, with nothing filled in.
What to write stands behind the # of each line: put it in place of the comment, delete the lines that do not apply.
Then check it: ${check}
Until then the dataset has faults, and Qushi does not start on it; one that runs already goes on.`,
    ),
  );
  return 0;
}

/** Writes the file with the item at its end; resolves with the line that the item begins on. */
async function append({ file, id, yaml }: Scaffold): Promise<number> {
  // A link stays a link: what it points to is written.
  const path = await realpath(file);
  const before = await readFile(path, "utf8");
  const after = appendCommitment(before, yaml);
  if (after === null) {
    throw new Stop(
      2,
      `${file} has no list commitments: with one item a line to add to. Put this there yourself:\n${yaml}`,
    );
  }
  const partial = `${path}.${process.pid}.partial`;
  try {
    await writeFile(partial, after, { flag: "wx", mode: (await stat(path)).mode });
    // An editor may have saved meanwhile.
    if ((await readFile(path, "utf8")) !== before)
      throw new Stop(4, `${file} was changed meanwhile; run this again.`);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return after.slice(0, after.indexOf(`- id: ${id}`)).split("\n").length;
}
