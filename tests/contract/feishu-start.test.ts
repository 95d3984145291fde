import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createFeishu } from "../../src/adapters/feishu/index.ts";
import { PlatformStartError } from "../../src/platform/start-error.ts";
import type { FakeFeishu } from "../support/fake-feishu.ts";
import { startFakeFeishu } from "../support/fake-feishu.ts";
import { FAKE_APP_ID } from "../support/fake-feishu-http.ts";
import type { EchoBot } from "../support/fake-feishu-bot.ts";
import { echoBot, keptLog } from "../support/fake-feishu-bot.ts";

let feishu: FakeFeishu;
let bot: EchoBot | null;

beforeEach(async () => {
  feishu = await startFakeFeishu();
  bot = null;
});

afterEach(async () => {
  await bot?.platform.stop();
  await feishu.close();
});

async function startFailure(start: () => Promise<void>): Promise<PlatformStartError> {
  const error: unknown = await start().then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof PlatformStartError)) throw new Error("it should not have started", { cause: error });
  return error;
}

describe("start", () => {
  it("asks for one token however many calls follow", async () => {
    const made = echoBot(feishu);
    bot = made;
    await made.start();
    const to = { platform: "feishu" as const, workspace: null, to: { person: "ou_a" }, thread: null };
    const message = { summary: "s", blocks: [] };
    await Promise.all(["a", "b", "c"].map((key) => made.platform.post(to, message, key)));
    expect(feishu.calls.filter(({ endpoint }) => endpoint === "token")).toHaveLength(1);
  });

  it("names the variables and their place when the secret is wrong, and does not ask to be tried again", async () => {
    const made = echoBot(feishu, { appSecret: "another0secret0of0the0app0000000" });
    const error = await startFailure(made.start);
    expect(error.retryable).toBe(false);
    expect(error.fix).toContain("FEISHU_APP_SECRET");
    expect(error.fix).toContain("凭证与基础信息");
    expect(error.message).toContain("10014");
    expect(made.platform.health().state).toBe("failed");
  });

  it("refuses an app id of the wrong shape before it calls anybody", async () => {
    const options = {
      appId: "cli_x",
      appSecret: "s",
      domain: feishu.url,
      receive: "ws" as const,
      log: keptLog(),
      now: () => new Date(0),
    };
    const error = await startFailure(() => createFeishu(options).start(() => Promise.resolve()));
    expect(error).toMatchObject({ retryable: false });
    expect(feishu.calls).toEqual([]);
  });

  it("can be tried again when nobody listens", async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => {
      silent.listen(0, "127.0.0.1", () => resolve());
    });
    const address = silent.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await new Promise((resolve) => silent.close(resolve));
    const domain = `http://127.0.0.1:${port}`;
    const options = {
      appId: FAKE_APP_ID,
      appSecret: "s",
      receive: "ws" as const,
      domain,
      log: keptLog(),
      now: () => new Date(0),
    };
    const error = await startFailure(() => createFeishu(options).start(() => Promise.resolve()));
    expect(error).toMatchObject({ retryable: true });
    expect(error.message).toContain("ECONNREFUSED");
  });

  it.each(["token", "bot", "connect"] as const)(
    "gives up in its own time when %s never answers, and starts later",
    async (endpoint) => {
      feishu.failNext(endpoint, { hang: true });
      const made = echoBot(feishu, { startTimeoutMs: 1_000 });
      bot = made;
      const error = await startFailure(made.start);
      expect(error).toMatchObject({ retryable: true });
      expect(made.platform.health().state).toBe("failed");
      await made.start();
      expect(made.platform.health().state).toBe("connected");
    },
  );

  it("tells a missing bot ability from a fault of the network", async () => {
    feishu.failNext("bot", { code: 99991672, msg: "Access denied." });
    expect(await startFailure(echoBot(feishu).start)).toMatchObject({ retryable: false });
    feishu.failNext("bot", { status: 502 });
    expect(await startFailure(echoBot(feishu).start)).toMatchObject({ retryable: true });
    feishu.failNext("token", { garbage: true });
    expect(await startFailure(echoBot(feishu).start)).toMatchObject({ retryable: true });
  });

  it.each([
    { code: 514, status: 200 },
    { code: 514, status: 200, data: {} },
    { code: 514, status: 403 },
  ])("stops at a connection that is refused for good (%o)", async (fault) => {
    feishu.failNext("connect", fault);
    const made = echoBot(feishu);
    const error = await startFailure(made.start);
    expect(error).toMatchObject({ retryable: false });
    expect(made.platform.health().state).toBe("failed");
    expect(feishu.calls.filter(({ endpoint }) => endpoint === "connect")).toHaveLength(1);
  });

  it.each([
    { code: 1000040350, status: 200 },
    { code: 1, status: 200, data: {} },
  ])("makes a new connection when one is refused for now (%o)", async (fault) => {
    feishu.failNext("connect", fault);
    const made = echoBot(feishu);
    bot = made;
    await made.start();
    expect(made.platform.health().state).toBe("connected");
    expect((await feishu.direct("gm1")).text).toContain("you said gm1");
  });
});

