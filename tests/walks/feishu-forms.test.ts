import { afterEach, describe, expect, test } from "vitest";
import type { Lang } from "../../src/core/lang.ts";
import type { Person } from "../../src/core/place.ts";
import { lanting } from "../support/books.ts";
import { FAKE_CHAT } from "../support/fake-feishu.ts";
import { buttonsIn } from "../support/fake-feishu-cards.ts";
import { formOf } from "../support/fake-feishu-forms.ts";
import {
  ADMIN,
  feishuPerson,
  feishuWalk,
  MODES,
  type FeishuWalk,
  type Mode,
} from "../support/fake-feishu-walk.ts";

const CHEN = feishuPerson("ou_chen");
const VIEWER = "ou_viewer";
let here: FeishuWalk | null = null;
afterEach(async () => {
  await here?.stop();
  here = null;
});

async function start(mode: Mode, admins: readonly Person[] = [ADMIN, CHEN]): Promise<FeishuWalk> {
  here = await feishuWalk(mode, { dataset: lanting, admins });
  return here;
}

const entries = ({ store }: FeishuWalk) => store.ledger(0, 100);
const link = "https://example.com/release";

/** One form after another: the line that asks for it, and what is filled in; each leaves one entry. */
const STORY: readonly {
  readonly leaves: string;
  readonly line: Readonly<Record<Lang, string>>;
  readonly values: Readonly<Record<string, string>>;
  readonly by?: string;
}[] = [
  {
    leaves: "reading",
    line: { zh: "填报", en: "reading" },
    values: { id: "LT-004", value: "8.2 EFLOPS", "as-of": "2026-06-30", level: "E3", source: link },
  },
  {
    leaves: "reading",
    line: { zh: "填报 YB-004", en: "reading YB-004" },
    values: { done: "north", level: "E2", source: link },
  },
  {
    leaves: "evidence",
    line: { zh: "佐证 LT-004", en: "evidence LT-004" },
    values: { link, level: "E2", note: "第二段 <at id=all></at>" },
  },
  {
    leaves: "rating_proposed",
    line: { zh: "评定 LT-004", en: "rate LT-004" },
    values: { rating: "in_progress", reason: "二期在建" },
  },
  {
    leaves: "rating_returned",
    line: { zh: "退回 LT-004", en: "return LT-004" },
    values: { reason: "等年报" },
    by: CHEN.id,
  },
  {
    leaves: "dispute_opened",
    line: { zh: "异议 LT-004", en: "dispute LT-004" },
    values: { text: "算上租用的吗？" },
  },
  {
    leaves: "dispute_closed",
    line: { zh: "异议 结束 LT-004", en: "dispute close LT-004" },
    values: { text: "只算自有的" },
  },
  { leaves: "note", line: { zh: "备注 LT-004", en: "note LT-004" }, values: { text: "已查无新" } },
  { leaves: "event_recorded", line: { zh: "起点 YB-003", en: "event YB-003" }, values: { on: "2026-03-20" } },
];

