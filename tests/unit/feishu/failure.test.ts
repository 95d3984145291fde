import { describe, expect, it } from "vitest";
import type { Endpoint } from "../../../src/adapters/feishu/failure.ts";
import { failureIn, feishuError, refusalIn } from "../../../src/adapters/feishu/failure.ts";
import { safePhrase } from "../../../src/adapters/feishu/sdk-log.ts";
import { uuidOf } from "../../../src/adapters/feishu/send.ts";

const refusal = (code: number, status = 400) =>
  ({ kind: "refused", status, code, msg: "words", logId: "L1", resetSeconds: null }) as const;

/** feishu.md 4.3 by class; a row says which calls it is about where that matters. */
const TABLE: readonly (readonly [readonly Endpoint[], readonly number[], string, string])[] = [
  [["create", "reply", "update"], [230020, 11233], "rate_limited", "place"],
  [["create", "reply", "update"], [99991400, 11232, 11247], "rate_limited", "all"],
  [
    ["create", "reply", "update"],
    [230049, 18121, 1500, 1503, 1642, 1663, 10101, 10500, 300000, 232096],
    "unknown_outcome",
    "place",
  ],
  [["upload", "chat"], [1500, 10500], "unreachable", "place"],
  [["create", "reply"], [230002, 232009, 230013, 230029, 230034, 230053, 230038], "target_gone", "place"],
  [["create", "reply"], [230006], "target_gone", "all"],
  [["create", "reply"], [230018, 230035, 230036, 230075], "forbidden", "place"],
  [["create"], [230054], "forbidden", "place"],
  [
    ["create", "reply", "update"],
    [230001, 230025, 230022, 230028, 230099, 230017, 230055],
    "rejected",
    "place",
  ],
  [
    ["create", "token"],
    [99991672, 99991676, 99991679, 99991662, 99991673, 99991543, 99991401, 99991403, 10003, 10014],
    "forbidden",
    "all",
  ],
  [["create"], [230027, 99992361], "forbidden", "place"],
  [["create"], [99991661, 99991663, 99991665, 99991668], "forbidden", "all"],
  [["reply", "update"], [230011, 230110, 231003, 230111, 230050, 230019, 230031], "target_gone", "message"],
  // The same code, another meaning: the tables of "回复消息" and "更新消息".
  [["reply"], [230071], "forbidden", "place"],
  [["update"], [230071, 230073, 230075], "forbidden", "message"],
  [["reply"], [230072], "forbidden", "message"],
  [["update"], [230072, 230054], "rejected", "message"],
  [["reply"], [230054], "rejected", "place"],
  [["create", "upload"], [424242, 234001], "rejected", "place"],
];
const ROWS = TABLE.flatMap(([endpoints, codes, expected, scope]) =>
  endpoints.flatMap((endpoint) =>
    codes.map((code): [Endpoint, number, string, string] => [endpoint, code, expected, scope]),
  ),
);

describe("feishuError", () => {
  it.each(ROWS)("%s %i is %s of the %s", (endpoint, code, expected, scope) => {
    const error = feishuError(endpoint, refusal(code));
    expect({ code: error.code, scope: error.scope }).toEqual({
      code: expected,
      scope: endpoint === "token" ? "all" : scope,
    });
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

  it.each<[number, string | null]>([
    [230002, "not_member"],
    [232009, "gone"],
    [230034, "not_found"],
    [230035, "not_allowed"],
    [230029, "person_gone"],
    [230006, null],
    [99991672, null],
  ])("%i says of the place: %s", (code, expected) => {
    expect(feishuError("create", refusal(code)).refusal).toBe(expected);
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
});
