import type { Book } from "../core/book.ts";
import { inLang, type Lang } from "../core/lang.ts";
import { nearest } from "../core/nearest.ts";
import { about } from "./about.ts";
import { board } from "./board.ts";
import { adminAudit } from "./admin-audit.ts";
import { adminDoctor } from "./admin-doctor.ts";
import { datasetDiff, datasetReload } from "./admin-dataset.ts";
import { adminForget, adminLink } from "./admin-people.ts";
import { adminGrant, adminRevoke, adminRoles } from "./admin-roles.ts";
import { approve } from "./approve.ts";
import { outboxDrop, outboxList, outboxRetry } from "./admin-outbox.ts";
import type { Command } from "./command.ts";
import { digestNow, digestPreview } from "./digest-now.ts";
import { digestPause, digestResume, digestShow } from "./digest-pause.ts";
import { digestSet } from "./digest-set.ts";
import { digest } from "./digest.ts";
import { dispute, disputeClose } from "./dispute.ts";
import { discuss } from "./discuss.ts";
import { due } from "./due.ts";
import { event } from "./event.ts";
import { evidence } from "./evidence.ts";
import { evidenceSkip } from "./evidence-skip.ts";
import { exporting } from "./export.ts";
import { help } from "./help.ts";
import { list } from "./list.ts";
import { mute, unmute } from "./mute.ts";
import { note } from "./note.ts";
import { rate, rateWithdraw } from "./rate.ts";
import { reading } from "./reading.ts";
import { resolve } from "./resolve.ts";
import { returning } from "./return.ts";
import { settings } from "./settings.ts";
import { show } from "./show.ts";
import { subscribe } from "./subscribe.ts";
import { undo } from "./undo.ts";
import { unsubscribe } from "./unsubscribe.ts";
import { yardstick } from "./yardstick.ts";

const COMMANDS: readonly Command[] = [
  show,
  list,
  due,
  board,
  exporting,
  reading,
  evidence,
  evidenceSkip,
  rate,
  rateWithdraw,
  approve,
  returning,
  dispute,
  disputeClose,
  note,
  undo,
  yardstick,
  event,
  discuss,
  resolve,
  digest,
  digestSet,
  digestShow,
  digestPreview,
  digestNow,
  digestPause,
  digestResume,
  subscribe,
  unsubscribe,
  mute,
  unmute,
  settings,
  adminRoles,
  adminGrant,
  adminRevoke,
  adminLink,
  adminForget,
  adminAudit,
  datasetDiff,
  datasetReload,
  outboxList,
  outboxRetry,
  outboxDrop,
  adminDoctor,
  help,
  about,
];

/** Every verb, in the order of `help`, its examples filled in with names that the dataset has. */
export function registry(book: Book): readonly Command[] {
  const { commitments, districts } = book.dataset;
  const first = commitments.find(({ check }) => check === "figure") ?? commitments[0];
  const id = first?.id ?? "";
  const district = districts.find(({ code }) => code === first?.district) ?? districts[0];
  const fill =
    (lang: Lang) =>
    (line: string): string =>
      line
        .replace("{id}", id)
        .replace("{district}", quoted(district === undefined ? "" : inLang(district.name, lang)))
        .replace("{word}", first === undefined ? "" : inLang(first.title, lang));
  const filled = ({ examples: { zh, en } }: Command): Command["examples"] => ({
    zh: zh.map(fill("zh")),
    en: en.map(fill("en")),
  });
  return COMMANDS.map((command) => Object.assign({}, command, { examples: filled(command) }));
}

function quoted(name: string): string {
  return /\s/.test(name) ? `"${name}"` : name;
}

/** The nearest three verbs and names to words that nothing was found for. */
export function suggest(
  book: Book,
  commands: readonly Command[],
  words: string,
  lang: Lang,
): readonly string[] {
  const verbs = commands.map(({ name, aliases }) => ({
    name: lang === "zh" ? (aliases.zh[0] ?? name) : name,
    forms: [name, ...aliases.zh, ...aliases.en],
  }));
  // A verb with a slip in it stands before what it is about.
  const [first = words] = words.trim().split(/\s+/u);
  const found = [...nearest([words, first], verbs), ...book.names.nearest(null, words, lang)];
  return [...new Set(found)].slice(0, 3);
}