describe.each(MODES)("forms over %s", (mode) => {
  test.each(["zh", "en"] as const)("every verb of the record is filled in as a card, in %s", async (lang) => {
    const walk = await start(mode);
    const { feishu } = walk;
    for (const [step, { leaves, line, values, by = ADMIN.id }] of STORY.entries()) {
      const form = await feishu.mention(line[lang], { user: by });
      const standing = formOf(form.payload);
      expect(Object.keys(standing), line[lang]).toEqual(expect.arrayContaining(Object.keys(values)));
      const posts = feishu.posts(FAKE_CHAT).length;
      const sent = await feishu.submit(form, values, { user: by });
      expect(sent.answer, `${line[lang]}: ${sent.shown}`).toMatchObject({ card: { type: "raw" } });
      const last = (await entries(walk)).at(-1);
      expect([(await entries(walk)).length, last?.type], line[lang]).toEqual([step + 1, leaves]);
      // In place of the form: nothing is sent twice, and no second line says it again.
      expect(feishu.posts(FAKE_CHAT)).toHaveLength(posts);
      await expect(feishu.submit(form, values, { user: by })).rejects.toThrow("no form");
      await feishu.redeliver();
      expect(await entries(walk)).toHaveLength(step + 1);
    }
  });

  test("what is refused is told in a toast and the form stays; corrected it is recorded", async () => {
    const walk = await start(mode);
    const { feishu, store } = walk;
    const form = await feishu.mention("填报 LT-004");
    const typed = { value: "eight", "as-of": "2026-06-30", level: "E3", source: link };
    const refused = await feishu.submit(form, typed);
    expect(refused.answer).toMatchObject({ toast: { type: "error" } });
    expect(refused.shown).toContain("eight");
    expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
    expect(feishu.posts(FAKE_CHAT)[0]).toMatchObject({ id: form.id, edits: 0 });
    expect(await entries(walk)).toEqual([]);
    const recorded = await feishu.submit(form, { ...typed, value: "8.2" });
    expect(recorded.shown).toContain("8.2 EFLOPS");
    expect(feishu.posts(FAKE_CHAT)[0]).toMatchObject({ id: form.id, edits: 1 });
    expect(await entries(walk)).toMatchObject([{ type: "reading", effectiveOn: "2026-06-30" }]);
    // Slips are nobody's business.
    expect(await store.audit(5)).toMatchObject([{ what: "reading", outcome: "done", actor: ADMIN }]);
  });

  test("a form that everyone sees records only for whoever may", async () => {
    const walk = await start(mode);
    const { feishu, store } = walk;
    // Who may not record is told so at once, with no form to fill in for nothing.
    const told = await feishu.mention("填报 LT-004", { user: VIEWER });
    expect(told.text).toContain("needs_role");
    expect(formOf(told.payload)).toEqual({});
    const form = await feishu.mention("备注 LT-004");
    const refused = await feishu.submit(form, { text: "由路人填写" }, { user: VIEWER });
    expect(refused.answer).toMatchObject({ toast: { type: "error" } });
    expect(await entries(walk)).toEqual([]);
    expect((await store.audit(1))[0]).toMatchObject({
      actor: { id: VIEWER },
      outcome: "refused",
      detail: "needs_role",
    });
    await feishu.submit(form, { text: "由管理员填写" });
    expect(await entries(walk)).toMatchObject([{ type: "note", data: { text: "由管理员填写" } }]);
  });

  test("a reading ten times as large is asked about, and the button on that answer records it", async () => {
    const walk = await start(mode);
    const { feishu } = walk;
    const form = await feishu.direct("填报 LT-004");
    const typed = { value: "82", "as-of": "2026-06-30", level: "E3", source: link };
    await feishu.submit(form, { ...typed, value: "8.2" });
    const second = await feishu.direct("填报 LT-004");
    const asked = await feishu.submit(second, typed);
    expect(await entries(walk)).toHaveLength(1);
    const standing = feishu.posts(feishu.chatWith()).find(({ id }) => id === second.id);
    const confirm = buttonsIn(standing?.payload).find((label) => /记|确认/u.test(label));
    if (standing === undefined || confirm === undefined) throw new Error(asked.shown);
    await feishu.click(standing, confirm);
    expect(await entries(walk)).toHaveLength(2);
    // In direct messages it is between the two of them.
    expect((await entries(walk)).map(({ from }) => from.address.to)).toEqual(
      ["P-1", "P-1"].map((person) => ({ person })),
    );
  });

  test("a form in a topic stands in the topic and is answered there", async () => {
    const walk = await start(mode);
    const { feishu } = walk;
    const opener = await feishu.mention("gm1");
    const form = await feishu.mention("备注 LT-004", { thread: opener.id });
    expect(form.thread).toBe(opener.id);
    const sent = await feishu.submit(form, { text: "已查无新" });
    expect(sent.reply).toBeNull();
    expect(feishu.posts(FAKE_CHAT).at(-1)).toMatchObject({ id: form.id, thread: opener.id, edits: 1 });
  });
});
