import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AdminApi } from "../../../src/adapters/feishu/doctor-api.ts";
import { feishuGuide } from "../../../src/adapters/feishu/guide.ts";
import { CALLBACKS, EVENTS, SCOPES, SENSITIVE, feishuScopes } from "../../../src/adapters/feishu/manifest.ts";
import { MENU } from "../../../src/adapters/feishu/menu.ts";
import {
  applySlashPlan,
  planSlashCommands,
  type Registered,
  type SlashCommand,
} from "../../../src/adapters/feishu/slash-commands.ts";
import { slashCommands } from "../../../src/cli/manifest.ts";
import { registry } from "../../../src/commands/registry.ts";
import { leadingVerb } from "../../../src/commands/verbs.ts";
import { shenzhenBook } from "../../support/books.ts";
import { FakeCommands } from "../../support/fake-feishu-commands.ts";
import { isRefusal } from "../../support/fake-feishu-messages.ts";

describe("what Feishu's console is given", () => {
  it("has scopes that can be imported as they stand, each with its reason, that for every message of a group apart", () => {
    expect(JSON.parse(feishuScopes())).toEqual({
      scopes: { tenant: SCOPES.map(({ name }) => name), user: [] },
    });
    expect(feishuScopes()).not.toContain(SENSITIVE.name);
    for (const { why } of [SENSITIVE, { why: SENSITIVE.without }, ...SCOPES, ...EVENTS, ...CALLBACKS]) {
      expect(why.zh).toMatch(/\p{Script=Han}/u);
      expect(why.en).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it("has a menu whose keys are lines that the grammar knows", () => {
    const commands = registry(shenzhenBook);
    for (const { eventKey } of MENU) {
      // "机器人自定义菜单事件": event_key has 1 to 30 characters.
      expect(eventKey).toMatch(/^[a-z_]{1,30}$/);
      const line = eventKey.replaceAll("_", " ");
      expect(leadingVerb(line, commands), line).toMatchObject({ command: { name: line }, rest: "" });
    }
  });

  it("says at each step what is entered, for both ways of receiving, in either language or both", async () => {
    const commands = await slashCommands();
    const everything = [SENSITIVE, ...SCOPES, ...EVENTS, ...CALLBACKS].map(({ name }) => name);
    for (const lang of ["zh", "en", null] as const) {
      const socket = feishuGuide(null, commands, lang).join("\n");
      for (const word of [
        ...everything,
        ...MENU.map(({ eventKey }) => eventKey),
        "FEISHU_APP_SECRET",
        "/show",
      ])
        expect(socket).toContain(word);
      expect(socket).not.toContain("https://");
      const http = feishuGuide("https://q.example.com/", commands, lang).join("\n");
      expect(http.split("https://q.example.com/feishu/events")).toHaveLength(lang === null ? 5 : 3);
      expect(http).toContain("FEISHU_VERIFICATION_TOKEN");
    }
    expect(feishuGuide(null, commands, "en").join("\n")).toMatch(/^[^一-鿿]*看板/);
  });

  it("publishes a version before Qushi is started, as there is no bot before, and another at the end", async () => {
    for (const url of [null, "https://q.example.com"]) {
      const steps = feishuGuide(url, await slashCommands(), "zh").filter((line) => /^\d+\./.test(line));
      expect(steps.map((line) => Number.parseInt(line, 10))).toEqual(steps.map((_line, at) => at + 1));
      const at = (word: string) => steps.findIndex((line) => line.includes(word));
      expect(at("版本管理与发布")).toBe(at("，启动区势") - 1);
      expect(at("再创建一个版本")).toBeGreaterThan(at("添加回调"));
    }
  });
});

/** Feishu's collection of commands, and how many calls changed it. */
function collection(first: readonly SlashCommand[]): {
  readonly api: AdminApi;
  readonly there: () => readonly Registered[];
  readonly calls: () => number;
} {
  const commands = new FakeCommands();
  for (const { command, description } of first)
    commands.handle("POST", "", { command, ...told(description) });
  let calls = 0;
  const call: AdminApi["call"] = async ({ method, path, data }) => {
    calls += 1;
    const result = commands.handle(method, decodeURIComponent(path.split("/")[5] ?? ""), data);
    if (!isRefusal(result)) return { ok: true, body: { code: 0, data: result } };
    const { code, msg } = result;
    const failure = { kind: "refused" as const, status: 400, code, msg, logId: null, resetSeconds: null };
    return { ok: false, failure };
  };
  const there = (): readonly Registered[] =>
    commands.all().map(({ command_id: id, command, description: { i18n } }) => ({
      id,
      command,
      zh: i18n?.zh_cn ?? null,
      en: i18n?.en_us ?? null,
    }));
  return { api: { call }, there, calls: () => calls };
}

function told({ zh, en }: SlashCommand["description"]): object {
  return { description: { default_value: en, i18n: { zh_cn: zh, en_us: en } } };
}

describe("the / commands", () => {
  it("are ten of the first verbs, by names that Feishu takes, described in both languages", async () => {
    const commands = await slashCommands();
    expect(commands).toHaveLength(10);
    for (const { command, description } of commands) {
      expect(command).toMatch(/^[a-z]+$/);
      expect(description.zh).toMatch(/\p{Script=Han}/u);
      expect(description.en).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it("are afterwards just the wanted ones, whatever was there, without a call for what is right", async () => {
    const name = fc.constantFrom("show", "list", "due", "help", "old");
    const text = fc.constantFrom("甲", "乙");
    const some = fc.uniqueArray(
      fc.record({ command: name, description: fc.record({ zh: text, en: text }) }),
      {
        selector: ({ command }) => command,
      },
    );
    const plain = (commands: readonly SlashCommand[]): ReadonlySet<string> =>
      new Set(commands.map(({ command, description: { zh, en } }) => `${command} ${zh} ${en}`));
    await fc.assert(
      fc.asyncProperty(some, some, async (wanted: readonly SlashCommand[], before) => {
        const { api, there, calls } = collection(before);
        const plan = planSlashCommands(wanted, there());
        const steps = await applySlashPlan(api, plan);
        expect(steps.every(({ failure }) => failure === null)).toBe(true);
        expect(new Set(there().map(({ command, zh, en }) => `${command} ${zh ?? ""} ${en ?? ""}`))).toEqual(
          plain(wanted),
        );
        const right = wanted.filter((each) => plain(before).has([...plain([each])].join()));
        expect(calls()).toBe(wanted.length - right.length + plan.remove.length);
        expect(planSlashCommands(wanted, there())).toMatchObject({ create: [], update: [], remove: [] });
      }),
    );
  });

  it("that somebody else has just registered are not a failure", async () => {
    const help = { command: "help", description: { zh: "帮助", en: "help" } };
    const plan = planSlashCommands([help], []);
    const { api } = collection([help]);
    expect(await applySlashPlan(api, plan)).toEqual([{ act: "created", command: "help", failure: null }]);
  });
});
