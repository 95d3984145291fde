import { expect, test } from "vitest";
import { checkCard } from "../../src/adapters/feishu/check-card.ts";
import { renderForm } from "../../src/adapters/feishu/form-card.ts";
import { formOf } from "../../src/commands/form-of.ts";
import { LANGS } from "../../src/core/lang.ts";
import { FORM_TITLES } from "../../src/views/form-words.ts";
import { deskOf, lanting } from "../support/books.ts";
import { cardRefusal } from "../support/fake-feishu-cards.ts";

/**
 * The form of every verb of the record as a card, in both languages: asked for everything, and about a figure, a
 * milestone and an event. `npm run golden` writes the files anew; read the difference before you commit it.
 */
const TODAY = "2026-07-02";
const { book, commands } = await deskOf(lanting);
const FORMS = [...FORM_TITLES.keys()].flatMap((verb) => LANGS.map((lang) => [verb, lang] as const));

test.each(FORMS)("the form of %s in %s", async (verb, lang) => {
  const command = commands.find(({ name }) => name === verb);
  if (command === undefined) throw new Error(verb);
  const forms = [{}, { id: "LT-004" }, { id: "LT-002" }, { id: "YB-008" }].flatMap(
    (values) => formOf({ command, values }, book, TODAY, lang) ?? [],
  );
  expect(forms.length).toBeGreaterThan(0);
  const cards = forms.map(renderForm);
  expect(cards.flatMap((card) => checkCard(card))).toEqual([]);
  expect(cards.flatMap((card) => cardRefusal(JSON.stringify(card)) ?? [])).toEqual([]);
  await expect(`${JSON.stringify(cards, null, 1)}\n`).toMatchFileSnapshot(
    `files/form-${verb.replaceAll(" ", "-")}.${lang}.feishu.json`,
  );
});
