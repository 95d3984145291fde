import { perform, type Door } from "../../src/bot/perform.ts";
import type { Answer, Asking } from "../../src/bot/answer.ts";
import type { Desk } from "../../src/bot/desk.ts";
import type { Submitted } from "../../src/commands/form.ts";
import type { Person } from "../../src/core/place.ts";
import type { Entry } from "../../src/core/record.ts";
import type { Role } from "../../src/core/roles.ts";
import { renderText } from "../../src/message/text.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { deskOf, lanting } from "./books.ts";

/** Thursday morning in the invented city, two days after the half-year. */
export const JULY = new Date("2026-07-02T02:00:00Z");

/** Somebody at the terminal who sends lines, each written as the program writes it. */
export interface Recorder {
  readonly desk: Desk;
  readonly store: Store;
  /** `who` is "NAME:ROLE"; without a role what is granted counts. Minutes are counted from JULY. */
  readonly say: (
    who: string,
    line: string | Submitted,
    minutes?: number,
    door?: Partial<Door>,
  ) => Promise<Said>;
  readonly entries: (id: string) => readonly Entry[];
}
export interface Said {
  readonly answer: Answer | null;
  readonly problem: string | null;
  readonly text: string;
}

export async function recorder(admins: readonly Person[] = []): Promise<Recorder> {
  const store = await openSqlite({ file: ":memory:" });
  const desk = { ...(await deskOf(lanting, null, store)), admins };
  let count = 0;
  return {
    desk,
    store,
    entries: (id) => desk.book.ledger.of(id).entries,
    async say(who, line, minutes = 0, door = {}) {
      count += 1;
      const answer = await perform(desk, store, askingOf(who, line, minutes), {
        id: `in-${count}`,
        isRedelivered: true,
        isPrivate: false,
        ...door,
      });
      const text = answer === null ? "" : renderText(answer.message, { columns: 1_000, colour: false });
      const failure = answer?.failure ?? null;
      if (failure !== null) throw new Error(failure);
      return { answer, problem: answer?.problem ?? null, text };
    },
  };
}

function askingOf(who: string, said: string | Submitted, minutes: number): Asking {
  const [id = "", named] = who.split(":");
  const role = (["viewer", "tracker", "reviewer", "admin"] as const).find(
    (each): each is Role => each === named,
  );
  const isSlack = /^U[0-9]+$/.test(id);
  const at = new Date(JULY.getTime() + minutes * 60_000);
  const actor = isSlack
    ? { platform: "slack" as const, workspace: "T1", id }
    : { platform: "terminal" as const, workspace: null, id };
  const place = isSlack
    ? { platform: "slack" as const, workspace: "T1", to: { channel: "C1" }, thread: null }
    : { platform: "terminal" as const, workspace: null, to: { channel: "" }, thread: null };
  const what = typeof said === "string" ? { line: said } : { line: "", form: said };
  return { ...what, actor, place, at, role: role ?? null, lang: null };
}
