import { feishuCard } from "./card.ts";
import { LIMITS } from "./limits.ts";
import { costOf, depthOf, jsonBytes } from "./measure.ts";

const OUR_MARKUP = [/<font color='blue'>/g, /<\/font>/g, /\]\(https?:\/\/[^\s()<>[\]"'`\\|;*~{}^]+\)/g];
const FOREIGN_MARKUP = /[<>`\\|!{}$~@^=()#_:]|\]\(|\*{3}|(?<!\*)\*(?!\*)|^[-+]|^\d+\./m;

function markdownFaults(content: string, where: string): string[] {
  const typed = OUR_MARKUP.reduce((text, ours) => text.replace(ours, "¤"), content)
    .replace(/&#\d+;/g, "¤")
    .replace(/^>( |$)/gm, "");
  const found = FOREIGN_MARKUP.exec(typed);
  return found === null ? [] : [`${where}: unescaped ${JSON.stringify(found[0])} in markdown`];
}

/** Everything in which a card breaks Feishu's rules or our budgets (LIMITS); an empty list when it can be sent. */
export function checkCard(card: unknown): string[] {
  const parsed = feishuCard.safeParse(card);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => `${issue.path.map(String).join(".")}: ${issue.message}`);
  }
  const faults: string[] = [];
  const over = (what: string, value: number, most: number): void => {
    if (value > most) faults.push(`${what}: ${value} is more than ${most}`);
  };
  const { components, tables } = costOf(parsed.data);
  over("bytes of JSON", jsonBytes(parsed.data), LIMITS.cardBytes);
  over("components", components, LIMITS.components);
  over("tables", tables, LIMITS.tables);
  over("nesting", depthOf(parsed.data.body), LIMITS.nesting);
  parsed.data.body.elements.forEach((element, index) => {
    const where = `body.elements.${index}`;
    if (element.tag === "markdown") faults.push(...markdownFaults(element.content, where));
    if (element.tag === "table") {
      over(`${where}: columns`, element.columns.length, LIMITS.tableColumns);
      const names = new Set(element.columns.map((column) => column.name));
      if (names.size !== element.columns.length) faults.push(`${where}: column names repeat`);
      if (element.rows.some((row) => Object.keys(row).some((key) => !names.has(key)))) {
        faults.push(`${where}: a row has a key that is no column`);
      }
    }
    if (element.tag !== "column_set") return;
    for (const button of element.columns.flatMap((column) => column.elements)) {
      over(`${where}: button text`, Array.from(button.text.content).length, LIMITS.buttonText);
      over(`${where}: button value`, jsonBytes(button.behaviors[0]), LIMITS.buttonValueBytes + 100);
    }
  });
  return faults;
}
