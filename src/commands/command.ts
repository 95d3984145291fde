import { z } from "zod";
import type { Book } from "../core/book.ts";
import type { Day } from "../core/day.ts";
import type { Filter } from "../core/filter.ts";
import type { Lang } from "../core/lang.ts";
import type { Option } from "../core/option-words.ts";
import type { Address, MessageRef, Person } from "../core/place.ts";
import type { Entry } from "../core/record.ts";
import type { GrantedRole, Rights, Role } from "../core/roles.ts";
import type { Schedule } from "../core/schedule.ts";
import type { Message } from "../message/message.ts";
import type { Library } from "./library.ts";
import type { Vitals } from "./vitals.ts";
import type { Change, Store } from "../store/store.ts";

/**
 * What a verb reads from its words: an id and an aspect, an id and words, an id and a text kept as it was typed, a
 * filter with words to search, a schedule phrase and a filter, a verb's name, the words as they are, or nothing.
 */
export type Reads = "id" | "entry" | "text" | "filter" | "rule" | "topic" | "words" | "nothing";

/** What the grammar or a form hands to a verb, before the verb's own schema has seen it. */
export type Values = Readonly<Record<string, unknown>>;

/** What verbs may look up; they write nothing themselves but return what is to be written. */
export type Shelf = Pick<
  Store,
  | "newSubscriptionId"
  | "subscription"
  | "subscriptions"
  | "settings"
  | "snapshot"
  | "delivery"
  | "outbox"
  | "inventory"
  | "ledger"
  | "audit"
  | "personKey"
  | "person"
  | "grants"
  | "discussions"
  | "thread"
  | "talk"
  | "offer"
>;

/** What a verb has to say and what is to be written with it, in one transaction. */
export interface Result {
  readonly message: Message;
  readonly change?: Omit<Change, "at" | "accept" | "audit">;
  /** A decision about a delivery, written like a change. */
  readonly decide?: { readonly key: string; readonly decision: "retry" | "drop" };
  /** Ids and reasons for the audit row of a change. */
  readonly detail?: string;
  /** Not for the channel's eyes: asked for in public, it comes by direct message. */
  readonly forAskerAlone?: true;
  /** A change in a channel leaves this line there, if its answer was private. */
  readonly announce?: Message;
  /**
   * The delivery that asked for the change: its message gives way to that line, which else would stand there twice. Without
   * a change, another one has taken its place.
   */
  readonly answers?: string;
}

/** Everything a verb may need beyond its row; no verb imports a neighbour, a clock or a platform. */
export interface Context {
  readonly book: Book;
  readonly lang: Lang;
  readonly now: Date;
  /** The day in `zone`. */
  readonly today: Day;
  readonly zone: string;
  readonly actor: Person;
  /** The place it was asked in: a channel, or a person's direct messages. */
  readonly here: Address;
  readonly commands: readonly Command[];
  readonly shelf: Shelf;
  /** Where the dataset comes from. */
  readonly library: Library;
  /** Admins by the environment; on the terminal the user is one. */
  readonly admins: readonly Person[];
  readonly rights: Rights;
  /** Who can grant more, everywhere. */
  readonly granters: readonly Person[];
  /** Who acts, as the key that stands for the person now; "" where nothing is recorded or granted. */
  readonly actorKey: string;
  /** What the entry of this line is named after: the same when the platform delivers it again. */
  readonly inboundId: string;
  /** Where an entry comes from; the store keeps a person's direct messages under the person's key. */
  readonly from: Entry["from"];
  /** Typed while the platform was away; `now` is when it was typed. */
  readonly isLate: boolean;
  /** Where a message can be looked at; null where there is no such address. */
  readonly linkTo: (ref: MessageRef) => string | null;
  /** Throws Fault, naming who can help, where the actor has less than a role in a district. */
  readonly need: (role: GrantedRole, district: string | null) => void;
  /** The program's version, for `about`. */
  readonly program: string;
  /** Of the program that runs; null where only lines are answered. */
  readonly vitals: Vitals | null;
  /** The nearest names and verbs for a word that nothing was found for. */
  readonly suggest: (words: string) => readonly string[];
}

interface Row {
  /** The English verb, as in a line. */
  readonly name: string;
  /** Other words for it; the first Chinese one is printed. */
  readonly aliases: { readonly zh: readonly string[]; readonly en: readonly string[] };
  readonly summary: { readonly zh: string; readonly en: string };
  readonly usage: { readonly zh: string; readonly en: string };
  /** Each runs as a test, on every door. */
  readonly examples: { readonly zh: readonly string[]; readonly en: readonly string[] };
  readonly reads: Reads;
  readonly options: readonly Option[];
  /** Who may: everyone in a channel is a viewer. */
  readonly role: Role;
  /** none: only reads, so it may run on a glued line and opens no transaction. */
  readonly effect: "none" | "rule" | "record";
}

/** A row of the registry as the program uses it: arguments are checked inside `run`. */
export interface Command extends Row {
  /** Whether these arguments only ask, though the verb can set something too. */
  asks(values: Values): boolean;
  /** Rejects with Fault for what the user can mend. */
  run(context: Context, values: Values): Promise<Result>;
}

/** A verb: its row, the schema of its arguments, and what it does with them. */
export function command<Args>(
  row: Row & {
    readonly args: z.ZodType<Args>;
    /** Arguments with which a verb that sets shows what is set; without it there are none. */
    readonly isQuestion?: (args: Args) => boolean;
    readonly answer: (context: Context, args: Args) => Message | Promise<Message | Result>;
  },
): Command {
  const { args, answer, isQuestion, ...rest } = row;
  return {
    ...rest,
    asks(values) {
      if (row.effect === "none") return true;
      const read = args.safeParse(values);
      return read.success && isQuestion?.(read.data) === true;
    },
    async run(context, values) {
      const result = await answer(context, args.parse(values));
      return "message" in result ? result : { message: result };
    },
  };
}

/** The schema of a filter that the grammar has read; a form's text goes through the grammar first. */
export const filterArg = z.custom<Filter>((value) => Array.isArray(value)).default([]);
/** A schedule that the grammar has read from the front of a line. */
export const scheduleArg = z
  .custom<Schedule>((value) => typeof value === "object" && value !== null)
  .optional();
/** A page number, from 1. */
export const pageArg = z.coerce.number().int().min(1).max(999).catch(1).default(1);
