import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answer } from "../../../src/bot/answer.ts";
import type { Desk } from "../../../src/bot/desk.ts";
import { FIELDS, fieldOf } from "../../../src/commands/field-of.ts";
import { formOf } from "../../../src/commands/form-of.ts";
import { typedIn } from "../../../src/commands/typed.ts";
import { LANGS, type Lang } from "../../../src/core/lang.ts";
import type { Field, Form } from "../../../src/message/form.ts";
import { lineText } from "../../../src/message/message.ts";
import { ballycastle, deskOf, lanting, shenzhen } from "../../support/books.ts";

const AT = new Date("2026-07-02T02:00:00Z");
const TODAY = "2026-07-02";
const TERMINAL = { platform: "terminal", workspace: null } as const;
const DESKS: readonly Desk[] = [await deskOf(lanting), await deskOf(ballycastle), await deskOf(shenzhen)];

function recording({ commands }: Desk) {
  return commands.filter(({ effect }) => effect === "record");
}

/** What somebody would fill in, going by what the field itself says. */
function filled(field: Field, id: string): string {
  switch (field.kind) {
    case "commitment":
      return id;
    case "choice":
      return field.initial ?? field.options[0]?.value ?? "";
    case "date":
      return field.initial ?? "2026-06-30";
    case "text":
      return field.initial ?? field.placeholder ?? SAMPLES[field.name] ?? "";
  }
}
const SAMPLES: Readonly<Record<string, string>> = {
  source: "https://x.example/a",
  link: "https://x.example/b",
  reason: "as published",
  text: "as published",
  value: "1",
};

function submit(desk: Desk, { verb, values }: Pick<Form, "verb" | "values">) {
  return answer(desk, {
    line: "",
    form: { verb, values },
    actor: { ...TERMINAL, id: "x" },
    place: { ...TERMINAL, to: { channel: "" }, thread: null },
    at: AT,
    role: null,
    lang: null,
  });
}

/** What a platform can show: title and options as Slack's views and options take them. */
function checkShape(form: Form): void {
  expect([...form.title].length).toBeLessThanOrEqual(24);
  expect(new Set(form.fields.map(({ name }) => name)).size).toBe(form.fields.length);
  for (const field of form.fields) {
    expect(FIELDS[form.verb]).toContain(field.name);
    expect([...(field.hint ?? "")].length).toBeLessThanOrEqual(150);
    if (field.kind === "text" && field.initial !== null)
      expect([...field.initial].length).toBeLessThanOrEqual(field.maxLength);
    if (field.kind !== "choice") continue;
    expect(field.options.length).toBeGreaterThan(0);
    expect(field.options.length).toBeLessThanOrEqual(10);
    for (const { label } of field.options) expect([...label].length).toBeLessThanOrEqual(75);
    if (field.initial !== null) expect(field.options.map(({ value }) => value)).toContain(field.initial);
  }
}

describe.each(DESKS.map((desk) => [desk.book.dataset.id, desk] as const))("on %s", (_id, desk) => {
  test("the form of every verb, about every commitment or none yet, reads back with what it suggests", async () => {
    for (const command of recording(desk)) {
      for (const { id } of desk.book.dataset.commitments) {
        for (const known of [{ id }, {}]) {
          const lang: Lang = LANGS[id.length % 2] ?? "en";
          const form = formOf({ command, values: known }, desk.book, TODAY, lang);
          // Only what is settled with its commitment has none.
          if (form === null) {
            expect(["approve", "rate withdraw"]).toContain(command.name);
            expect(known).toEqual({ id });
            continue;
          }
          checkShape(form);
          const values = Object.fromEntries(form.fields.map((field) => [field.name, filled(field, id)]));
          const said = await submit(desk, { verb: form.verb, values: { ...form.values, ...values } });
          const told = `${command.name} ${id} ${said.failure ?? ""} ${said.problem ?? ""}`;
          expect(said.failure, told).toBeNull();
          expect(said.lang, told).toBe(lang);
          expect(["option_not_here", "missing_id", "unexpected_words"], told).not.toContain(said.problem);
          const names = [...form.fields.map(({ name }) => name), ...Object.keys(form.values)];
          if (said.field !== null) expect(names, told).toContain(said.field);
        }
      }
    }
  });
});

