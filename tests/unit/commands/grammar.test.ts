import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineLang, readLine } from "../../../src/commands/grammar.ts";
import { isKey } from "../../../src/commands/options.ts";
import { tokensOf } from "../../../src/commands/tokens.ts";
import { Fault } from "../../../src/core/errors.ts";
import { filterText } from "../../../src/core/filter-text.ts";
import { ask, ballycastle, deskOf, shenzhen, shenzhenBook } from "../../support/books.ts";

const desk = await deskOf(shenzhen);

/** A line as the program understands it: the verb, what it is about, the filter in canonical English. */
function read(line: string): string {
  try {
    const { command, values } = readLine(line, shenzhenBook, desk.commands);
    const { filter, ...others } = values;
    const rest = Object.entries(others).map(
      ([key, value]) => `${key}=${JSON.stringify(value).replaceAll('"', "")}`,
    );
    return [command.name, ...rest, Array.isArray(filter) ? filterText(filter, shenzhen, "en") : ""]
      .join(" ")
      .trim();
  } catch (error) {
    if (error instanceof Fault) return `! ${error.problem.code}`;
    throw error;
  }
}

describe("a line", () => {
  test.each([
    // Rule 1: full-width forms and quotes.
    ["ｌｉｓｔ　ｄｉｓｔｒｉｃｔ：南山", "list district:Nanshan"],
    ["清单 含:“智能 终端”", 'list text:"智能 终端"'],
    ["清单 含:「All in AI」", 'list text:"All in AI"'],
    ["清\u200b单 区:南\u200b山", "list district:Nanshan"],
    ["list text:St Brigid's", `list text:St text:"Brigid's"`],
    // Rule 3: keys.
    ["list distrct:nanshan", "! unknown_key"],
    ["search foo:bar", 'list text:"foo:bar"'],
    ["9:07", 'list text:"9:07"'],
    ["list district:", "! missing_value"],
    ["区： 光明", "list district:Guangming"],
    // Rule 4: negation only before a known key.
    ["list -check:acts", "list -check:acts"],
    ["list －核验：举措", "list -check:acts"],
    ["list value:-3..5", "list value:-3..5"],
    // Rule 5: OR, AND, a key inside a list, thousands.
    ["清单 区:南山、福田", "list district:Nanshan,Futian"],
    ["清单 区:南山，福田", "list district:Nanshan,Futian"],
    ["清单 区:南山, 福田", "list district:Nanshan,Futian"],
    ["list district:nanshan district:futian", "list district:Nanshan district:Futian"],
    ["list district:nanshan,check:figure", "list district:Nanshan check:figure"],
    ["区:南山、-核验:举措", "list district:Nanshan -check:acts"],
    ["list value:>=1,000亿", 'list value:">=1,000亿"'],
    ["due:Q1,100d", "list due:Q1,100d"],
    ['list value:">1,000",100亿', 'list value:">1,000",100亿'],
    ["list value:100..1,000", 'list value:"100..1,000"'],
    ["list value:1,000,2,000", 'list value:"1,000","2,000"'],
    // Rule 6: verbs.
    ["清单南山", "list district:Nanshan"],
    ["清单区:南山、福田", "list district:Nanshan,Futian"],
    ["到期年底", "due due:year-end"],
    ["详情gm1", "show id=GM-001"],
    ["看板按:领域", "board by=theme"],
    ["清单什么都有", "list text:清单什么都有"],
    ["list: nanshan", 'list district:Nanshan text:"list:"'],
    ["LIST nanshan", "list district:Nanshan"],
    ["/list nanshan", "list district:Nanshan"],
    // Rule 7: bare.
    ["gm1", "show id=GM-001"],
    ["ＧＭ－００１", "show id=GM-001"],
    ["gm 001", "show id=GM-001"],
    ["gm-f01", "show id=GM-F01"],
    ["gm1 出处", "show id=GM-001 aspect=source"],
    ["出处 GM-001", "show id=GM-001 aspect=source"],
    ["光明", "list district:Guangming"],
    ["光明区", "list district:Guangming"],
    ["guangming", "list district:Guangming"],
    ["gm", "list district:Guangming"],
    ["lh", "list district:Longhua"],
    ["LU", "list district:Luohu"],
    ["区:光明 核验:数字", "list district:Guangming check:figure"],
    ["光明 算力", "list district:Guangming text:算力"],
    ["南山、福田", "list district:Nanshan,Futian"],
    ["清单 南山 年底", "list district:Nanshan due:year-end"],
    ["hlep", "list text:hlep"],
    ["show GM-099", "! unknown_id"],
    ["GM-0011", "! unknown_id"],
    ["show gm1 now", "! unexpected_words"],
    ["show", "! missing_id"],
    ["区:南三", "! unknown_value"],
    ["list check:maybe", "! unknown_value"],
    ["show GM-001 by:theme", "! option_not_here"],
    ["list page:0", "! unknown_value"],
    ["export as:xlsx", "! unknown_value"],
    ["export as:csv", "export as=csv"],
    ["about us", "! unexpected_words"],
    // Rule 8: times.
    ["到期 年底", "due due:year-end"],
    ["due Q4", "due due:Q4"],
    ["due:30d", "list due:30d"],
    ["due 2026-06-01..2026-12-31", "due due:2026-06-01..2026-12-31"],
    ["due:Q5", "! unknown_time"],
    // Bad input.
    ["“abc", "! unclosed_quote"],
    ["value:10²", "! unclear_figure"],
    ["value:①", "! unclear_figure"],
    ["value:abc", "! unknown_amount"],
    ["value:1e999", "! unknown_amount"],
    ["", "help"],
    ["   ", "help"],
    ["\u0000", "help"],
    ["list \u0000district:nanshan", "list district:Nanshan"],
    ["list due:..2026-06-30,100d", "list due:..2026-06-30,100d"],
    ["😀".repeat(300_000), "! line_too_long"],
    ["district:nanshan ".repeat(10_000), "! line_too_long"],
    ["gm:1 ".repeat(10), `list text:"${"gm:1 ".repeat(10).trim()}"`],
    ["区:南山 ".repeat(60), "! too_many_filters"],
  ])("%.60j is read as %s", (line, meaning) => expect(read(line)).toBe(meaning));

  test("keeps URLs and quoted text as they were typed", () => {
    const words = (line: string): readonly string[] =>
      tokensOf(line, isKey).flatMap((token) =>
        token.type === "word" ? [token.text] : token.values.map(({ text }) => text),
      );
    expect(words("看 https://example.com/a,b?c=１：２。")).toEqual([
      "看",
      "https://example.com/a,b?c=１：２",
    ]);
    expect(words("含:HTTPS://example.com/x、y）")).toEqual(["HTTPS://example.com/x、y"]);
    expect(words("“６．５，ＥＦＬＯＰＳ”")).toEqual(["６．５，ＥＦＬＯＰＳ"]);
    fc.assert(
      fc.property(fc.webUrl(), fc.integer(), (url, figure) => {
        expect(words(`x ${url} ${figure}`)).toEqual(["x", url.replace(/[。，）]+$/u, ""), String(figure)]);
      }),
    );
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }).filter((text) => !/[”\p{Cc}]/u.test(text)),
        (text) => {
          expect(words(`x “${text}”`)).toEqual(["x", text]);
        },
      ),
    );
  });

  test("never folds a figure into another", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toFixed(3)),
        (figure) => {
          const wide = figure.replace(/[0-9.-]/g, (character) =>
            String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0),
          );
          expect(tokensOf(wide, isKey)).toEqual([{ type: "word", text: figure, literal: false }]);
        },
      ),
    );
  });

  test("is answered whatever it holds, and nothing but our own error is thrown", async () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "list",
        "清单",
        "区:",
        "-",
        ":",
        "、",
        ",",
        '"',
        "“",
        "”",
        "gm1",
        "南山",
        "value:>=",
        "due:",
        "https://",
        "lang:en",
        "page:2",
        "\u0000",
        "²",
        "..",
        "\ud800",
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 12 }),
        fc.constantFrom("", " "),
        async (pieces, joint) => {
          const answered = await ask(desk, pieces.join(joint));
          expect(answered.failure).toBeNull();
          expect(answered.message.summary).not.toBe("");
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("a name of several words is one name, with its apostrophe or without", async () => {
  const { book, commands } = await deskOf(ballycastle);
  const filterOf = (line: string): string => {
    const { filter } = readLine(line, book, commands).values;
    return Array.isArray(filter) ? filterText(filter, ballycastle, "en") : "";
  };
  for (const line of [
    "st brigid's",
    "St Brigids",
    'list district:"St Brigid\'s"',
    "list district:st-brigid’s",
    "sb",
  ]) {
    expect(filterOf(line), line).toBe('district:"St Brigid\'s"');
  }
  expect(filterOf("st brigid's shuttle")).toBe('district:"St Brigid\'s" text:shuttle');
});

describe("the language of an answer", () => {
  test.each([
    ["光明 算力", "zh"],
    ["guangming", "en"],
    ["show GM-001", "en"],
    ["GM-001", null],
    ["gm1", null],
    ["详情 GM-001", "zh"],
    ["https://example.com/路径", null],
    ["9", null],
    ["ＧＭ－００１", null],
    ["ＮＳ", null],
    ["gm1 @ou_1a2b3c", null],
    ["<@U1ABC> gm1", null],
  ])("%s was written in %s", (line, written) => expect(lineLang(line).written).toBe(written));

  test("is the one that is asked for", async () => {
    expect((await ask(desk, "光明 lang:en")).lang).toBe("en");
    expect((await ask(desk, "show GM-001 语言:中文")).lang).toBe("zh");
  });

  test("falls to the environment's for an id alone, then to the dataset's", async () => {
    expect((await ask(await deskOf(shenzhen, "en"), "gm1")).lang).toBe("en");
    expect((await ask(desk, "gm1")).lang).toBe("zh");
  });
});
