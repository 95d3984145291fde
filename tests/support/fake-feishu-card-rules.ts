import { childrenOf, isObject, objectsIn, strangeIn, type Json } from "./fake-feishu-card-shape.ts";

/** How Feishu refuses a request: its code and words, as an HTTP 400. */
export interface Refusal {
  readonly code: number;
  readonly msg: string;
}

const cardError = (errCode: number, errMsg: string): Refusal => ({
  code: 230099,
  msg: `Failed to create card content, ext=ErrCode: ${errCode}; ErrMsg: ${errMsg}; `,
});
const parseError = (what: string): Refusal => cardError(200621, `parse card json err: ${what}`);

const FIELDS = new Set(["input", "select_static", "date_picker"]);
const CONTAINERS = new Set(["column_set", "column", "form", "collapsible_panel"]);
const isTagged = (object: Json): boolean => typeof object["tag"] === "string";
const lengthOf = (text: unknown): number => (typeof text === "string" ? Array.from(text).length : 0);
/** A text as it is; anything else as its JSON, so that it is no text anywhere. */
const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
const contentOf = (text: unknown): unknown => (isObject(text) ? text["content"] : undefined);

/** "卡片 JSON 2.0 结构" and the containers' pages: what may stand where, and five containers deep at most. */
function nestingFault(element: Json, parents: readonly string[]): string | null {
  const tag = textOf(element["tag"]);
  const parent = parents.at(-1) ?? "";
  const root = parents.length === 0;
  if ((tag === "form" || tag === "table" || tag === "chart") && !root)
    return `${tag} may only stand at the root`;
  if (parent === "column_set" && tag !== "column") return "column_set takes columns only";
  if (tag === "column" && parent !== "column_set") return "column outside column_set";
  const inside = CONTAINERS.has(tag) ? [...parents, tag] : parents;
  if (inside.length > 5) return "nested deeper than five containers";
  for (const child of childrenOf(element)) {
    const fault = nestingFault(child, inside);
    if (fault !== null) return fault;
  }
  return null;
}

/** "表单容器": a name; every input in it named, uniquely in the card; at least one button that submits. */
function formFault(form: Json, names: Set<unknown>): Refusal | null {
  const inside = childrenOf(form).flatMap(objectsIn).filter(isTagged);
  const interactive = inside.filter(({ tag }) => FIELDS.has(textOf(tag)) || tag === "button");
  for (const each of [form, ...interactive]) {
    const name = each["name"];
    if (typeof name !== "string" || name === "")
      return cardError(200530, "the name of a form component is empty");
    if (names.has(name)) return parseError(`the name ${name} is there twice`);
    names.add(name);
  }
  const submits = interactive.filter((each) => each["form_action_type"] === "submit");
  return submits.length === 0 ? cardError(200531, "a form has no button that submits") : null;
}

/** The pages of single components. */
function componentFault(element: Json): string | null {
  const over = (what: string, text: unknown, most: number): string | null =>
    lengthOf(text) > most ? `${what} is longer than ${most} characters` : null;
  switch (element["tag"]) {
    case "button":
      return over("the text of a button", contentOf(element["text"]), 100);
    case "input": {
      const most = element["max_length"] ?? 1_000;
      if (!Number.isInteger(most) || typeof most !== "number" || most < 1 || most > 1_000)
        return "max_length of an input is 1 to 1000";
      if (!["text", "multiline_text", "password"].includes(textOf(element["input_type"] ?? "text")))
        return "unknown input_type";
      return (
        over("placeholder", contentOf(element["placeholder"]), 100) ??
        over("default_value", element["default_value"], most)
      );
    }
    case "select_static": {
      const options = Array.isArray(element["options"]) ? element["options"].filter(isObject) : [];
      const values = new Set(options.map(({ value }) => value));
      if (options.length === 0) return "a select has no options";
      if (values.size !== options.length) return "two options of a select have the same value";
      // "初始选项的内容": by its words or, as older pages have it, by its value.
      const initial = element["initial_option"];
      const known = [...values, ...options.map(({ text }) => contentOf(text))];
      if (initial !== undefined && !known.includes(initial)) return "initial_option is no option";
      const index = element["initial_index"] ?? 0;
      return typeof index === "number" && index >= 0 && index <= options.length
        ? null
        : "initial_index is no option";
    }
    case "date_picker": {
      const day = element["initial_date"];
      if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(textOf(day))) return "initial_date is yyyy-MM-dd";
      return over("placeholder", contentOf(element["placeholder"]), 100);
    }
    case "table": {
      const size = element["page_size"] ?? 5;
      return typeof size === "number" && size >= 1 && size <= 10 ? null : "page_size is 1 to 10";
    }
    default:
      return null;
  }
}

