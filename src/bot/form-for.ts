import { formOf } from "../commands/form-of.ts";
import type { Submitted } from "../commands/form.ts";
import { typedIn, type Typed } from "../commands/typed.ts";
import { dayIn } from "../core/day.ts";
import { Fault, type Problem } from "../core/errors.ts";
import type { Lang } from "../core/lang.ts";
import type { Person } from "../core/place.ts";
import type { Role } from "../core/roles.ts";
import type { Form } from "../message/form.ts";
import { StoreError } from "../store/store.ts";
import { askerOf, authorize } from "./authorize.ts";
import type { Desk } from "./desk.ts";

/** A line or a submission, and whose it is. */
interface Asked {
  readonly line: string;
  readonly form?: Submitted;
  readonly actor: Person;
  readonly isExternal?: boolean;
  readonly role: Role | null;
  readonly at: Date;
}

/** The form that mends a problem, for whoever may record what it asks for. */
export async function formFor(
  desk: Desk,
  asking: Asked,
  problem: Problem,
  { lang, zone }: { readonly lang: Lang; readonly zone: string },
): Promise<Form | null> {
  const { book, commands, shelf, admins } = desk;
  const typed =
    asking.form === undefined ? typedIn(asking.line, book, commands) : filledIn(asking.form, commands);
  if (typed === null) return null;
  const form = formOf({ ...typed, problem }, book, dayIn(zone, asking.at), lang);
  if (form === null) return null;
  const { id } = form.values;
  try {
    const asker = await askerOf(shelf, typed.command, asking, admins);
    authorize(typed.command, id === undefined ? {} : { id }, book, asker);
    return form;
  } catch (error) {
    // Nobody fills in what will be refused; what is wrong with the line is told all the same.
    if (error instanceof Fault || error instanceof StoreError) return null;
    throw error;
  }
}

function filledIn({ verb, values }: Submitted, commands: Desk["commands"]): Typed | null {
  const command = commands.find(({ name }) => name === verb);
  return command === undefined ? null : { command, values };
}
