import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { diagnoseSlack, type SlackDiagnosis } from "../../src/adapters/slack/doctor.ts";
import { NEEDED, OPTIONAL } from "../../src/adapters/slack/manifest.ts";
import { parseAddress } from "../../src/core/place.ts";
import type { Finding } from "../../src/core/finding.ts";
import { captureLog } from "../support/fake-slack-bot.ts";
import { CHANNEL, USER } from "../support/fake-slack-people.ts";
import { TEAM } from "../support/fake-slack-state.ts";
import { startFakeSlack, type FakeSlack } from "../support/fake-slack.ts";

let slack: FakeSlack;
beforeEach(async () => {
  slack = await startFakeSlack();
  slack.scopes.clear();
  for (const { name } of [...NEEDED, ...OPTIONAL]) slack.scopes.add(name);
});
afterEach(() => slack.close());

const captured = captureLog();
/** The fake's Date header is the machine's, so the clock that agrees with it is too. */
const machine = (): Date => new Date();

function diagnose(more: Partial<SlackDiagnosis> = {}): Promise<readonly Finding[]> {
  return diagnoseSlack({
    ...slack.credentials,
    digests: [],
    send: null,
    now: machine,
    log: captured.log,
    ...more,
  });
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

describe("qushi doctor slack", () => {
  test("where all is well, says so of each thing, and connects nowhere", async () => {
    const findings = await diagnose();
    expect(told(findings, "fault")).toEqual([]);
    expect(told(findings, "ok")).toEqual([
      "clock: agrees with Slack's (within a minute)",
      `bot token: @qushi in the workspace “Watchers” (${TEAM})`,
      "scopes: all 6 that are needed are granted",
      "app token: Socket Mode accepts a connection",
      "channels: in 1 (#districts)",
    ]);
    expect(told(findings, "hint")).toEqual([expect.stringMatching(/^App Home: .* → On the App Home page/)]);
    expect(slack.greetings()).toBe(0);
    expect(slack.calls.map(({ method }) => method)).not.toContain("chat.postMessage");
  });

  test("names each scope that is missing: a fault where nothing works without it, else what is lost", async () => {
    slack.scopes.delete("app_mentions:read");
    slack.scopes.delete("files:write");
    slack.scopes.delete("channels:history");
    const findings = await diagnose();
    expect(told(findings, "fault")).toEqual([
      expect.stringMatching(
        /^scopes: app_mentions:read is not granted, and it is needed: .* → Paste the JSON that qushi manifest slack/,
      ),
    ]);
    expect(told(findings, "hint")[0]).toMatch(/^scopes: files:write is not granted: an export comes inside/i);
    expect(told(findings, "hint")[1]).toMatch(
      /^scopes: channels:history is not granted: .*no reply is counted and no link offered.*unconfirmed/,
    );
  });

  test.each([
    ["invalid_auth", /^bot token: the token is not valid \(invalid_auth\) → Copy Bot User OAuth Token/],
    ["account_inactive", /^bot token: the app was removed .* → Copy/],
    ["fatal_error", /^bot token: Slack did not answer \(fatal_error\) → Check that this machine reaches/],
  ])("a bot token that Slack answers with %s", async (error, fault) => {
    slack.failNext("auth.test", { error });
    const findings = await diagnose();
    expect(told(findings, "fault")).toEqual([expect.stringMatching(fault)]);
    // What has nothing to do with it is looked at all the same.
    expect(told(findings, "ok").join("\n")).toContain("app token");
  });

  test("an app token of another kind", async () => {
    const findings = await diagnose({ receive: { appToken: slack.credentials.botToken } });
    expect(told(findings, "fault")).toEqual([
      expect.stringMatching(
        /^app token: this is a token of another kind .* → Generate a token with connections:write/,
      ),
    ]);
  });

  test("a Slack that is out of reach", async () => {
    const findings = await diagnose({ apiUrl: "http://127.0.0.1:9/api/" });
    expect(told(findings, "fault")).toEqual([
      expect.stringMatching(/^bot token: Slack did not answer .* → Check that this machine reaches/),
      expect.stringMatching(/^app token: Slack did not answer .* → Check that this machine reaches/),
    ]);
  });

  test("a clock that is off is a hint, and a fault where requests are signed", async () => {
    const late = { now: () => new Date(machine().getTime() - 400_000) };
    expect(told(await diagnose(late), "hint")[0]).toMatch(
      /^clock: (399|400) s behind Slack's → Set this machine's clock/,
    );
    const { receive } = slack.httpCredentials;
    expect(told(await diagnose({ ...late, receive }), "fault")[0]).toMatch(/^clock: /);
  });

  test("over HTTP, how Slack gets here; no app token is asked about", async () => {
    const findings = await diagnose({ receive: slack.httpCredentials.receive });
    expect(told(findings, "fault")).toEqual([]);
    expect(told(findings, "hint")[0]).toMatch(
      /\/slack\/events .* → While Qushi runs, press Retry .* Signing Secret/,
    );
    expect(slack.calls.map(({ method }) => method)).not.toContain("apps.connections.open");
  });

  test("channels: every page, the first five by name; none yet", async () => {
    for (let at = 0; at < 250; at += 1)
      slack.addChannel({
        id: `C1${String(at).padStart(5, "0")}`,
        name: `c${at}`,
        member: true,
        archived: false,
      });
    expect(told(await diagnose(), "ok").at(-1)).toBe("channels: in 251 (#districts, #c0, #c1, #c2, #c3 …)");
    await slack.close();
    slack = await startFakeSlack();
    slack.addChannel({ id: CHANNEL, member: false, archived: false });
    expect(told(await diagnose(), "hint").join("\n")).toMatch(
      /channels: it is in none yet → Type \/invite @Qushi/,
    );
  });

  test("a channel that the environment sends digests to, and that Qushi is not in", async () => {
    const digests = [CHANNEL, "C0ELSEWHERE", USER].flatMap((id) => parseAddress(`slack:${TEAM}:${id}`) ?? []);
    expect(told(await diagnose({ digests }), "fault")).toEqual([
      expect.stringMatching(
        /^digest: slack:T0QUSHI:C0ELSEWHERE of QUSHI_DIGEST_TO is none .* → Type \/invite/,
      ),
    ]);
  });

  test("on request a message is sent, to a channel or a person", async () => {
    for (const to of [CHANNEL, USER]) {
      const send = parseAddress(`slack:${TEAM}:${to}`);
      expect(told(await diagnose({ send }), "ok").at(-1)).toBe(`test message: sent to slack:${TEAM}:${to}`);
    }
    expect(slack.posts(CHANNEL)).toHaveLength(1);
  });

  test.each([
    ["not_in_channel", /invite/],
    ["channel_not_found", /Check the address/],
    ["is_archived", /unarchive it/],
    ["messages_tab_disabled", /App Home page/],
    ["restricted_action_read_only_channel", /ask an admin/],
  ])("a test message that is refused with %s", async (error, fix) => {
    slack.failNext("chat.postMessage", { error });
    const findings = await diagnose({ send: parseAddress(`slack:${TEAM}:${CHANNEL}`) });
    expect(told(findings, "fault")).toEqual([expect.stringMatching(new RegExp(`refused it \\(${error}\\)`))]);
    expect(told(findings, "fault")[0]).toMatch(fix);
  });

  test("a test message for another workspace is not sent", async () => {
    const findings = await diagnose({ send: parseAddress("slack:T0OTHER:C0OTHER") });
    expect(told(findings, "fault")).toEqual([
      expect.stringMatching(/of another workspace, the token of T0QUSHI/),
    ]);
    expect(slack.calls.map(({ method }) => method)).not.toContain("chat.postMessage");
  });
});
