import { expect, test } from "vitest";
import { drawHome } from "../../src/adapters/slack/home.ts";
import { checkView } from "../../src/adapters/slack/modal-check.ts";
import { drawAnswer, drawForm, type ModalContext } from "../../src/adapters/slack/modal.ts";
import { formOf } from "../../src/commands/form-of.ts";
import { LANGS, type Lang } from "../../src/core/lang.ts";
import { directTo, type Person } from "../../src/core/place.ts";
import { FORM_TITLES } from "../../src/views/form-words.ts";
import { ADMIN, botRig, WANG } from "../support/bot-rig.ts";
import { deskOf, lanting } from "../support/books.ts";

/**
 * What stands in Slack's modals and on its home tab, in both languages: the form of every verb of the record, asked
 * for everything and about a figure, a milestone and an event; the answer to a submission; the home tab of somebody
 * new and of a reviewer. `npm run golden` writes the files anew; read the difference before you commit it.
 */
const AT: ModalContext = { team: "T0LANTING", channel: "C0DESK", thread: null, message: null };
const TODAY = "2026-07-02";
const { book, commands } = await deskOf(lanting);

async function keep(name: string, lang: Lang, views: readonly object[]) {
  expect(views.flatMap((view) => checkView(view))).toEqual([]);
  await expect(`${JSON.stringify(views, null, 1)}\n`).toMatchFileSnapshot(`files/${name}.${lang}.slack.json`);
}

const FORMS = [...FORM_TITLES.keys()].flatMap((verb) => LANGS.map((lang) => [verb, lang] as const));

test.each(FORMS)("the form of %s in %s", async (verb, lang) => {
  const command = commands.find(({ name }) => name === verb);
  if (command === undefined) throw new Error(verb);
  const forms = [{}, { id: "LT-004" }, { id: "LT-002" }, { id: "YB-008" }].flatMap(
    (values) => formOf({ command, values }, book, TODAY, lang) ?? [],
  );
  expect(forms.length).toBeGreaterThan(0);
  await keep(
    `form-${verb.replaceAll(" ", "-")}`,
    lang,
    forms.map((form) => drawForm(form, AT)),
  );
});

test.each(LANGS)("the answer to a submission, and a refusal's, in %s", async (lang) => {
  const rig = await botRig();
  const values = {
    id: "LT-004",
    value: "8.2 EFLOPS",
    "as-of": "2026-06-30",
    source: "https://x.example/a",
    lang,
  };
  const taken = await rig.submit("reading", { ...values, level: "E3" }, { actor: ADMIN });
  const refused = await rig.submit(
    "reading",
    { ...values, value: "?", level: "E3" },
    { id: "2", actor: ADMIN },
  );
  const messages = [taken, refused].flatMap((replied) => replied?.message ?? []);
  expect(messages).toHaveLength(2);
  await keep(
    "modal-answer",
    lang,
    messages.map((message) => drawAnswer(message, AT)),
  );
});

test.each(LANGS)("the home tab in %s", async (lang) => {
  const rig = await botRig();
  const directly = (actor: Person, line: string) =>
    rig.line(line, { actor, via: "direct", address: directTo(actor), place: directTo(actor) });
  for (const actor of [WANG, ADMIN])
    await directly(actor, lang === "zh" ? "设置 语言:中文" : "settings lang:en");
  const fresh = await rig.home(WANG);
  await directly(ADMIN, "subscribe district:lanting before:30d,7d");
  await directly(ADMIN, "reading LT-004 8.2 EFLOPS as-of:2026-06-30 source:https://x.example/a level:E3");
  await directly(ADMIN, "rate LT-004 in_progress reason:<!channel> two *halls* of three have power");
  await keep("home", lang, [fresh, await rig.home(ADMIN)].map(drawHome));
});
