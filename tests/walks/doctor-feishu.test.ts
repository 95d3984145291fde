import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { diagnoseFeishu, type FeishuDiagnosis } from "../../src/adapters/feishu/doctor.ts";
import { SCOPES } from "../../src/adapters/feishu/manifest.ts";
import { syncSlashCommands } from "../../src/adapters/feishu/slash-sync.ts";
import type { SlashCommand } from "../../src/adapters/feishu/slash-commands.ts";
import type { Finding } from "../../src/core/finding.ts";
import { parseAddress } from "../../src/core/place.ts";
import { FAKE_CHAT, startFakeFeishu, type FakeFeishu } from "../support/fake-feishu.ts";

const COMMANDS: readonly SlashCommand[] = [
  { command: "show", description: { zh: "详情", en: "one commitment" } },
  { command: "help", description: { zh: "帮助", en: "how to ask" } },
];

let feishu: FakeFeishu;
beforeEach(async () => {
  feishu = await startFakeFeishu();
  feishu.scopes.clear();
  for (const { name } of SCOPES) feishu.scopes.add(name);
});
afterEach(() => feishu.close());

function diagnose(more: Partial<FeishuDiagnosis> = {}): Promise<readonly Finding[]> {
  return diagnoseFeishu({ ...feishu.credentials, commands: COMMANDS, digests: [], send: null, ...more });
}

/** The findings of a level, in English, each with its fix. */
function told(findings: readonly Finding[], level: Finding["level"]): readonly string[] {
  for (const { what, fix } of findings) {
    expect(what.zh).toMatch(/\p{Script=Han}/u);
    if (fix !== null) expect(fix.zh).toMatch(/\p{Script=Han}/u);
  }
  return findings
    .filter((each) => each.level === level)
    .map(({ what, fix }) => `${what.en ?? ""}${fix === null ? "" : ` → ${fix.en ?? ""}`}`);
}

