import { createDesk } from "../../src/bot/desk.ts";
import { perform } from "../../src/bot/perform.ts";
import { createBook } from "../../src/core/book.ts";
import type { Dataset } from "../../src/core/commitment.ts";
import { formatPerson, type Address, type Person } from "../../src/core/place.ts";
import type { Role } from "../../src/core/roles.ts";
import { renderText } from "../../src/message/text.ts";
import type { Store } from "../../src/store/store.ts";
import { timeOf, type Cast } from "./life-story.ts";

/** A way in, with the program behind it. */
export interface Door {
  readonly name: string;
  readonly person: (who: Cast) => Person;
  /** How a person is named in a line. */
  readonly named: (who: Cast) => string;
  /** Says a line as the step of that number; resolves with what is seen. */
  say(who: Cast, line: string, step: number): Promise<string>;
  /** The last line is delivered once more. */
  again(): Promise<void>;
  /** How many answers stand where the lines were said. */
  answers(): number;
  close(): Promise<void>;
}

/** What `qushi ask --user NAME:ROLE` gives, which is what the grants of the story would. */
const ROLE: Readonly<Record<Cast, readonly [before: Role, after: Role]>> = {
  boss: ["admin", "admin"],
  wang: ["viewer", "tracker"],
  chen: ["viewer", "reviewer"],
  li: ["viewer", "reviewer"],
};
const TERMINAL: Address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null };

/** As `qushi ask` answers lines: each by `perform`, with the role that the command line gives. */
export function askDoor(store: Store, dataset: Dataset): Door {
  const settings = { lang: null, zone: null, admins: [], program: "0.0.0" };
  const desk = createDesk(createBook(dataset), store, settings);
  const person = (who: Cast): Person => ({ platform: "terminal", workspace: null, id: who });
  const granted = new Set<string>();
  let answers = 0;
  let last: () => Promise<string> = () => Promise.reject(new Error("nothing was said yet"));
  return {
    name: "ask",
    person,
    named: (who) => formatPerson(person(who)),
    answers: () => answers,
    async say(who, line, step) {
      for (const [, name] of line.matchAll(/terminal:(\w+)/gu)) granted.add(name ?? "");
      const role = ROLE[who][granted.has(who) ? 1 : 0];
      const asking = { line, actor: person(who), place: TERMINAL, at: timeOf(step), role, lang: null };
      last = async () => {
        const answered = await perform(desk, store, asking, {
          id: `life-${step}`,
          isRedelivered: true,
          isPrivate: false,
        });
        if (answered === null) return "";
        answers += 1;
        if (answered.failure !== null) throw new Error(answered.failure);
        return renderText(answered.message, { columns: 1_000, colour: false });
      };
      return last();
    },
    again: async () => void (await last()),
    close: () => store.close(),
  };
}
