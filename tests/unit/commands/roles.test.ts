import { describe, expect, test } from "vitest";
import { recorder } from "../../support/recorder.ts";

describe("roles", () => {
  test("a grant holds in its district only, and the refusal names who can give more", async () => {
    const { say } = await recorder();
    await say("boss:admin", "管理 授权 slack:T1:U1 填报人 区:澜汀");
    await say("boss:admin", "admin grant slack:T1:U9 admin");
    expect((await say("U1", "note LT-004 a")).problem).toBeNull();
    const refused = await say("U1", "note QH-001 a");
    expect(refused.problem).toBe("needs_role");
    expect(refused.text).toMatch(/tracker.*viewer in Qiuhe.*slack:T1:U9/);
    await say("U9", "admin revoke slack:T1:U1 tracker 澜汀");
    expect((await say("U1", "note LT-004 b")).problem).toBe("needs_role");
  });
  test("who can give more is named by their account in the chat that it is asked in", async () => {
    const { say } = await recorder();
    await say("boss:admin", "admin grant feishu:ou_chen admin");
    await say("boss:admin", "admin link slack:T1:U9 feishu:ou_chen");
    const { text } = await say("U1", "note LT-004 a");
    expect(text).toContain("slack:T1:U9");
    expect(text).not.toContain("ou_chen");
  });
  test("an admin of one district grants there and nowhere else", async () => {
    const { say } = await recorder();
    await say("boss:admin", "admin grant slack:T1:U1 admin 澜汀");
    expect((await say("U1", "admin grant <@U2> tracker 澜汀")).problem).toBeNull();
    expect((await say("U1", "admin grant <@U2> tracker")).problem).toBe("needs_role");
    expect((await say("U1", "admin grant <@U2> tracker qiuhe")).problem).toBe("needs_role");
    expect((await say("U1", "admin link slack:T1:U2 slack:T1:U3")).problem).toBe("needs_role");
    expect((await say("U2", "note LT-004 a")).problem).toBeNull();
  });
  test.each([
    ["admin grant", "missing_part"],
    ["admin grant slack:T1:U1", "missing_part"],
    ["admin grant nobody reviewer", "unknown_person"],
    ["admin grant slack:T1:U1 king", "unknown_value"],
    ["admin grant slack:T1:U1 viewer", "unknown_value"],
    ["admin grant slack:T1:U1 reviewer district:nowhere", "unknown_value"],
    ["admin revoke slack:T1:U1 reviewer", "no_such_grant"],
    ["admin link slack:T1:U1", "missing_part"],
    ["admin link slack:T1:U1 slack:T1:U1", "missing_part"],
    ["admin forget", "missing_part"],
  ])("%s is told as %s", async (line, problem) => {
    const { say, store } = await recorder();
    expect((await say("boss:admin", line)).problem).toBe(problem);
    expect(await store.grants()).toEqual([]);
  });
  test("whom the environment names is an admin, with every linked account, and no line changes that", async () => {
    const { say } = await recorder([{ platform: "slack", workspace: "T1", id: "U7" }]);
    expect((await say("U7", "admin revoke slack:T1:U7")).problem).toBe("admin_by_environment");
    expect((await say("U7", "admin forget slack:T1:U7 confirm:yes")).problem).toBe("admin_by_environment");
    expect((await say("U8", "admin roles")).problem).toBe("needs_role");
    await say("U7", "admin link slack:T1:U8 slack:T1:U7");
    expect((await say("U8", "admin roles")).problem).toBeNull();
  });
  test("everyone else may not", async () => {
    const { say } = await recorder();
    for (const line of [
      "admin grant slack:T1:U5 admin",
      "admin roles",
      "admin audit",
      "admin forget slack:T1:U1",
    ])
      expect((await say("U5", line)).problem, line).toBe("needs_role");
  });
  test("about says who I am, why, and what I may do", async () => {
    const { say } = await recorder();
    await say("boss:admin", "admin grant slack:T1:U1 reviewer 澜汀");
    const { text } = await say("U1", "about");
    expect(text).toMatch(/reviewer in Lanting/);
    expect(text).toMatch(/approve/);
    expect((await say("U2", "about")).text).not.toMatch(/approve/);
  });
  test("to forget somebody asks first, removes the name, and leaves the ledger as it is", async () => {
    const { say, store, entries } = await recorder();
    await say("boss:admin", "admin grant slack:T1:U1 tracker");
    await say("U1", "note LT-004 a");
    const before = await store.ledger(0, 10);
    expect((await say("boss:admin", "admin forget slack:T1:U1")).text).toContain(
      "admin forget slack:T1:U1 confirm:yes",
    );
    expect((await store.person(entries("LT-004")[0]?.actorKey ?? ""))?.accounts).toHaveLength(1);
    await say("boss:admin", "管理 遗忘 slack:T1:U1 确认:是");
    expect(await store.ledger(0, 10)).toEqual(before);
    expect(await store.person(entries("LT-004")[0]?.actorKey ?? "")).toMatchObject({
      forgotten: true,
      accounts: [],
    });
    expect((await say("U1", "note LT-004 b")).problem).toBe("needs_role");
  });
  test("changes and refusals are audited: who, what, outcome; never what was written", async () => {
    const { say, store } = await recorder();
    await say("boss:admin", "admin grant slack:T1:U1 tracker");
    await say("U1", "note LT-004 something confidential");
    await say("U1", "rate LT-004 in_progress reason:confidential");
    await say("U2", "note LT-004 something confidential");
    await say("U1", "show LT-004");
    const rows = await store.audit(10);
    expect(rows.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
      "note refused",
      "rate refused",
      "note done",
      "admin grant done",
    ]);
    expect(JSON.stringify(rows)).not.toContain("confidential");
    expect(rows.every(({ detail }) => !detail.includes("U1"))).toBe(true);
  });
});