describe("qushi doctor feishu", () => {
  test("where all is well, says so of each thing, and connects nowhere", async () => {
    await syncSlashCommands(feishu.credentials, COMMANDS);
    const findings = await diagnose();
    expect(told(findings, "fault")).toEqual([]);
    expect(told(findings, "ok")).toEqual([
      "credentials: App ID and App Secret are accepted",
      "bot: “区势” is in use",
      `scopes: all ${SCOPES.length} that are needed are granted`,
      expect.stringMatching(/^scopes: im:message\.group_msg is not granted \(optional\): threads/),
      "connection: Feishu accepts one",
      expect.stringMatching(/^groups: in 1 \(/),
      "/ commands: all 2 are registered",
    ]);
    expect(told(findings, "hint")).toEqual([
      expect.stringMatching(/^connection: .* → Run one Qushi per app/),
    ]);
    expect(feishu.connections()).toBe(0);
    expect(feishu.posts()).toEqual([]);
  });

  test("a wrong secret ends it, and is not shown", async () => {
    const findings = await diagnose({ appSecret: "not0the0secret" });
    expect(findings).toHaveLength(1);
    expect(told(findings, "fault")).toEqual([
      expect.stringMatching(
        /^credentials: Feishu refuses .*10014.* → Set FEISHU_APP_ID and FEISHU_APP_SECRET/,
      ),
    ]);
    expect(JSON.stringify(findings)).not.toContain("not0the0secret");
  });

  test("a Feishu that is out of reach", async () => {
    const findings = await diagnose({ domain: "http://127.0.0.1:9" });
    expect(told(findings, "fault")).toEqual([
      expect.stringMatching(
        /^credentials: no token could be had \(ECONNREFUSED\) → Check that this machine reaches/,
      ),
    ]);
  });

  test("scopes: a fault where Qushi cannot do without, else what is lost; a wider one will do", async () => {
    for (const name of [
      "im:message:send_as_bot",
      "im:message:update",
      "im:message.p2p_msg:readonly",
      "im:resource",
    ])
      feishu.scopes.delete(name);
    feishu.scopes.add("im:message");
    const findings = await diagnose();
    expect(told(findings, "fault")).toEqual([
      expect.stringMatching(
        /^scopes: im:message\.p2p_msg:readonly is not granted, and it is needed: .* → Batch import/,
      ),
    ]);
    expect(told(findings, "hint")[0]).toMatch(/^scopes: im:resource is not granted: an export comes inside/);
  });

  test("a bot ability that was never added", async () => {
    feishu.failNext("bot", { code: 99_991_543, msg: "app has no bot" });
    expect(told(await diagnose(), "fault")).toEqual([
      expect.stringMatching(/^bot: not found .* → Add the feature Bot under Add Features/),
    ]);
  });

  test.each([
    [
      { status: 200, code: 1_000_040_350, msg: "exceed limit" },
      /refused \(1000040350.*→ All of the app's 50 connections/,
    ],
    [{ status: 200, code: 514, msg: "auth failed" }, /refused \(514.*→ Choose the persistent connection/],
    [{ status: 502 }, /refused \(HTTP 502\) → Check that this machine reaches/],
  ])("a long connection that is refused: %o", async (fault, words) => {
    feishu.failNext("connect", fault);
    expect(told(await diagnose(), "fault")).toEqual([expect.stringMatching(words)]);
  });

  test("over HTTP, how Feishu gets here; no connection is asked for", async () => {
    const findings = await diagnose({ receive: feishu.httpCredentials.receive });
    expect(told(findings, "fault")).toEqual([]);
    expect(told(findings, "hint").join("\n")).toMatch(
      /\/feishu\/events .* → While Qushi runs, enter that address/,
    );
    expect(feishu.calls.map(({ endpoint }) => endpoint)).not.toContain("connect");
  });

  test("groups: none yet; not to be listed", async () => {
    await feishu.close();
    feishu.scopes.delete("im:chat:readonly");
    feishu = await startFakeFeishu();
    feishu.scopes.delete("im:chat:readonly");
    const findings = await diagnose();
    expect(told(findings, "hint").join("\n")).toMatch(
      /groups: they could not be listed \(99991672.* → Add im:chat:readonly at /,
    );
  });

  test("a group that the environment sends digests to, and that the bot is not in", async () => {
    const digests = [FAKE_CHAT, "oc_elsewhere", "ou_wang"].flatMap(
      (id) => parseAddress(`feishu:${id}`) ?? [],
    );
    expect(told(await diagnose({ digests }), "fault")).toEqual([
      expect.stringMatching(
        /^digest: feishu:oc_elsewhere of QUSHI_DIGEST_TO is none .* → Add it under the group's/,
      ),
    ]);
  });

  test("on request a card is sent, to a group or a person", async () => {
    for (const to of [FAKE_CHAT, "ou_wang"])
      expect(told(await diagnose({ send: parseAddress(`feishu:${to}`) }), "ok").at(-1)).toBe(
        `test message: sent to ${to}`,
      );
    expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
  });

  test.each([
    [230_002, /Add the bot to that group first/],
    [230_013, /availability/],
    [230_018, /let the bot speak/],
    [99_992_361, /belongs to another app/],
    [99_991_672, /Add im:message:send_as_bot at /],
  ])("a test message that is refused with %i", async (code, fix) => {
    feishu.failNext("create", { code });
    const [fault = ""] = told(await diagnose({ send: parseAddress(`feishu:${FAKE_CHAT}`) }), "fault");
    expect(fault).toContain(`refused it (${code}`);
    expect(fault).toMatch(fix);
  });
});

describe("qushi manifest feishu --sync", () => {
  const lines = async (commands: readonly SlashCommand[]): Promise<readonly string[]> =>
    (await syncSlashCommands(feishu.credentials, commands)).lines.map(({ en = "" }) => en);

  test("registers, corrects and removes, says what it did, and the second time does nothing", async () => {
    expect(await lines(COMMANDS)).toEqual(["/show registered", "/help registered", "0 unchanged"]);
    const changed: readonly SlashCommand[] = [
      { command: "show", description: { zh: "详情", en: "the card" } },
      { command: "list", description: { zh: "清单", en: "many" } },
    ];
    expect(await lines(changed)).toEqual([
      "/help removed",
      "/show description updated",
      "/list registered",
      "0 unchanged",
    ]);
    expect(await lines(changed)).toEqual(["2 unchanged"]);
    expect(feishu.slashCommands.map(({ command, description }) => [command, description.i18n])).toEqual([
      ["show", { zh_cn: "详情", en_us: "the card" }],
      ["list", { zh_cn: "清单", en_us: "many" }],
    ]);
  });

  test("without the scope says which one, after what was done", async () => {
    feishu.scopes.delete("application:app_slash_command:read");
    feishu.scopes.delete("application:app_slash_command:write");
    const { lines: said, failed } = await syncSlashCommands(feishu.credentials, COMMANDS);
    expect(failed).toBe(true);
    expect(said.at(-1)?.en).toMatch(
      /^Feishu refused \(99991672.*Add application:app_slash_command:read at .* publish a version/,
    );
  });
});