describe("a lost connection", () => {
  it("comes back by itself and answers again", async () => {
    const made = echoBot(feishu);
    bot = made;
    await made.start();
    await feishu.dropConnection();
    await feishu.connected();
    expect((await feishu.direct("gm1")).text).toContain("you said gm1");
    expect(feishu.connections()).toBe(1);
  });

  it("survives an endpoint that fails while it comes back", async () => {
    const made = echoBot(feishu);
    bot = made;
    await made.start();
    feishu.failNext("connect", { status: 500 });
    feishu.failNext("connect", { garbage: true });
    await feishu.dropConnection();
    await feishu.connected();
    expect((await feishu.direct("gm1")).text).toContain("you said gm1");
    // An unhandled rejection of the SDK would fail the run here.
  });

  it("is noticed when nobody answers on it any more, and replaced", async () => {
    feishu.configure({ PingInterval: 1 });
    const made = echoBot(feishu, { pingTimeoutS: 0.2 });
    bot = made;
    await made.start();
    await feishu.connected();
    feishu.halfOpen();
    await feishu.connected();
    expect((await feishu.direct("gm1")).text).toContain("you said gm1");
  });

  it.each([
    { code: 1000040350, status: 200 },
    { code: 1000040350, status: 200, data: {} },
  ])("is opened anew by another client where it is refused for now (%o)", async (fault) => {
    const made = echoBot(feishu);
    bot = made;
    await made.start();
    feishu.failNext("connect", fault);
    feishu.failNext("connect", fault);
    await feishu.dropConnection();
    await vi.waitFor(() => expect(made.platform.health().state).toBe("reconnecting"));
    await feishu.connected();
    expect((await feishu.direct("gm1")).text).toContain("you said gm1");
    expect(feishu.connections()).toBe(1);
    expect(feishu.calls.filter(({ endpoint }) => endpoint === "connect")).toHaveLength(4);
  });

  it("stops and says so when the credentials are no longer accepted", async () => {
    const made = echoBot(feishu);
    bot = made;
    await made.start();
    feishu.failNext("connect", { code: 514, status: 200 });
    await feishu.dropConnection();
    await vi.waitFor(() => expect(made.platform.health().state).toBe("failed"));
    expect(made.log.lines.join("\n")).toContain("FEISHU_APP_SECRET");
  });
});

describe("stop", () => {
  it("finishes what it has accepted, then takes nothing more", async () => {
    const gate = Promise.withResolvers<void>();
    const made = echoBot(feishu, {
      onInbound: async (inbound) => {
        await gate.promise;
        await inbound.reply({ summary: "late", blocks: [] }, { audience: "channel" });
      },
    });
    await made.start();
    const said = feishu.say("gm1", "direct");
    await vi.waitFor(() => expect(made.seen).toHaveLength(1));
    const stopped = made.platform.stop();
    expect((await feishu.redeliver()).code).toBe(500);
    gate.resolve();
    expect((await said).ack.code).toBe(200);
    await stopped;
    expect(feishu.posts().map(({ text }) => text)).toEqual(["late"]);
    expect(made.platform.health().state).toBe("stopped");
    await expect(made.platform.post(direct, { summary: "s", blocks: [] }, "k")).rejects.toMatchObject({
      code: "unreachable",
    });
  });

  it("can be started again, and stopped twice", async () => {
    const made = echoBot(feishu);
    await made.start();
    await made.platform.stop();
    await made.platform.stop();
    await made.start();
    expect((await feishu.direct("gm1")).text).toContain("you said gm1");
    await made.platform.stop();
  });
});

const direct = { platform: "feishu" as const, workspace: null, to: { person: "ou_a" }, thread: null };
