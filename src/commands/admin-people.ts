import { z } from "zod";
import { Fault } from "../core/errors.ts";
import { formatPerson, samePerson } from "../core/place.ts";
import { confirmForgetView } from "../views/confirm.ts";
import { forgottenView, linkedView } from "../views/roles.ts";
import { command } from "./command.ts";
import { lineOf } from "./line-words.ts";
import { readPerson } from "./person-word.ts";

/** Joins two accounts to one person: in reviews people are compared, not accounts. */
export const adminLink = command({
  name: "admin link",
  aliases: { zh: ["管理 关联"], en: [] },
  summary: { zh: "把两个账号认作同一个人", en: "join two accounts to one person" },
  usage: { zh: "管理 关联 slack:T1:U1 feishu:ou_x", en: "admin link slack:T1:U1 feishu:ou_x" },
  examples: { zh: [], en: [] },
  reads: "words",
  options: [],
  role: "admin",
  effect: "rule",
  args: z.object({ words: z.array(z.string()).default([]) }),
  async answer(context, { words }) {
    const [one, other, ...more] = words;
    const line = lineOf({ zh: "管理 关联", en: "admin link" }, ["slack:T1:U1", "feishu:ou_x"]);
    const lacking = new Fault({ code: "missing_part", part: "accounts", line });
    if (one === undefined || other === undefined || more.length > 0) throw lacking;
    context.need("admin", null);
    const { shelf, actor, lang } = context;
    const [person, into] = [readPerson(one, actor), readPerson(other, actor)];
    if (samePerson(person, into)) throw lacking;
    const from = await shelf.personKey(person);
    const key = await shelf.personKey(into);
    const message = linkedView(person, into, lang);
    if (from === key) return message;
    return { message, change: { links: [{ from, into: key }] }, detail: `${from} ${key}` };
  },
});

/** Removes a person's accounts and names; what they recorded stays, under a key that names nobody. */
export const adminForget = command({
  name: "admin forget",
  aliases: { zh: ["管理 遗忘"], en: [] },
  summary: {
    zh: "删去一个人的账号与姓名，台账不变",
    en: "remove a person's accounts and names; the ledger stays",
  },
  usage: { zh: "管理 遗忘 @某人 [确认:是]", en: "admin forget @person [confirm:yes]" },
  examples: { zh: [], en: [] },
  reads: "words",
  options: ["confirm"],
  role: "admin",
  effect: "rule",
  args: z.object({ words: z.array(z.string()).default([]), confirm: z.literal("yes").optional() }),
  async answer(context, { words, confirm }) {
    const [word, ...more] = words;
    const verb = { zh: "管理 遗忘", en: "admin forget" };
    if (word === undefined || more.length > 0)
      throw new Fault({ code: "missing_part", part: "person", line: lineOf(verb, ["slack:T1:U1"]) });
    context.need("admin", null);
    const { shelf, actor, admins, lang } = context;
    const person = readPerson(word, actor);
    const key = await shelf.personKey(person);
    const accounts = (await shelf.person(key))?.accounts ?? [];
    if ([person, ...accounts].some((account) => admins.some((admin) => samePerson(admin, account))))
      throw new Fault({ code: "admin_by_environment", person: formatPerson(person) });
    if (confirm === undefined) {
      const line = lineOf(verb, [formatPerson(person), { option: "confirm", value: "yes" }]);
      return confirmForgetView(person, line[lang], lang);
    }
    return { message: forgottenView(person, lang), change: { forget: [key] }, detail: key };
  },
});
