import { createDesk } from "../../src/bot/desk.ts";
import { perform } from "../../src/bot/perform.ts";
import type { Lang } from "../../src/core/lang.ts";
import type { Address, Person } from "../../src/core/place.ts";
import type { ProblemCode } from "../../src/core/errors.ts";
import { renderText } from "../../src/message/text.ts";
import { createTick } from "../../src/schedule/tick.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import type { Cast } from "./life-story.ts";
import type { YearLine } from "./life-year-script.ts";
import { cst } from "./year-rig.ts";
import { deliver, qiuheBook, rulesOf, stamp, storyOf, type Arrived } from "./year.ts";

/** What happens in the channel: a message that Qushi sends by itself, or a line and its answer. */
export type Happened =
  | { readonly type: "arrived"; readonly at: Date; readonly arrived: Arrived }
  | {
      readonly type: "said";
      readonly at: Date;
      readonly by: Cast;
      readonly line: string;
      readonly answer: string;
      readonly problem: ProblemCode | null;
    };

function person(who: Cast): Person {
  return { platform: "slack", workspace: "T1", id: `U${who.toUpperCase()}` };
}

/** Lives through the year in one channel: each line at its time, each digest and reminder when it is due. */
export async function liveWith(
  lang: Lang,
  lines: readonly YearLine[],
  from: Date,
  to: Date,
): Promise<readonly Happened[]> {
  const book = await qiuheBook();
  const rules = rulesOf(lang, book, from);
  const place: Address = {
    platform: "slack",
    workspace: "T1",
    to: { channel: `C${lang.toUpperCase()}` },
    thread: null,
  };
  const store = await openSqlite({ file: ":memory:" });
  try {
    await store.commit({ at: from, subscriptions: rules });
    const desk = createDesk(book, store, { lang, zone: null, admins: [person("boss")], program: "0.0.0" });
    const tick = createTick({ book, store, lang });
    const happened: Happened[] = [];
    const waiting = [...lines];
    for (;;) {
      const due = await nextDue(store);
      const [line] = waiting;
      const said = line === undefined ? Infinity : cst(line.at).getTime();
      const now = new Date(Math.min(due, said));
      if (now > to) return happened;
      if (line === undefined || due <= said) {
        await tick(now);
        const sent = await deliver(store, now);
        happened.push(...sent.map((arrived) => ({ type: "arrived", at: now, arrived }) as const));
        continue;
      }
      waiting.shift();
      const asking = { line: line[lang], actor: person(line.by), place, at: now, role: null, lang };
      const door = { id: `${line.at} ${line[lang]}`, isRedelivered: true, isPrivate: false };
      const answered = await perform(desk, store, asking, door);
      if (answered === null || answered.failure !== null) throw new Error(answered?.failure ?? line[lang]);
      const answer = renderText(answered.message, { columns: 92, colour: false });
      const { problem } = answered;
      happened.push({ type: "said", at: now, by: line.by, line: line[lang], answer, problem });
    }
  } finally {
    await store.close();
  }
}

async function nextDue(store: Store): Promise<number> {
  const rules = await store.subscriptions("all");
  return Math.min(...rules.flatMap(({ nextAt }) => nextAt?.getTime() ?? []));
}

/** The channel as a newcomer can read it: who said what and was told what, and what arrived by itself. */
export function tellYear(happened: readonly Happened[], lang: Lang): string {
  return happened
    .map((each) => {
      if (each.type === "arrived") return storyOf([each.arrived], lang);
      const told = each.answer.trimEnd().replaceAll(/^(?=.)/gmu, "    ");
      return `--- ${stamp(each.at, lang)} ${each.by}: ${each.line}\n${told}`;
    })
    .join("\n\n");
}
