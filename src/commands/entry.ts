import type { Act } from "../core/act.ts";
import { assessedWith, type Book } from "../core/book.ts";
import type { Commitment } from "../core/commitment.ts";
import type { Day } from "../core/day.ts";
import { Fault } from "../core/errors.ts";
import { accountOn, type Person } from "../core/place.ts";
import { createLedger, peopleIn, type CommitmentRecord, type Entry } from "../core/record.ts";
import { recordedLine, recordedView } from "../views/recorded.ts";
import type { Context, Result } from "./command.ts";

/** The commitment that an id names. Throws Fault for a fact, which nothing is recorded about. */
export function commitmentOf(id: string, book: Book): Commitment {
  const found = book.commitment(id);
  if (found !== null) return found;
  if (book.fact(id) !== null) throw new Fault({ code: "not_a_commitment", id });
  throw new Fault({ code: "unknown_id", id, nearest: book.names.nearestIds(id) });
}

/** How an act is named. `once`: at most one act has this name; where another was first, the line is answered anew. */
export interface Naming {
  readonly effectiveOn?: Day;
  readonly once?: string;
}

/** One act about a commitment: what is written, what its author is told, and the public line. Nothing is written yet. */
export async function recording(
  context: Context,
  commitment: Commitment,
  act: Act,
  { effectiveOn = context.today, once }: Naming = {},
): Promise<Result> {
  const { book, today, zone, lang, actor } = context;
  const record = book.ledger.of(commitment.id);
  const entry = {
    ...act,
    id: once ?? `e:${context.inboundId}`,
    commitmentId: commitment.id,
    actorKey: context.actorKey,
    at: context.now,
    effectiveOn,
    from: context.from,
  };
  const recorded: Entry = { ...entry, seq: book.ledger.seq + 1 };
  const trial = createLedger();
  trial.apply([...record.entries, recorded]);
  const after = trial.of(commitment.id);
  const who = await whoIn(after, context);
  const facts = {
    entry: recorded,
    before: assessedWith(commitment, record, book, today),
    after: assessedWith(commitment, after, book, today),
    book,
    today,
    zone,
    lang,
    who,
  };
  return {
    message: recordedView(facts),
    change: { ledger: [entry], ...(once === undefined ? {} : { slot: once }) },
    detail: `${commitment.id} ${entry.id}`,
    announce: recordedLine(actor, facts),
  };
}

/** Who acted in a record, for views: the account on the asker's own platform where there is one. */
export async function whoIn(
  { entries }: Pick<CommitmentRecord, "entries">,
  { shelf, actor, actorKey }: Pick<Context, "shelf" | "actor" | "actorKey">,
): Promise<(key: string) => Person | null> {
  const keys = [...new Set(entries.flatMap(peopleIn))];
  const known = new Map(
    await Promise.all(
      keys.map(async (key): Promise<[string, Person | null]> => {
        const accounts = (await shelf.person(key))?.accounts ?? [];
        return [key, accountOn(actor.platform, accounts)];
      }),
    ),
  );
  return (key) => (key === actorKey ? actor : (known.get(key) ?? null));
}

/** The key that stands for whoever acted under a key now: people are compared, not accounts. */
export async function personOf(key: string, { shelf }: Pick<Context, "shelf">): Promise<string> {
  return (await shelf.person(key))?.key ?? key;
}
