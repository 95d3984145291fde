import { createHandle } from "../../src/bot/handle.ts";
import type { Desk } from "../../src/bot/desk.ts";
import type { Dataset } from "../../src/core/commitment.ts";
import { directTo, type Address, type MessageRef, type Person } from "../../src/core/place.ts";
import type { Entry } from "../../src/core/record.ts";
import type { Choice } from "../../src/message/form.ts";
import type { Message } from "../../src/message/message.ts";
import { renderText } from "../../src/message/text.ts";
import type {
  Abilities,
  CommandInbound,
  MessageInbound,
  PlaceInbound,
  Platform,
  Shown,
  Via,
} from "../../src/platform/platform.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { OutboxRow } from "../../src/store/outbox.ts";
import type { Store } from "../../src/store/store.ts";
import { deskOf, lanting } from "./books.ts";
import { unlimited } from "./platform-stub.ts";
import { JULY } from "./recorder.ts";

/** What somebody was answered. */
export interface Replied extends Shown {
  readonly message: Message;
  readonly text: string;
}

export const CHANNEL: Address = { platform: "slack", workspace: "T1", to: { channel: "C1" }, thread: null };
export const WANG: Person = { platform: "slack", workspace: "T1", id: "U1" };
export const CHEN: Person = { platform: "slack", workspace: "T1", id: "U2" };
export const ADMIN: Person = { platform: "slack", workspace: "T1", id: "U9" };

/** Everything that a platform can bring in, sent to the bot; nothing is sent out, the outbox shows what would be. */
export interface BotRig {
  readonly desk: Desk;
  readonly store: Store;
  readonly logged: readonly string[];
  readonly line: (
    line: string,
    how?: Partial<CommandInbound> & { readonly via?: Via },
  ) => Promise<Replied | null>;
  readonly submit: (
    verb: string,
    values: Readonly<Record<string, string>>,
    how?: {
      readonly id?: string;
      readonly actor?: Person;
      readonly place?: Address;
      readonly address?: Address;
      readonly ref?: MessageRef;
    },
  ) => Promise<Replied | null>;
  readonly keep: (
    text: string,
    how?: { readonly actor?: Person; readonly author?: Person | null },
  ) => Promise<Replied | null>;
  /** Something said in a thread without naming the bot, by Wang unless it is said otherwise. */
  readonly talk: (
    text: string,
    how: Partial<MessageInbound> & Pick<MessageInbound, "address">,
  ) => Promise<void>;
  readonly options: (typed: string, actor?: Person) => Promise<readonly Choice[]>;
  readonly home: (actor?: Person) => Promise<Message>;
  readonly place: (what: PlaceInbound["what"], how?: Partial<PlaceInbound>) => Promise<void>;
  readonly entries: (id: string) => readonly Entry[];
  readonly outbox: () => Promise<readonly OutboxRow[]>;
  readonly say: (who: Person, line: string) => Promise<void>;
}

export async function botRig(
  options: {
    readonly abilities?: Partial<Abilities>;
    readonly of?: Dataset;
    readonly link?: Platform["link"];
    readonly now?: () => Date;
  } = {},
): Promise<BotRig> {
  const store = await openSqlite({ file: ":memory:" });
  const desk: Desk = { ...(await deskOf(options.of ?? lanting, null, store)), admins: [ADMIN] };
  const now = options.now ?? (() => JULY);
  const logged: string[] = [];
  const log = (what: string, fields: object): void => void logged.push(`${what} ${JSON.stringify(fields)}`);
  const platform: Platform = {
    ...unlimited("slack", { forms: "modal", ...options.abilities }),
    ...(options.link === undefined ? {} : { link: options.link }),
  };
  const handle = createHandle({
    desk,
    store,
    clock: now,
    log: { info: log, error: log },
    onWritten: () => undefined,
  })(platform);
  let count = 0;
  const source = (actor: Person, place: Address) => {
    count += 1;
    return { id: `in-${count}`, at: now(), actor, address: place, place };
  };
  const replies = () => {
    const all: Replied[] = [];
    const reply = async (message: Message, how: Shown): Promise<void> => {
      all.push({ ...how, message, text: renderText(message, { columns: 1_000, colour: false }) });
    };
    return { reply, last: () => all.at(-1) ?? null };
  };
  const ref = { address: CHANNEL, id: "171.1" };
  const rig: BotRig = {
    desk,
    store,
    logged,
    entries: (id) => desk.book.ledger.of(id).entries,
    outbox: () =>
      store.outbox({ states: ["waiting", "sent", "unconfirmed", "failed", "dropped"], limit: 50 }),
    async line(line, how = {}) {
      const { reply, last } = replies();
      const base = source(how.actor ?? ADMIN, how.place ?? CHANNEL);
      await handle({ ...base, type: "command", via: "mention", line, ref: null, reply, ...how });
      return last();
    },
    async submit(verb, values, { actor = ADMIN, place = CHANNEL, ...how } = {}) {
      const { reply, last } = replies();
      await handle({ ...source(actor, place), type: "submitted", verb, values, ref, reply, ...how });
      return last();
    },
    async keep(text, { actor = ADMIN, author = null } = {}) {
      const { reply, last } = replies();
      await handle({ ...source(actor, CHANNEL), type: "keep", author, text, ref, reply });
      return last();
    },
    async talk(text, how) {
      const base = source(how.actor ?? WANG, { ...how.address, thread: null });
      await handle({
        ...base,
        type: "message",
        text,
        ref: { address: how.address, id: how.id ?? base.id },
        ...how,
      });
    },
    async options(typed, actor = ADMIN) {
      let offered: readonly Choice[] = [];
      const offer = async (choices: readonly Choice[]): Promise<void> => void (offered = choices);
      await handle({ ...source(actor, CHANNEL), type: "options", typed, offer });
      return offered;
    },
    async home(actor = ADMIN) {
      const shown: Message[] = [];
      const show = async (home: Message): Promise<void> => void shown.push(home);
      await handle({ ...source(actor, directTo(actor)), type: "home", show });
      const [page] = shown;
      if (page === undefined) throw new Error("no home was shown");
      return page;
    },
    async place(what, how = {}) {
      count += 1;
      const base = { id: `place-${count}`, at: now(), place: CHANNEL, actor: null, to: null };
      await handle({ type: "place", what, ...base, ...how });
    },
    async say(who, line) {
      await rig.line(line, { actor: who });
    },
  };
  return rig;
}
