import type { Lang } from "../core/lang.ts";
import type { Line } from "./message.ts";

/** Something to choose, and how it is shown. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One thing to fill in. A submission carries it under `name`, as it was typed or chosen. */
export type Field = {
  readonly name: string;
  readonly label: string;
  /** What is expected, in one line. */
  readonly hint: string | null;
  readonly required: boolean;
} & (
  | {
      readonly kind: "text";
      readonly multiline: boolean;
      /** In characters. */
      readonly maxLength: number;
      readonly placeholder: string | null;
      readonly initial: string | null;
    }
  /** A day, carried as 2026-06-30. */
  | { readonly kind: "date"; readonly initial: string | null }
  /** At most ten; `initial` is one of their values. */
  | { readonly kind: "choice"; readonly options: readonly Choice[]; readonly initial: string | null }
  /** One of all commitments: found by typing where the platform can ask for options, else its id as text. */
  | { readonly kind: "commitment"; readonly placeholder: string | null; readonly initial: Choice | null }
);

/** What a verb still needs to know, sent back as `{ verb, values }`. */
export interface Form {
  /** At most 24 characters. */
  readonly title: string;
  readonly verb: string;
  readonly lang: Lang;
  /** What is known already, and what is wrong or missing. */
  readonly intro: readonly Line[];
  readonly fields: readonly Field[];
  /** What goes along with a submission unseen, such as the id that the form is about. */
  readonly values: Readonly<Record<string, string>>;
  readonly submit: string;
  readonly cancel: string;
}
