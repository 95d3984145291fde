import { expect, test } from "vitest";
import type { Form } from "../../src/message/form.ts";
import type { Inbound, OnInbound, SubmittedInbound } from "../../src/platform/platform.ts";
import { echo, gate, startedFor } from "../support/fake-slack-bot.ts";
import type { FakeView } from "../support/fake-slack-views.ts";
import { inputsOf } from "../support/fake-slack-view-rules.ts";

const some = { hint: null, required: false, placeholder: null, initial: null };
const FORM: Form = {
  title: "填报读数",
  verb: "reading",
  lang: "zh",
  intro: [[{ bold: "LT-004 澜汀区 · 算力" }], ["目标：超过 19 EFLOPS"]],
  fields: [
    { ...some, name: "id", label: "承诺", kind: "commitment", required: true },
    { ...some, name: "value", label: "数值", kind: "text", multiline: false, maxLength: 40 },
    { ...some, name: "as-of", label: "截至", kind: "date" },
    {
      ...some,
      name: "level",
      label: "级别",
      kind: "choice",
      options: [
        { value: "E1", label: "E1 统计" },
        { value: "E3", label: "E3 官方发布" },
      ],
    },
    { ...some, name: "note", label: "备注", kind: "text", multiline: true, maxLength: 400 },
  ],
  values: { source: "https://stats.example.org" },
  submit: "填报",
  cancel: "取消",
};

const TYPED = {
  id: "LT-004",
  value: "8.2 <香蕉> & co",
  "as-of": "2026-06-30",
  level: "E3",
  note: "两行\n第二行",
} as const;

/** A bot that refuses each figure with a fruit in it, and answers no submission in time. */
async function slowBench(field: string | null = "value") {
  const held: ReturnType<typeof gate>[] = [];
  const submissions: SubmittedInbound[] = [];
  const hold = async (): Promise<void> => {
    const late = gate();
    held.push(late);
    await late.passed;
  };
  const answering: OnInbound = async (inbound: Inbound) => {
    switch (inbound.type) {
      case "command":
        return inbound.reply(echo(inbound.line), { audience: "caller", form: FORM });
      case "options":
        return inbound.offer([{ value: "LT-004", label: "LT-004 算力" }]);
      case "submitted":
        submissions.push(inbound);
        await hold();
        return /[蕉梨]/u.test(inbound.values["value"] ?? "")
          ? inbound.reply(echo(`不能换算 ${submissions.length}`), { audience: "caller", refused: { field } })
          : inbound.reply(echo(JSON.stringify(inbound.values)), { audience: "caller" });
      default:
        return undefined;
    }
  };
  const { slack } = await startedFor(answering, { timings: { acknowledge: 1 } });
  const form = slack.view(await slack.slash("reading"));
  await slack.suggest(form, "id", "l");
  /** Lets the answer to the last submission come. */
  const answer = (): void => held.at(-1)?.open();
  /** Sends the form, which is said to be worked on, and then answered. */
  const send = async (values: Readonly<Record<string, string>>): Promise<FakeView> => {
    const { view } = await slack.submit(form, values);
    expect(view?.text).toContain("正在处理");
    const shown = slack.nextCall("views.update");
    answer();
    await shown;
    await slack.settled();
    const now = slack.views.find(({ id }) => id === form.id);
    if (now === undefined) throw new Error("no form");
    return now;
  };
  return { slack, form, send, answer, submissions };
}

/** What each field of a form begins with. */
function begins({ payload }: FakeView): Readonly<Record<string, string | undefined>> {
  const all = inputsOf(payload).map(({ block_id, element }): readonly [string, string | undefined] => {
    const name = block_id.slice("field:".length);
    if (element.type === "plain_text_input") return [name, element.initial_value];
    if (element.type === "datepicker") return [name, element.initial_date];
    return [name, element.initial_option?.value];
  });
  return Object.fromEntries(all);
}

test("a refusal that comes late shows the form again with all that was typed, and what is wrong", async () => {
  const { send, submissions } = await slowBench();
  const again = await send(TYPED);
  expect(again.text).not.toContain("正在处理");
  expect(again.text).toContain("数值：echo: 不能换算 1");
  expect(again.text).toContain("LT-004 澜汀区 · 算力");
  expect(again.text).toContain("目标：超过 19 EFLOPS");
  expect(begins(again)).toEqual(TYPED);

  // What is corrected goes on with the rest, and only the last refusal is said.
  const third = await send({ value: "8.2 梨" });
  expect(third.text).toContain("不能换算 2");
  expect(third.text).not.toContain("不能换算 1");
  const recorded = await send({ value: "8.2 EFLOPS" });
  expect(recorded.text).toContain('"value":"8.2 EFLOPS"');
  expect(recorded.payload).not.toHaveProperty("submit");
  expect(submissions.at(-1)?.values).toEqual({ ...TYPED, value: "8.2 EFLOPS", ...FORM.values });
});

test("a form that is shown again is the same act when it is sent as it was, and another once it is corrected", async () => {
  const { send, submissions } = await slowBench();
  for (const value of ["8.2 蕉", "8.2 蕉", "8.2 梨", "8.2 梨"]) await send({ ...TYPED, value });
  const [first, same, other, sameOther] = submissions.map(({ id }) => id);
  expect(same).toBe(first);
  expect(other).not.toBe(first);
  expect(sameOther).toBe(other);
});

test("a refusal about no certain field stands alone on top", async () => {
  const { send } = await slowBench(null);
  expect((await send(TYPED)).payload.blocks[0]).toMatchObject({
    type: "section",
    text: { type: "plain_text", text: "echo: 不能换算 1" },
  });
});

test("where the modal was closed meanwhile, the direct message has what was typed", async () => {
  const { slack, form, answer } = await slowBench();
  await slack.submit(form, TYPED);
  slack.failNext("views.update", { error: "not_found" });
  const told = slack.nextPost("D0WANG");
  answer();
  const { text } = await told;
  for (const word of ["不能换算", "8.2 <香蕉> & co", "2026-06-30", "E3 官方发布", "第二行"])
    expect(text).toContain(word);
});
