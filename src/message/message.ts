import { formatAddress, formatPerson, type Address, type Person } from "../core/place.ts";

/** A piece of a line. A plain string is data or wording and is never interpreted as markup by any platform. */
export type Span =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  /**
   * Somebody by their platform's account, or a channel: shown by name on that platform where it can, elsewhere in `words`.
   * Without them, and at the terminal, as it is typed: `slack:T1:U1`.
   */
  | { readonly person: Person; readonly words?: string }
  | { readonly place: Address; readonly words: string }
  | { readonly url: string; readonly label: string };

/** One line of text. */
export type Line = readonly Span[];

/** Colour is never the only sign: a tone only tints what the words already say. */
export type Tone = "plain" | "good" | "warn" | "bad" | "info";

/** `run` is a command line: button, menu, mention and slash enter by one door. `replace`: the answer takes this message's place. */
export type Button = { readonly label: string; readonly primary?: boolean } & (
  { readonly url: string } | { readonly run: string; readonly replace?: boolean }
);

/** What a message is made of; every platform renders every one of these. */
export type Block =
  | { readonly type: "text"; readonly lines: readonly Line[] }
  | { readonly type: "fields"; readonly items: readonly { readonly label: string; readonly value: Line }[] }
  | { readonly type: "list"; readonly items: readonly Line[] }
  | {
      readonly type: "table";
      readonly columns: readonly { readonly label: string; readonly align: "left" | "right" }[];
      readonly rows: readonly (readonly string[])[];
    }
  | {
      readonly type: "chart";
      readonly title: string;
      readonly unit: string;
      readonly series: readonly string[];
      readonly bars: readonly { readonly label: string; readonly values: readonly number[] }[];
    }
  | { readonly type: "quote"; readonly text: string }
  | { readonly type: "note"; readonly lines: readonly Line[] }
  | { readonly type: "divider" }
  | { readonly type: "buttons"; readonly buttons: readonly Button[] };

/** A whole file that goes with a message. */
export interface MessageFile {
  readonly name: string;
  readonly mime: string;
  readonly content: string;
}

/** What Qushi says, before any platform's form. `summary` is what notifications, lists and screen readers show. */
export interface Message {
  readonly summary: string;
  readonly title?: string;
  readonly tone?: Tone;
  readonly blocks: readonly Block[];
  readonly files?: readonly MessageFile[];
}

/** A span as plain text, for people who chat. */
export function spanText(span: Span): string {
  if (typeof span === "string") return span;
  if ("bold" in span) return span.bold;
  if ("code" in span) return span.code;
  if ("person" in span) return span.words ?? formatPerson(span.person);
  if ("place" in span) return span.words;
  return span.label;
}

/** Who or where a span is about, as it is typed in a line. */
export function spanId(span: { readonly person: Person } | { readonly place: Address }): string {
  return "person" in span ? formatPerson(span.person) : formatAddress(span.place);
}

/** A line as plain text. */
export function lineText(line: Line): string {
  return line.map(spanText).join("");
}
