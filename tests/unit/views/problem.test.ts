import { describe, expect, test } from "vitest";
import { renderText } from "../../../src/message/text.ts";
import { ask, deskOf, lanting } from "../../support/books.ts";

const desk = await deskOf(lanting);

async function told(line: string): Promise<string> {
  const { message } = await ask(desk, line);
  return renderText(message, { columns: 200, colour: false });
}

describe("what went wrong is told in the language of the line", () => {
  test.each([
    ["看板 按:乱", "`按:乱` 读不懂。\n可用：区、领域。"],
    ["show LT-004 语言:法文", "`语言:法文` 读不懂，是“中文”“英文”吗？\n可用：中文、英文。"],
    ["周报 设置 每周一 9:07 无变化:不发", "`无变化:不发` 读不懂。\n可用：跳过、说明。"],
    ["board by:foo", "`by:foo` cannot be read.\nValid: district, theme."],
    ["list is:foo", "`is:foo` cannot be read.\nValid: late, disputed, reached."],
    ["清单 是:乱", "`是:乱` 读不懂。\n可用：逾期、有异议、已达标。"],
    ["list theme:foo", "No theme is called “foo”."],
    ["填报 LT-004 8.2 级别:乱", "没有叫“乱”的级别。\n可用：E1、E2、E3、E4、E5。"],
    ["填报 LT-004 8.2 日期:2026-06-30", "“日期:”不能用在 `填报`。\n这里可用：截至、来源、"],
  ])("%s", async (line, text) => {
    expect(await told(line)).toContain(text);
  });
});

describe("a key that is not known", () => {
  test.each([
    ["reading LT-004 8.2 date:2026-06-30", "It takes: as-of, source, level,"],
    ["填报 LT-004 8.2 来原:公报", "是不是 `来源:`？\n这里可用：截至、来源、级别、"],
    ["settings foo:bar", "It takes: "],
  ])("after a verb without filters is answered with what it takes: %s", async (line, text) => {
    const answer = await told(line);
    expect(answer).toContain(text);
    expect(answer).not.toContain("help filters");
  });
  test("after a verb with filters is answered with where they all stand", async () => {
    expect(await told("list distrct:lanting")).toContain(
      "Did you mean `district:`?\nAll keys: `help filters`",
    );
  });
});

describe("a line that selects nothing says so, instead of counting nothing", () => {
  test.each([
    ["digest sett monday 9:07", "Nothing found for “sett monday 9:07”."],
    ["周报 乱写", "没有找到“乱写”。"],
    ["board foo", "Nothing found for “foo”."],
    ["due next month please", "Nothing found for “next month please”."],
    ["due 2026-02-30", "`2026-02-30` is not a time I know. Try `due:Q4`"],
    ["due 31/12/2026", "`31/12/2026` is not a time I know."],
    ["到期 2026年2月30日", "`2026年2月30日` 不是我认识的时间。可以写 `时限:四季度`"],
    ["list stale:abc", "`abc` is not a time I know. Try `stale:90d`, `stale:30d`"],
    ["清单 未更新:很久", "`很久` 不是我认识的时间。可以写 `未更新:90天`、`未更新:30天`"],
  ])("%s", async (line, text) => {
    const answer = await told(line);
    expect(answer.replaceAll(/\s*\n/gu, " ")).toContain(text);
    expect(answer).not.toMatch(/0 (?:commitments|项)/u);
  });
  test("while a time in which nothing falls due is an answer", async () => {
    expect(await told("due tomorrow")).toContain("Due · 0 commitments");
  });
});

describe("what cannot be taken back, or silenced, is told with why and where to look", () => {
  test.each([
    ["undo LT-004", "LT-004 has nothing to take back.\nHistory: `show LT-004 history`"],
    [
      "undo LT-004 #99",
      "LT-004 #99 cannot be taken back: there is no such entry, or it is taken back already.\nHistory: `show LT-004 history`",
    ],
    ["撤销 #99", "#99 撤销不了：没有这一条，或者已经撤销。\n历程：`历程 编号`"],
    ["mute until:2020-01-01", "`until:2020-01-01` has passed. Try `until:2026-12-31`"],
    ["静音 至:2020-01-01", "`至:2020-01-01` 已经过去。可以写 `至:2026-12-31`"],
    ["静音 至:乱", "`至:乱` 读不懂。可以写 `至:2026-12-31`"],
    [
      "admin link slack:T1:U1",
      "It takes two accounts that differ.\nSend: `admin link slack:T1:U1 feishu:ou_x`",
    ],
    ["管理 关联 slack:T1:U1", "要写两个不同的账号。\n先发：`管理 关联 slack:T1:U1 feishu:ou_x`"],
    ['resolve "done"', "Which one? For example `resolve LT-001`"],
    ["结束讨论 “好”", "哪一项？例如 `结束讨论 LT-001`"],
  ])("%s", async (line, text) => {
    expect((await told(line)).replaceAll(/`\n\n/gu, "`\n")).toContain(text);
  });
});

describe("what will never do is not told as if it might yet", () => {
  test.each([
    ["rate LT-007 met reason:x", "LT-007 cannot be rated “met”: "],
    ["评定 LT-007 已兑现 理由:x", "LT-007 不能评为“已兑现”："],
    ["rate LT-004 met reason:x", "LT-004 cannot be rated “met” yet: "],
  ])("%s", async (line, text) => {
    expect(await told(line)).toContain(text);
  });
});
