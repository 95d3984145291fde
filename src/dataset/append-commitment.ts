import { isCollection, isMap, isNode, isPair, isScalar, isSeq, parseDocument, type YAMLSeq } from "yaml";

/**
 * The text of a district's file with one more item (indented by two, as `scaffoldCommitment` gives it) at the end of
 * `commitments:`. Everything else stays as it is, comments included; null where there is no such list to extend, or
 * it is written on one line.
 */
export function appendCommitment(text: string, item: string): string | null {
  const document = parseDocument(text, { logLevel: "silent" });
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const pair = document.contents.items.find(({ key }) => isScalar(key) && key.value === "commitments");
  const seq = pair?.value;
  if (!isSeq(seq) || !seq.range) return null;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  if (seq.items.length === 0) {
    const [start, end] = seq.range;
    const before = text.slice(0, start).trimEnd();
    return insert(before + text.slice(end), before.length, item, eol);
  }
  if (seq.flow === true) return null;
  const indent = seq.range[0] - (text.lastIndexOf("\n", seq.range[0] - 1) + 1);
  const shifted = item.replaceAll(/^ {2}/gmu, " ".repeat(indent));
  const rows = text.slice(seq.range[0], seq.range[1]);
  const apart = seq.items.length === 1 || /\n[ \t\r]*\n[ \t]*(?:#[^\n]*\n[ \t]*)*-/u.test(rows);
  return insert(text, endOf(seq, text, indent), (apart ? "\n" : "") + shifted, eol);
}

/** After the last value and the comments that are indented like parts of its item. */
function endOf(seq: YAMLSeq, text: string, indent: number): number {
  let at = text.slice(0, lastEnd(seq) ?? 0).trimEnd().length;
  const comment = new RegExp(`^[^\\n]*\\n {${indent + 1},}#`, "u");
  while (comment.test(text.slice(at))) at = text.indexOf("\n", at) + 1;
  return at;
}

/** Where the last value ends; the range of a block goes on into the comments after it. */
function lastEnd(node: unknown): number | null {
  if (!isNode(node)) return null;
  const own = node.range?.[1] ?? null;
  if (!isCollection(node) || node.flow === true) return own;
  const last = node.items.at(-1);
  return (isPair(last) ? (lastEnd(last.value) ?? lastEnd(last.key)) : lastEnd(last)) ?? own;
}

/** Puts lines after the line that `at` is on. */
function insert(text: string, at: number, lines: string, eol: string): string {
  const next = text.indexOf("\n", at);
  const head = next < 0 ? text + eol : text.slice(0, next + 1);
  return head + lines.replaceAll("\n", eol) + (next < 0 ? "" : text.slice(next + 1));
}
