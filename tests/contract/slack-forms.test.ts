import { describe, expect, test } from "vitest";
import type { Form } from "../../src/message/form.ts";
import type { Inbound, OnInbound } from "../../src/platform/platform.ts";
import { CHANNEL, USER } from "../support/fake-slack-people.ts";
import { TEAM } from "../support/fake-slack-state.ts";
import { echo, gate, startedFor, type BenchOptions } from "../support/fake-slack-bot.ts";

const FORM: Form = {
  title: "填报读数",
  verb: "reading",
  lang: "zh",
  intro: [["还差数值。"]],
  fields: [
    {
      name: "commitment",
      label: "承诺",
      hint: null,
      required: true,
      kind: "commitment",
      placeholder: null,
      initial: null,
    },
    {
      name: "value",
      label: "数值",
      hint: null,
      required: false,
      kind: "text",
      multiline: false,
      maxLength: 40,
      placeholder: null,
      initial: null,
    },
  ],
  values: { source: "https://stats.example.org" },
  submit: "填报",
  cancel: "取消",
};

/** A bot that has a form for everything said, and says back what was sent. */
const filling: OnInbound = async (inbound) => {
  switch (inbound.type) {
    case "command":
      return inbound.reply(echo(inbound.line), {
        audience: "caller",
        ...(inbound.line.startsWith("next") || inbound.line.startsWith("list") ? {} : { form: FORM }),
      });
    case "keep":
      return inbound.reply(echo(inbound.text), { audience: "caller", form: FORM });
    case "submitted":
      return inbound.values["value"] === undefined
        ? inbound.reply(echo("还差数值"), { audience: "caller", refused: { field: "value" } })
        : inbound.reply(echo(JSON.stringify(inbound.values)), { audience: "caller" });
    case "options":
      return inbound.offer([{ value: "GM-001", label: `GM-001 ${inbound.typed}` }]);
    case "home":
      return inbound.show(echo("home"));
    default:
      return undefined;
  }
};

function find<Type extends Inbound["type"]>(inbound: readonly Inbound[], type: Type) {
  const found = inbound.filter((one): one is Extract<Inbound, { type: Type }> => one.type === type);
  return found;
}

describe.each<[string, BenchOptions]>([
  ["Socket Mode", {}],
  ["HTTP", { http: true }],
])("by %s, a form", (_how, mode) => {
  test("opens over a slash command, which is acknowledged empty", async () => {
    const { slack } = await startedFor(filling, mode);
    const answer = await slack.slash("reading");
    expect(answer.through).toBe("view");
    expect(slack.acknowledgements.at(-1)?.payload).toEqual({});
    expect(slack.calls.map(({ method }) => method)).not.toContain("response_url");
  });

  test("is filled in: options by typing, a refusal beside its field, then the answer in its place", async () => {
    const { slack, others } = await startedFor(filling, mode);
    const view = slack.view(await slack.slash("reading"));
    expect(await slack.suggest(view, "commitment", "光明 & <算力>")).toEqual([
      { value: "GM-001", label: "GM-001 光明 & <算力>" },
    ]);
    const refused = await slack.submit(view, { commitment: "GM-001", value: "" });
    expect(refused.errors).toEqual({ "field:value": "echo: 还差数值" });
    const { view: shown } = await slack.submit(view, { commitment: "GM-001", value: "8.2" });
    expect(shown?.text).toContain('"commitment":"GM-001"');
    expect(shown?.text).toContain('"source":"https://stats.example.org"');
    const [first, second] = find(others, "submitted");
    expect(second).toMatchObject({
      verb: "reading",
      values: { commitment: "GM-001", value: "8.2", source: "https://stats.example.org" },
      actor: { platform: "slack", workspace: TEAM, id: USER },
      address: { workspace: TEAM, to: { channel: CHANNEL }, thread: null },
      place: { to: { channel: CHANNEL } },
      ref: null,
    });
    expect(first?.id).not.toBe(second?.id);
    expect(find(others, "options")[0]).toMatchObject({ place: { to: { channel: CHANNEL } } });
  });

  test("opened by a click remembers the message and its thread", async () => {
    const { slack, others } = await startedFor(filling, mode);
    const first = await slack.mention("list");
    const view = slack.view(await slack.click(first, "Share"));
    await slack.suggest(view, "commitment", "g");
    await slack.submit(view, { commitment: "GM-001", value: "1" });
    expect(find(others, "submitted")[0]).toMatchObject({
      address: { thread: first.thread },
      ref: { id: first.id, address: { to: { channel: CHANNEL }, thread: first.thread } },
    });
  });

  test("that cannot open leaves the message", async () => {
    const { slack, captured } = await startedFor(filling, mode);
    slack.failNext("views.open", { error: "expired_trigger_id" });
    expect(await slack.slash("reading")).toMatchObject({ through: "response_url", shown: "ephemeral" });
    const first = await slack.mention("list");
    slack.failNext("views.open", { status: 500 });
    const answer = await slack.click(first, "Share");
    expect(answer).toMatchObject({ through: "response_url" });
    const logged = captured.lines.join("\n");
    expect(logged).toContain("expired_trigger_id");
    expect(logged).not.toMatch(/trigger\.\d|\/response\/|xoxb|stats\.example/);
  });
});