test("whatever was typed after a verb: its form is one that a platform can show, and keeps what fits", () => {
  const [desk] = DESKS;
  if (desk === undefined) throw new Error("no desk");
  const verbs = recording(desk).flatMap(({ name, aliases }) => [name, ...aliases.zh]);
  const word = fc.oneof(
    fc.constantFrom(
      "LT-004",
      "lt4",
      "LT-999",
      "8.2 EFLOPS",
      "E2",
      "#3",
      "https://x.example/a?b=c:d",
      "推进中",
    ),
    fc.constantFrom(
      "level:E2",
      "级别:E9",
      "as-of:6月30日",
      "截至:明年",
      "reason:because",
      "source:",
      '"',
      "on:x",
    ),
    fc.string({ maxLength: 12 }),
    fc.string({ minLength: 3_000, maxLength: 3_100 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...verbs), fc.array(word, { maxLength: 6 }), (verb, words) => {
      const typed = typedIn([verb, ...words].join(" "), desk.book, desk.commands);
      const form = typed === null ? null : formOf(typed, desk.book, TODAY, "zh");
      if (form !== null) checkShape(form);
    }),
    { numRuns: 500 },
  );
});

test("whatever is filled in is recorded or refused beside a field of its form, never a fault", async () => {
  const [desk] = DESKS;
  if (desk === undefined) throw new Error("no desk");
  const text = fc.oneof(
    fc.constantFrom("LT-004", "LT-F01", "8.2", "E2", "#3", "met", "https://x.example/a", "2026-06-30", "yes"),
    fc.string({ maxLength: 30 }),
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.string({ minLength: 2_100, maxLength: 2_200 }),
  );
  const submitted = fc.constantFrom(...Object.keys(FIELDS)).chain((verb) =>
    fc.record({
      verb: fc.constant(verb),
      values: fc.dictionary(fc.constantFrom(...(FIELDS[verb] ?? []), "lang"), text),
    }),
  );
  await fc.assert(
    fc.asyncProperty(submitted, async ({ verb, values }) => {
      const said = await submit(desk, { verb, values });
      expect(said.failure).toBeNull();
      expect(["answered", "user_error"]).toContain(said.exit);
      if (said.field !== null) expect(FIELDS[verb]).toContain(said.field);
    }),
    { numRuns: 400 },
  );
});

test("the form about a problem says what is wrong, and what is refused for who one is brings none", () => {
  const [desk] = DESKS;
  const typed = desk === undefined ? null : typedIn("reading LT-004 lots", desk.book, desk.commands);
  if (desk === undefined || typed === null) throw new Error("nothing was read");
  const problem = {
    code: "unreadable_figure",
    text: "lots",
    why: "unreadable",
    example: "VALUE EFLOPS",
  } as const;
  const form = formOf({ ...typed, problem }, desk.book, TODAY, "en");
  expect(form?.intro.map(lineText)[2]).toContain("lots is no figure I can read");
  expect(form?.fields[0]).toMatchObject({ name: "value", initial: "lots", placeholder: "VALUE EFLOPS" });
  const refused = {
    code: "needs_role",
    role: "tracker",
    has: "viewer",
    district: null,
    ask: [],
    external: null,
  } as const;
  expect(formOf({ ...typed, problem: refused }, desk.book, TODAY, "en")).toBeNull();
});

test("a day that was refused is not suggested again", () => {
  const [desk] = DESKS;
  const typed = desk === undefined ? null : typedIn("event YB-003 on:2027-01-01", desk.book, desk.commands);
  if (desk === undefined || typed === null) throw new Error("nothing was read");
  const problem = { code: "bad_day", key: "on", text: "2027-01-01", why: "future", limit: TODAY } as const;
  expect(formOf({ ...typed, problem }, desk.book, TODAY, "en")?.fields).toMatchObject([{ initial: null }]);
  expect(fieldOf(problem, "event")).toBe("on");
  expect(fieldOf(problem, "note")).toBeNull();
});
