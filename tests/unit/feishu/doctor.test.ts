import { expect, test } from "vitest";
import type { AdminApi } from "../../../src/adapters/feishu/doctor-api.ts";
import { checkChats } from "../../../src/adapters/feishu/doctor-chats.ts";
import { checkScopes } from "../../../src/adapters/feishu/doctor-scopes.ts";
import { briefly } from "../../../src/adapters/feishu/doctor-words.ts";
import { checkBot } from "../../../src/adapters/feishu/doctor.ts";
import { SCOPES } from "../../../src/adapters/feishu/manifest.ts";
import type { Finding } from "../../../src/core/finding.ts";

const WHERE = { domain: "https://open.feishu.cn", appId: "cli_0123456789abcdef" };

/** Answers as the documentation's examples do, by path; anything else is a fault of the test. */
function answering(bodies: Readonly<Record<string, object>>): AdminApi {
  return {
    call: async ({ path }) => {
      const body = bodies[path];
      if (body === undefined) throw new Error(`${path} was not expected`);
      return { ok: true, body: { code: 0, msg: "success", ...body } };
    },
  };
}
const brief = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ level, what, fix }) => `${level} ${what.en ?? ""} → ${fix?.en ?? ""}`);

test("a scope that was asked for and is not in force is told apart from one that was never asked for", async () => {
  const scopes = SCOPES.map(({ name }) => ({
    scope_name: name,
    grant_status: name === "im:message:send_as_bot" ? 2 : 1,
  })).filter(({ scope_name }) => scope_name !== "im:message.p2p_msg:readonly");
  const found = brief(
    await checkScopes(answering({ "/open-apis/application/v6/scopes": { data: { scopes } } }), WHERE),
  );
  expect(found).toHaveLength(3);
  expect(found[2]).toMatch(/^ok scopes: im:message\.group_msg is not granted \(optional\)/);
  expect(found[0]).toMatch(
    /^fault scopes: im:message:send_as_bot .* → Asked for, not in force: publish a version/,
  );
  expect(found[1]).toMatch(/^fault scopes: im:message\.p2p_msg:readonly .* → Batch import/);
});

test("a scope that reads groups does not bring the events of being taken in and out", async () => {
  const names = SCOPES.map(({ name }) => (name === "im:chat:readonly" ? "im:chat:read" : name));
  const scopes = names.map((scope_name) => ({ scope_name, grant_status: 1 }));
  const found = brief(
    await checkScopes(answering({ "/open-apis/application/v6/scopes": { data: { scopes } } }), WHERE),
  );
  expect(found).toEqual([
    expect.stringMatching(/^hint scopes: im:chat:readonly is not granted/),
    expect.stringMatching(/^ok scopes: im:message.group_msg is not granted \(optional\)/),
  ]);
});

test("a group where only some may speak is a hint that names it", async () => {
  const items = [
    { chat_id: "oc_a", name: "园区" },
    { chat_id: "oc_b", name: "公告" },
  ];
  const api = answering({
    "/open-apis/im/v1/chats": { data: { items, has_more: false, page_token: "" } },
    "/open-apis/im/v1/chats/oc_a": { data: { moderation_permission: "all_members" } },
    "/open-apis/im/v1/chats/oc_b": { data: { moderation_permission: "only_owner" } },
  });
  const found = brief(await checkChats(api, [], WHERE));
  expect(found).toEqual([
    "ok groups: in 2 (园区, 公告) → ",
    expect.stringMatching(/^hint groups: “公告” \(oc_b\) restricts who may speak.* → Ask the owner/),
  ]);
});

test.each([
  [2, [], ["ok bot: “区势” is in use → "]],
  [0, [], [expect.stringMatching(/^fault bot: “区势” is not installed.* → Publish a version/)]],
  [1, [], [expect.stringMatching(/^fault bot: “区势” is disabled by the organisation → /)]],
  [2, ["203.0.113.7"], ["ok bot: “区势” is in use → ", expect.stringMatching(/^hint bot: an IP allow list/)]],
])("a bot in state %i with the allow list %j", async (activate_status, ip_white_list, expected) => {
  const bot = { open_id: "ou_bot", app_name: "区势", activate_status, ip_white_list };
  expect(brief(await checkBot(answering({ "/open-apis/bot/v3/info": { bot } }), WHERE))).toEqual(expected);
});

test("of a refusal the code and the first words are told, no address", () => {
  const msg =
    "Access denied. One of the following scopes is required: [im:chat]. https://open.feishu.cn/app/cli_x/auth?token=t-secret";
  const failure = {
    kind: "refused" as const,
    status: 400,
    code: 99_991_672,
    msg,
    logId: null,
    resetSeconds: null,
  };
  expect(briefly(failure)).toBe("99991672 Access denied");
  expect(briefly({ ...failure, msg: "https://open.feishu.cn/?token=t-secret" })).toBe("99991672");
});