/** "表格": at most 50 columns, named once each; a row's keys are columns. ErrCodes 200914 and 200915. */
function tableFault(table: Json): Refusal | null {
  const columns = Array.isArray(table["columns"]) ? table["columns"].filter(isObject) : [];
  const rows = Array.isArray(table["rows"]) ? table["rows"].filter(isObject) : [];
  const names = new Set(columns.map(({ name }) => name));
  if (columns.length === 0 || columns.length > 50 || names.size !== columns.length)
    return cardError(200914, "table columns are invalid");
  const strange = rows.some((row) => Object.keys(row).some((key) => !names.has(key)));
  return strange ? cardError(200915, "table rows are invalid") : null;
}

/** "图表": a VChart spec, its kind named, its data there; five charts are the recommended most. */
function chartFault(chart: Json): Refusal | null {
  const spec = chart["chart_spec"];
  const bad = cardError(200550, "chart spec is invalid");
  if (!isObject(spec) || typeof spec["type"] !== "string") return bad;
  if (spec["data"] === undefined && spec["series"] === undefined) return bad;
  const ratio = chart["aspect_ratio"];
  return ratio === undefined || ["1:1", "2:1", "4:3", "16:9"].includes(textOf(ratio)) ? null : bad;
}

const isMarkdownTable = ({ tag, content }: Json): boolean =>
  tag === "markdown" && typeof content === "string" && /^\s*\|?\s*:?-{3,}:?\s*\|/m.test(content);

/** What Feishu says against this card, or null: the documented rules alone, not the adapter's own. */
export function cardFault(card: unknown): Refusal | null {
  if (!isObject(card) || card["schema"] !== "2.0" || !isObject(card["body"]))
    return parseError("no card of 2.0");
  const [strange] = strangeIn(card);
  if (strange !== undefined) return parseError(strange);
  const config = card["config"];
  if (isObject(config) && config["update_multi"] === false) return parseError("update_multi must be true");
  const root = childrenOf(card["body"]);
  for (const element of root) {
    const fault = nestingFault(element, []);
    if (fault !== null) return parseError(fault);
  }
  const tagged = objectsIn(card).filter(isTagged);
  if (tagged.length > 200) return cardError(11310, "element exceeds the limit");
  const ids = tagged.flatMap(({ element_id: id }) => (id === undefined ? [] : [textOf(id)]));
  if (new Set(ids).size !== ids.length || ids.some((id) => !/^[A-Za-z]\w{0,19}$/.test(id)))
    return parseError("element_id is invalid");
  const of = (wanted: string): Json[] => root.filter(({ tag }) => tag === wanted);
  // The page says five; cards with more than three were refused in the field.
  if (of("table").length + tagged.filter(isMarkdownTable).length > 3)
    return cardError(200914, "table number over limit");
  if (of("chart").length > 5) return cardError(200550, "too many charts");
  const names = new Set<unknown>();
  const faults = [
    ...of("table").map(tableFault),
    ...of("chart").map(chartFault),
    ...of("form").map((form) => formFault(form, names)),
    ...tagged.map(componentFault).map((what) => (what === null ? null : parseError(what))),
    ...tagged.map(mentionFault),
  ];
  return faults.find((fault) => fault !== null) ?? null;
}

/** "富文本（Markdown）" and "人员组件": a person by their open_id, named or mentioned. */
const PEOPLE =
  /<at id=ou_[A-Za-z0-9]+><\/at>|<person id = 'ou_[A-Za-z0-9]+' show_name = true show_avatar = false style = 'normal'><\/person>/g;

/** A mention of somebody who is not there fails the whole card. */
function mentionFault({ tag, content }: Json): Refusal | null {
  if ((tag !== "markdown" && tag !== "lark_md") || typeof content !== "string") return null;
  const rest = content.replaceAll(PEOPLE, "");
  return /<(?:at|person)\b/i.test(rest) ? cardError(100290, "invalid user resource") : null;
}
