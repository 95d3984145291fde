/** One import in a file: `type` is erased before it runs, `value` loads the module, `dynamic` loads it when reached. */
export interface Import {
  readonly kind: "value" | "type" | "dynamic";
  readonly from: string;
  readonly line: number;
  /** true for `export … from`. */
  readonly passedOn: boolean;
}

/** The code of a file with comments and the inside of strings, templates and patterns blanked; positions stay. */
export function blank(text: string): string {
  const out = text.split("");
  const hide = (from: number, to: number): void => {
    for (let at = from; at < to; at += 1) if (out[at] !== "\n") out[at] = " ";
  };
  /** For every open `${` how many braces are open inside it. */
  const templates: number[] = [];
  let at = 0;
  const skipTemplate = (start: number): void => {
    at = start;
    while (at < text.length) {
      if (text[at] === "\\") at += 2;
      else if (text[at] === "`") break;
      else if (text.startsWith("${", at)) {
        hide(start, at);
        templates.push(0);
        at += 2;
        return;
      } else at += 1;
    }
    hide(start, at);
    at += 1;
  };
  while (at < text.length) {
    const char = text[at] ?? "";
    if (text.startsWith("//", at)) at = endOf(text, at, "\n", hide);
    else if (text.startsWith("/*", at)) at = Math.min(text.length, endOf(text, at, "*/", hide) + 2);
    else if (char === '"' || char === "'") {
      const start = at + 1;
      at = closing(text, start, char);
      hide(start, at);
      at += 1;
    } else if (char === "`") skipTemplate(at + 1);
    else if (char === "/" && beginsPattern(out.slice(Math.max(0, at - 200), at).join(""))) {
      const start = at + 1;
      at = patternEnd(text, start);
      hide(start, at);
      at += 1;
    } else if (char === "}" && templates.at(-1) === 0) {
      templates.pop();
      skipTemplate(at + 1);
    } else {
      const depth = templates.at(-1);
      if (depth !== undefined && (char === "{" || char === "}"))
        templates[templates.length - 1] = depth + (char === "{" ? 1 : -1);
      at += 1;
    }
  }
  return out.join("");
}

function endOf(text: string, from: number, mark: string, hide: (from: number, to: number) => void): number {
  const found = text.indexOf(mark, from + 2);
  const end = found === -1 ? text.length : found;
  hide(from, mark === "*/" ? Math.min(text.length, end + 2) : end);
  return end;
}

function closing(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length && text[at] !== quote && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
  return Math.min(at, text.length);
}

function patternEnd(text: string, from: number): number {
  let inClass = false;
  let at = from;
  while (at < text.length && text[at] !== "\n" && (inClass || text[at] !== "/")) {
    if (text[at] === "[") inClass = true;
    if (text[at] === "]") inClass = false;
    at += text[at] === "\\" ? 2 : 1;
  }
  return Math.min(at, text.length);
}

/** A slash after an operand divides; anywhere else it begins a pattern. */
function beginsPattern(before: string): boolean {
  const code = before.trimEnd();
  if (/(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|await|yield|else|do)$/.test(code))
    return true;
  return !/[\w$)\]}"'`]$/.test(code);
}

/** The line, from 1, of a position. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

/** Every import, re-export, import() and require() of a file that names its module. */
export function importsOf(text: string): Import[] {
  const code = blank(text);
  const found: Import[] = [];
  for (const quoted of code.matchAll(/(["'`])( *)\1/g)) {
    const before = code.slice(0, quoted.index);
    const from = text.slice(quoted.index + 1, quoted.index + 1 + (quoted[2] ?? "").length);
    const line = lineAt(text, quoted.index);
    if (/\b(?:import|require)\s*\(\s*$/.test(before))
      found.push({ kind: "dynamic", from, line, passedOn: false });
    else if (/\bimport\s*$/.test(before)) found.push({ kind: "value", from, line, passedOn: false });
    else if (/\bfrom\s*$/.test(before)) {
      const statement = /\b(import|export)\b(?:(?!\b(?:import|export)\b)[\s\S])*$/.exec(before);
      if (statement === null) continue;
      const kind = /^(?:import|export)\s+type\s+(?!from\b)/.test(statement[0]) ? "type" : "value";
      found.push({ kind, from, line, passedOn: statement[1] === "export" });
    }
  }
  return found;
}

/** Lines where import() or require() is given something else than one quoted name. */
export function computedImports(text: string): number[] {
  const code = blank(text);
  return [...code.matchAll(/(?<![.\w$])(?:import|require)\s*\(\s*(?!["'\s)])/g)].map(({ index }) =>
    lineAt(text, index),
  );
}

/** Lines of the code, comments and strings apart, that a pattern matches. */
export function linesMatching(text: string, pattern: RegExp): number[] {
  return [...blank(text).matchAll(new RegExp(pattern, "g"))].map(({ index }) => lineAt(text, index));
}

/** True for a file that has nothing but imports and things passed on. */
export function onlyPassesOn(text: string): boolean {
  const code = blank(text);
  const exports =
    /\bexport\s+(?:type\s+)?(?:\*(?:\s*as\s+\w+)?|\{[^}]*\})\s*(?:from\s*["'][^"']*["'])?\s*;?/g;
  const imports = /\bimport\b[^;"'()]*["'][^"']*["']\s*;?/g;
  const rest = code.replace(exports, "").replace(imports, "");
  return rest !== code && /\bexport\b/.test(code) && rest.trim() === "";
}