describe("without a trigger", () => {
  test("a mention gets the message instead of a form", async () => {
    const { slack } = await startedFor(filling);
    expect((await slack.mention("reading")).text).toContain("you said reading");
    expect(slack.views).toEqual([]);
  });
});

describe("the shortcut on a message", () => {
  test("carries the message's words, its thread, and opens the form", async () => {
    const { slack, others } = await startedFor(filling, { scopes: ["channels:history"] });
    const parent = await slack.mention("list");
    const said = await slack.talk("见 https://stats.example.org/?a=1&b=2", { threadTs: parent.thread ?? "" });
    const view = await slack.shortcut(said);
    expect(view.text).toContain("还差数值");
    expect(find(others, "keep")[0]).toMatchObject({
      text: "见 https://stats.example.org/?a=1&b=2",
      ref: { id: said.id },
      address: { to: { channel: CHANNEL }, thread: parent.thread },
      place: { to: { channel: CHANNEL }, thread: null },
    });
  });

  test("on a message outside threads names the thread that it would begin", async () => {
    const { slack, others } = await startedFor(filling);
    const said = await slack.talk("a link");
    slack.failNext("views.open", { error: "internal_error" });
    const answer = await slack.pick(said);
    expect(answer).toMatchObject({ through: "response_url", shown: "ephemeral" });
    // Nobody would see it in a thread that is none yet.
    expect(answer.payload).not.toHaveProperty("thread_ts");
    expect(find(others, "keep")[0]?.address.thread).toBe(said.id);
  });
});

describe("a submission", () => {
  test("whose answer is late shows that it is worked on, then the answer", async () => {
    const late = gate();
    const { slack } = await startedFor(
      async (inbound) => {
        if (inbound.type === "submitted") await late.passed;
        await filling(inbound);
      },
      { timings: { acknowledge: 1 } },
    );
    slack.failNext("chat.postMessage", { error: "fatal_error" });
    const view = slack.view(await slack.slash("reading"));
    await slack.suggest(view, "commitment", "g");
    const { view: shown } = await slack.submit(view, { commitment: "GM-001", value: "1" });
    expect(shown?.text).toContain("正在处理");
    const updated = slack.nextCall("views.update");
    late.open();
    await updated;
    await slack.settled();
    expect(slack.views[0]?.text).toContain('"value":"1"');
  });

  test("whose modal was closed meanwhile is answered by direct message", async () => {
    const late = gate();
    const { slack } = await startedFor(
      async (inbound) => {
        if (inbound.type === "submitted") await late.passed;
        await filling(inbound);
      },
      { timings: { acknowledge: 1 } },
    );
    const view = slack.view(await slack.slash("reading"));
    await slack.suggest(view, "commitment", "g");
    await slack.submit(view, { commitment: "GM-001", value: "1" });
    slack.failNext("views.update", { error: "not_found" });
    const told = slack.nextPost("D0WANG");
    late.open();
    expect((await told).text).toContain('"value":"1"');
  });

  test("over which the bot fails is acknowledged, and the form closes", async () => {
    const { slack, captured } = await startedFor(async (inbound) => {
      if (inbound.type === "submitted") throw new RangeError("xoxb-secret");
      await filling(inbound);
    });
    const view = slack.view(await slack.slash("reading"));
    await slack.suggest(view, "commitment", "g");
    expect(await slack.submit(view, { commitment: "GM-001", value: "1" })).toEqual({});
    expect(captured.lines.join("\n")).toContain("slack: a line failed");
    expect(captured.lines.join("\n")).not.toContain("xoxb-secret");
  });
});

describe("buttons", () => {
  test("in a modal change what it shows, in the place where it was opened", async () => {
    const { slack, inbound } = await startedFor(filling);
    const view = slack.view(await slack.slash("reading"));
    await slack.suggest(view, "commitment", "g");
    const { view: shown } = await slack.submit(view, { commitment: "GM-001", value: "1" });
    if (shown === undefined) throw new Error("no answer");
    const answer = await slack.click(shown, "Next");
    expect(answer).toMatchObject({ through: "view", id: shown.id });
    expect(answer.text).toContain("you said next");
    expect(inbound.at(-1)).toMatchObject({ via: "click", place: { to: { channel: CHANNEL } }, ref: null });
  });

  test("on the home tab open a modal; their place is the person's direct messages", async () => {
    const { slack, inbound, others } = await startedFor(filling);
    const home = await slack.openHome();
    expect(home.text).toContain("you said home");
    const answer = await slack.click(home, "Next");
    expect(answer.through).toBe("view");
    expect(answer.id).not.toBe(home.id);
    expect(answer.text).toContain("you said next home");
    const place = { platform: "slack", workspace: TEAM, to: { person: USER }, thread: null };
    expect(inbound[0]).toMatchObject({ via: "click", address: place, place });
    expect(find(others, "home")[0]).toMatchObject({ actor: { id: USER }, place });
    // What is opened from there stays there.
    const again = await slack.click(slack.view(answer), "Next");
    expect(again.id).toBe(answer.id);
    expect(inbound[1]).toMatchObject({ place });
    slack.failNext("views.open", { error: "expired_trigger_id" });
    const told = slack.nextPost("D0WANG");
    slack.click(home, "Next").catch(() => undefined);
    expect((await told).text).toContain("you said next home");
  });
});
