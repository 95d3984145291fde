import type { Book } from "../core/book.ts";
import type { DatasetChange } from "../core/dataset-diff.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Block, Line, Message } from "../message/message.ts";
import { say } from "./print.ts";
import { revisionText } from "./revision.ts";

/** Changes in one message; the rest is counted. */
const SHOWN = 20;

/**
 * What the loaded dataset says that the one before did not, in words; `from` is the version before, null where there
 * was none. `faults`: why a newer one was refused, while this one keeps running.
 */
export function datasetDiffView(
  {
    changes,
    from,
    faults = [],
  }: {
    readonly changes: readonly DatasetChange[];
    readonly from: string | null;
    readonly faults?: readonly string[];
  },
  book: Book,
  lang: Lang,
): Message {
  const { id, version } = book.dataset;
  const title = say(lang, `数据集 ${id} ${version}`, `Dataset ${id} ${version}`);
  if (faults.length > 0) return refusedView(title, faults, lang);
  const since =
    from === null
      ? say(
          lang,
          "第一次载入，没有可比的版本",
          "Loaded for the first time, so there is nothing to compare with",
        )
      : changes.length === 0
        ? say(lang, `与 ${from} 相比，目标和时限没有变化`, `Targets and dates are as in ${from}`)
        : say(
            lang,
            `与 ${from} 相比有 ${changes.length} 处变化`,
            `${changes.length} ${changes.length === 1 ? "change" : "changes"} since ${from}`,
          );
  const items: Line[] = changes.slice(0, SHOWN).map((change) => changeLine(change, book, lang));
  const more = changes.length - SHOWN;
  if (more > 0) items.push([say(lang, `另有 ${more} 处`, `and ${more} more`)]);
  const blocks: Block[] = [{ type: "text", lines: [[`${since}${say(lang, "。", ".")}`]] }];
  if (items.length > 0) {
    blocks.push({ type: "list", items });
    blocks.push({
      type: "note",
      lines: [
        [
          say(
            lang,
            "每处变化都记进台账，旧的目标仍可在历程里看到。",
            "Each change is an entry of the ledger; the old target stays in the history.",
          ),
        ],
      ],
    });
  }
  return { summary: `${title}${say(lang, "：", ": ")}${since}`, title, blocks };
}

function changeLine(change: DatasetChange, book: Book, lang: Lang): Line {
  const commitment = book.commitment(change.commitmentId);
  const name = commitment === null ? "" : ` ${inLang(commitment.title, lang)}`;
  const told = revisionText({ data: { ...change, words: null } }, commitment, book, lang);
  return [{ bold: change.commitmentId }, `${name}${say(lang, "：", ": ")}${told}`];
}

function refusedView(title: string, faults: readonly string[], lang: Lang): Message {
  const told = say(
    lang,
    `新的数据集有 ${faults.length} 处错误，没有换上；现在用的还是原来那一份。`,
    `The newer dataset has ${faults.length} ${faults.length === 1 ? "fault" : "faults"} and was not taken; the one before keeps running.`,
  );
  const more = faults.length - SHOWN;
  return {
    summary: `${title}${say(lang, "：", ": ")}${told}`,
    title,
    tone: "warn",
    blocks: [
      { type: "text", lines: [[told]] },
      {
        type: "list",
        items: [
          ...faults.slice(0, SHOWN).map((fault) => [fault]),
          ...(more > 0 ? [[say(lang, `另有 ${more} 处`, `and ${more} more`)]] : []),
        ],
      },
    ],
  };
}
