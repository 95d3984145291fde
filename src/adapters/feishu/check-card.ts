import type { CardChart, CardElement, CardForm, CardTable, FeishuCard, FormElement } from "./card.ts";
import { feishuCard } from "./card.ts";
import { APP_CARD, LIMITS, type Room } from "./limits.ts";
import { costOf, depthOf, jsonBytes } from "./measure.ts";

const PERSON =
  /<person id = 'ou_[A-Za-z0-9]+' show_name = true show_avatar = false style = 'normal'><\/person>/g;
const OUR_MARKUP = [
  PERSON,
  /<font color='blue'>/g,
  /<\/font>/g,
  /\]\(https?:\/\/[^\s()<>[\]"'`\\|;*~{}^]+\)/g,
];
/** Whatever Feishu might read as markup; with `|` also the tables that would count against three. */
const FOREIGN_MARKUP = /[<>`\\|!{}$~@^=()#_:]|\]\(|\*{3}|(?<!\*)\*(?!\*)|^[-+]|^\d+\./m;

const count = (text: string): number => Array.from(text).length;
const over = (what: string, value: number, most: number): string[] =>
  value > most ? [`${what}: ${value} is more than ${most}`] : [];
const repeats = (what: string, names: readonly string[]): string[] =>
  new Set(names).size === names.length ? [] : [`${what} repeat`];

function markdownFaults(content: string): string[] {
  const typed = OUR_MARKUP.reduce((text, ours) => text.replace(ours, "¤"), content)
    .replace(/&#\d+;/g, "¤")
    .replace(/^>( |$)/gm, "");
  const found = FOREIGN_MARKUP.exec(typed);
  return found === null ? [] : [`unescaped ${JSON.stringify(found[0])} in markdown`];
}

function tableFaults({ columns, rows }: CardTable): string[] {
  const names = columns.map((column) => column.name);
  const known = new Set(names);
  const isStrange = rows.some((row) => Object.keys(row).some((key) => !known.has(key)));
  return [
    ...over("columns", columns.length, LIMITS.tableColumns),
    ...repeats("column names", names),
    ...(isStrange ? ["a row has a key that is no column"] : []),
  ];
}

function chartFaults({ height, chart_spec: spec }: CardChart): string[] {
  const figures = spec.data.flatMap(({ values }) => values);
  const wrong = figures.some(({ value, shown }) => shown !== String(value) && (shown !== "" || value !== 0));
  return [
    ...over("height", Number.parseInt(height, 10), LIMITS.chartHeight),
    ...repeats(
      "bars",
      figures.map(({ label, series }) => JSON.stringify([label, series])),
    ),
    ...(wrong ? ["a figure is shown as another"] : []),
  ];
}

function fieldFaults(field: FormElement): string[] {
  switch (field.tag) {
    case "div":
      return [];
    case "markdown":
      return markdownFaults(field.content);
    case "input":
      return [
        ...over("placeholder", count(field.placeholder?.content ?? ""), LIMITS.label),
        ...over("default value", count(field.default_value ?? ""), field.max_length),
      ];
    case "select_static":
      return [
        ...repeats(
          "options",
          field.options.map(({ value }) => value),
        ),
        ...over("initial option", field.initial_index ?? 1, field.options.length),
      ];
    case "date_picker":
      return [];
    case "button":
      return [
        ...over("button text", count(field.text.content), LIMITS.buttonText),
        ...over("form value", jsonBytes(field.behaviors[0]?.value), LIMITS.formValueBytes),
      ];
  }
}

/** "表单容器": every name unique in the card, the form's own too, and one button that submits. */
function formFaults({ name, elements }: CardForm): string[] {
  const named = elements.flatMap((element) => ("name" in element ? [element.name] : []));
  const submits = elements.filter(({ tag }) => tag === "button").length;
  return [
    ...repeats("names in the form", [name, ...named]),
    ...(submits === 1 ? [] : [`${submits} buttons submit the form`]),
    ...elements.flatMap(fieldFaults),
  ];
}

function elementFaults(element: CardElement, interactive: boolean): string[] {
  switch (element.tag) {
    case "div":
    case "hr":
    case "collapsible_panel":
      return [];
    case "markdown":
      return markdownFaults(element.content);
    case "table":
      return tableFaults(element);
    case "chart":
      return chartFaults(element);
    case "form":
      return interactive ? formFaults(element) : ["a form that nobody receives"];
    case "column_set":
      return element.columns
        .flatMap((column) => column.elements)
        .flatMap(({ text, behaviors }) => [
          ...over("button text", count(text.content), LIMITS.buttonText),
          ...behaviors.flatMap((each) => {
            if (each.type === "open_url") return [];
            if (!interactive) return ["a click that nobody receives"];
            return over("button value", jsonBytes(each.value), LIMITS.buttonValueBytes);
          }),
        ]);
  }
}

function budgetFaults(card: FeishuCard, room: Room): string[] {
  const { components, tables, charts } = costOf(card);
  const forms = card.body.elements.filter(({ tag }) => tag === "form").length;
  return [
    ...over("bytes of JSON", jsonBytes(card), room.bytes),
    ...over("components", components, room.components),
    ...over("tables", tables, room.tables),
    ...over("charts", charts, room.charts),
    ...over("forms of one name", forms, 1),
    ...over("nesting", depthOf(card.body), LIMITS.nesting),
  ];
}

/** Everything in which a card breaks Feishu's rules or our budgets; an empty list when it can be sent. */
export function checkCard(card: unknown, room: Room = APP_CARD): string[] {
  const parsed = feishuCard.safeParse(card);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => `${issue.path.map(String).join(".")}: ${issue.message}`);
  }
  return [
    ...budgetFaults(parsed.data, room),
    ...parsed.data.body.elements.flatMap((element, index) =>
      elementFaults(element, room.interactive).map((fault) => `body.elements.${index}: ${fault}`),
    ),
  ];
}
