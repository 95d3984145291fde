import { describe, expect, it } from "vitest";
import type { Endpoint } from "../../../src/adapters/feishu/failure.ts";
import { failureIn, feishuError, refusalIn } from "../../../src/adapters/feishu/failure.ts";
import { feishuManifest } from "../../../src/adapters/feishu/manifest.ts";
import { safePhrase } from "../../../src/adapters/feishu/sdk-log.ts";
import { uuidOf } from "../../../src/adapters/feishu/send.ts";

const refusal = (code: number, status = 400) =>
  ({ kind: "refused", status, code, msg: "words", logId: "L1", resetSeconds: null }) as const;

describe("feishuError", () => {
  it.each<[Endpoint, number, string]>([
    ["create", 230002, "target_gone"],
    ["create", 230013, "target_gone"],
    ["reply", 230011, "target_gone"],
    ["update", 230031, "target_gone"],
    ["create", 230054, "forbidden"],
    ["reply", 230054, "rejected"],
    ["update", 230071, "forbidden"],
    ["reply", 230072, "forbidden"],
    ["update", 230072, "rejected"],
    ["create", 230022, "rejected"],
    ["create", 99991403, "forbidden"],
    ["token", 10014, "forbidden"],
    ["create", 230049, "unknown_outcome"],
    ["create", 11233, "rate_limited"],
    ["create", 11247, "rate_limited"],
    ["create", 424242, "rejected"],
  ])("%s %i is %s", (endpoint, code, expected) => {
    expect(feishuError(endpoint, refusal(code)).code).toBe(expected);
  });

  it.each<[string, string]>([
    ["ECONNREFUSED", "unreachable"],
    ["ENOTFOUND", "unreachable"],
    ["ECONNABORTED", "unknown_outcome"],
    ["ECONNRESET", "unknown_outcome"],
    ["ERR_CANCELED", "unknown_outcome"],
  ])("%s is %s", (code, expected) => {
    expect(feishuError("create", { kind: "network", code }).code).toBe(expected);
  });

  it("names the platform's code and log id, and nothing of a refused card", () => {
    expect(feishuError("reply", refusal(230035)).detail).toBe("feishu reply: 230035 words (log_id L1)");
    const quoting = { ...refusal(230099), msg: "ext=ErrCode: 200621; ErrMsg: parse error near 'my plans'" };
    expect(feishuError("create", quoting).detail).toBe("feishu create: 230099 ErrCode 200621 (log_id L1)");
  });

  it("reads both of the SDK's error paths, and keeps the seconds to wait", () => {
    expect(refusalIn({ code: 0, data: {} }, 200)).toBeNull();
    expect(refusalIn({ code: 230002, msg: "m" }, 200)).toMatchObject({ kind: "refused", code: 230002 });
    const headers = { "x-ogw-ratelimit-reset": "17" };
    const thrown = Object.assign(new Error("429"), {
      code: "ERR_BAD_REQUEST",
      config: { headers: { Authorization: "Bearer t-secret" } },
      response: { status: 429, headers, data: { code: 99991400, msg: "request trigger frequency limit" } },
    });
    expect(feishuError("create", failureIn(thrown))).toMatchObject({
      code: "rate_limited",
      retryAfterMs: 17_000,
    });
    expect(failureIn("nothing known")).toEqual({ kind: "network", code: "unknown" });
  });
});

describe("what else leaves the adapter", () => {
  it("passes on only known phrases of the SDK", () => {
    expect(safePhrase([["[ws]", "ws connect failed"]])).toBe("ws connect failed");
    expect(safePhrase([["[ws]", "code: 514, secret words"]])).toBe("code: 514");
    expect(safePhrase([[{ config: { headers: { Authorization: "Bearer t-secret" } } }]])).toBeNull();
  });

  it("keeps a uuid within 50 characters and the same for the same key", () => {
    expect(uuidOf("digest-1")).toBe("digest-1");
    const long = "k".repeat(80);
    expect(uuidOf(long)).toHaveLength(50);
    expect(uuidOf(long)).toBe(uuidOf(long));
    expect(uuidOf(long)).not.toBe(uuidOf(`${long}x`));
  });

  it("has a manifest whose scopes can be imported as they stand", () => {
    const text = feishuManifest();
    const pasted: unknown = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
    expect(pasted).toEqual({
      scopes: {
        tenant: [
          "im:message:send_as_bot",
          "im:message:update",
          "im:message.group_at_msg:readonly",
          "im:message.p2p_msg:readonly",
        ],
        user: [],
      },
    });
    for (const word of [
      "im.message.receive_v1",
      "card.action.trigger",
      "FEISHU_APP_SECRET",
      "发布",
      "publish",
    ]) {
      expect(text).toContain(word);
    }
  });
});
