/**
 * The shape of a card JSON 2.0 as Feishu's component pages list it (open.feishu.cn, "卡片 JSON 2.0 结构" and
 * "card-json-v2-components/…"), kept apart from the adapter's own types. A property that no page lists is refused, as
 * in the field ("unknown property", ErrCode 200621).
 */

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every object in a value, in reading order. */
export function objectsIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}

const EACH = "element_id margin";
const INSIDE = "direction padding horizontal_spacing vertical_spacing horizontal_align vertical_align";
const INPUT = "name required disabled disabled_tips placeholder width behaviors value confirm";

/** What may stand in an object with this tag; the page is named by its last part. */
const TAGGED: Readonly<Record<string, string>> = {
  // content-components/plain-text
  plain_text: "content i18n_content text_size text_color text_align lines element_id",
  lark_md: "content i18n_content text_size text_color text_align lines element_id icon",
  div: `${EACH} text icon width fields`,
  // content-components/rich-text, divider, table, chart, title
  markdown: `${EACH} content i18n_content text_size text_align icon`,
  hr: EACH,
  table: `${EACH} page_size row_height row_max_height freeze_first_column header_style columns rows`,
  chart: `${EACH} chart_spec aspect_ratio color_theme preview height`,
  text_tag: "element_id text color",
  standard_icon: "token color size",
  custom_icon: "img_key size",
  // containers/column-set, form-container, collapsible-panel
  column_set: `${EACH} columns flex_mode background_style horizontal_spacing horizontal_align action`,
  column: `${EACH} ${INSIDE} elements width weight background_style action`,
  form: `${EACH} ${INSIDE} name elements`,
  collapsible_panel: `${EACH} ${INSIDE} expanded background_color header border elements`,
  // interactive-components/button, input, single-select-dropdown-menu, date-picker
  button: `${EACH} type size width text icon hover_tips disabled disabled_tips confirm behaviors name form_action_type value`,
  input: `${EACH} ${INPUT} default_value max_length input_type rows auto_resize max_rows show_icon label label_position`,
  select_static: `${EACH} ${INPUT} type options initial_option initial_index`,
  date_picker: `${EACH} ${INPUT} initial_date`,
};

/** What may stand in objects without a tag, by the property that holds them. */
const HELD: Readonly<Record<string, string>> = {
  card: "schema config card_link header body",
  config:
    "streaming_mode streaming_config summary locales enable_forward update_multi width_mode use_custom_translation enable_forward_interaction style",
  summary: "content i18n_content",
  header: "title subtitle text_tag_list i18n_text_tag_list template icon padding",
  body: `${INSIDE} elements`,
  panelHeader:
    "title background_color vertical_align padding position width icon icon_position icon_expanded_angle",
  border: "color corner_radius",
  confirm: "title text",
  options: "text icon value",
  fields: "is_short text",
  columns: "name display_name data_type vertical_align horizontal_align width format date_format",
  header_style: "text_align text_size background_style text_color bold lines",
  behaviors: "type value default_url android_url ios_url pc_url",
};

/** Ours to fill as we like: what a callback carries, the rows of a table, a chart's own language, other languages. */
const OPEN = new Set(["value", "rows", "chart_spec", "i18n_content", "streaming_config", "style", "format"]);

function unknownIn(object: Json, known: string, where: string): string[] {
  const names = new Set(["tag", ...known.split(" ")]);
  const strange = Object.keys(object).filter((key) => !names.has(key));
  return [
    ...strange.map((key) => `unknown property ${key} in ${where}`),
    ...Object.entries(object).flatMap(([key, held]) => (OPEN.has(key) ? [] : heldIn(held, key, where))),
  ];
}

function heldIn(held: unknown, key: string, parent: string): string[] {
  if (Array.isArray(held)) return held.flatMap((each: unknown) => heldIn(each, key, parent));
  if (!isObject(held)) return [];
  const tag = held["tag"];
  if (typeof tag === "string") {
    const known = TAGGED[tag];
    return known === undefined ? [`not support tag: ${tag}`] : unknownIn(held, known, tag);
  }
  const name = parent === "collapsible_panel" && key === "header" ? "panelHeader" : key;
  const known = HELD[name];
  return known === undefined ? [`unexpected object at ${parent}.${key}`] : unknownIn(held, known, name);
}

/** Every property and tag of a card that no page lists. */
export function strangeIn(card: Json): string[] {
  return heldIn(card, "card", "");
}

/** The elements that stand in an element, or in the body. */
export function childrenOf(element: Json): Json[] {
  const of = (key: string): Json[] => {
    const held = element[key];
    return Array.isArray(held) ? held.filter(isObject) : [];
  };
  return element["tag"] === "column_set" ? of("columns") : element["tag"] === "table" ? [] : of("elements");
}
