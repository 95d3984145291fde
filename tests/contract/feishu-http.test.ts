import { request as httpRequest } from "node:http";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FakeFeishu } from "../support/fake-feishu.ts";
import { startFakeFeishu } from "../support/fake-feishu.ts";
import type { EchoBot } from "../support/fake-feishu-bot.ts";
import { echoBot } from "../support/fake-feishu-bot.ts";
import { FAKE_VERIFICATION_TOKEN } from "../support/fake-feishu-events.ts";
import { deliver, post, WRONG_REQUESTS } from "../support/fake-feishu-callback.ts";

let feishu: FakeFeishu;
let bot: EchoBot;

beforeEach(async () => {
  feishu = await startFakeFeishu();
  bot = echoBot(feishu, { mode: "http" });
  await bot.start();
});

afterEach(async () => {
  await bot.stop();
  await feishu.close();
});

describe("a request to the callback address", () => {
  it("is taken when it is signed and encrypted, whatever query stands behind the path", async () => {
    expect(await feishu.request(null)).toEqual({ status: 200, body: "{}" });
    feishu.deliverTo(`${bot.url()}?from=feishu`);
    expect(await feishu.request(null)).toMatchObject({ status: 200 });
    expect(bot.seen.map(({ line }) => line)).toEqual(["帮助", "帮助"]);
  });

  it.each(WRONG_REQUESTS)("that is %s is refused with %i", async (wrong, status) => {
    expect(await feishu.request(wrong)).toMatchObject({ status });
    expect(bot.seen).toEqual([]);
    expect(bot.log.lines.join("\n")).toContain(`"status":${status}`);
  });

  it("answers the challenge, signed or not, and only to who knows the key and the token", async () => {
    expect(await feishu.challenge("word")).toEqual({ status: 200, body: '{"challenge":"word"}' });
    expect(await feishu.challenge("word", null)).toEqual({ status: 200, body: '{"challenge":"word"}' });
    for (const wrong of ["plain", "garbled", "foreign-token", "forged"] as const) {
      expect(await feishu.challenge("word", wrong)).toMatchObject({ status: 401 });
    }
  });

  it("tells a stranger nothing of whether what they sent could be decrypted", async () => {
    const json = { "content-type": "application/json" };
    const padded = await feishu.request("unsigned");
    const broken = await post(bot.url(), JSON.stringify({ encrypt: "A".repeat(64) }), json);
    expect(broken).toEqual(padded);
    expect(await feishu.request("forged")).toEqual(padded);
    expect(bot.log.lines.join("\n")).toMatch(/encrypted with another key/);
  });

  it("must be a POST of JSON", async () => {
    const get = await new Promise<{ status: number; allow: string | undefined }>((resolve, reject) => {
      httpRequest(bot.url(), (response) => {
        response.resume();
        resolve({ status: response.statusCode ?? 0, allow: response.headers.allow });
      })
        .on("error", reject)
        .end();
    });
    expect(get).toEqual({ status: 405, allow: "POST" });
    expect(
      await post(bot.url(), "a=1", { "content-type": "application/x-www-form-urlencoded" }),
    ).toMatchObject({ status: 415 });
  });

  it("is refused when more comes than it said, and still answered", async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest(
        bot.url(),
        { method: "POST", headers: { "content-type": "application/json" }, agent: false },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sent.on("error", reject);
      for (let count = 0; count < 20; count += 1) sent.write("x".repeat(64 * 1024));
    });
    expect(status).toBe(413);
  });

  it("is answered in the same few ways whatever its sender put inside", async () => {
    const types = [
      "im.message.receive_v1",
      "card.action.trigger",
      "application.bot.menu_v6",
      "im.chat.updated_v1",
    ];
    const anyEvent = fc.record({
      schema: fc.constantFrom("2.0", "1.0"),
      header: fc.record(
        {
          event_id: fc.string(),
          event_type: fc.oneof(fc.constantFrom(...types), fc.string()),
          token: fc.constantFrom(FAKE_VERIFICATION_TOKEN, "another"),
        },
        { requiredKeys: [] },
      ),
      event: fc.oneof(
        fc.jsonValue(),
        fc.record({
          message: fc.jsonValue(),
          sender: fc.jsonValue(),
          action: fc.jsonValue(),
          operator: fc.jsonValue(),
        }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(anyEvent, async (event) => {
        expect([200, 400, 401]).toContain((await feishu.request(null, event)).status);
      }),
      { numRuns: 60 },
    );
    expect(bot.seen).toEqual([]);
  });

  it("is answered 503 before start and after stop, so that the event comes again", async () => {
    await bot.platform.stop();
    expect(await feishu.request(null)).toMatchObject({ status: 503 });
    await bot.start();
    expect(await feishu.request(null)).toMatchObject({ status: 200 });
  });

  it("cannot reach what every object inherits", async () => {
    for (const type of ["__proto__", "constructor", "toString"]) {
      const event: unknown = JSON.parse(
        `{"schema":"2.0","header":{"event_id":"e","event_type":"${type}","token":"${FAKE_VERIFICATION_TOKEN}"},
          "event":{"__proto__":{"sender":{}},"constructor":{"prototype":{"polluted":1}}}}`,
      );
      if (typeof event !== "object" || event === null) throw new Error("no object");
      expect(await feishu.request(null, event)).toEqual({ status: 200, body: "{}" });
    }
    expect("polluted" in {}).toBe(false);
  });

  it("never leaves its content or a key in the log", async () => {
    await feishu.request("forged");
    await feishu.request("foreign-token");
    await feishu.direct("my plans");
    const lines = bot.log.lines.join("\n");
    for (const secret of ["my plans", "fake0encrypt0key", "fake0verification0token", feishu.appSecret]) {
      expect(lines).not.toContain(secret);
    }
  });
});

describe("without an encrypt key", () => {
  it("takes plain bodies with the token, and refuses encrypted ones and other tokens", async () => {
    const plain = await startFakeFeishu({ encryptKey: "" });
    const open = echoBot(plain, { mode: "http" });
    await open.start();
    expect((await plain.direct("gm1")).text).toContain("you said gm1");
    expect(await plain.challenge("word")).toMatchObject({ status: 200 });
    expect(await plain.request("foreign-token")).toMatchObject({ status: 401 });
    const encrypted = { url: open.url(), encryptKey: "somebody0elses", now: () => new Date(0) };
    expect(await deliver({}, encrypted)).toMatchObject({ status: 400 });
    await open.stop();
    await plain.close();
  });
});

describe("start by HTTP", () => {
  it("asks for the token, the bot and what it may, and opens no connection", () => {
    expect(feishu.calls.map(({ endpoint }) => endpoint)).toEqual(["token", "bot", "scopes"]);
    expect(bot.platform.callback?.path).toBe("/feishu/events");
    expect(bot.platform.health()).toEqual({ state: "connected", detail: null });
  });
});
