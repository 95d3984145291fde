import type { Book } from "../core/book.ts";
import { dayIn } from "../core/day.ts";
import { inLang, type Lang } from "../core/lang.ts";
import { formatPerson, type Person } from "../core/place.ts";
import { ROLE_WORDS, type GrantedRole } from "../core/roles.ts";
import { wordFor } from "../core/vocabulary.ts";
import { lineText, type Block, type Line, type Message, type Span } from "../message/message.ts";
import { exactPersonSpan, personSpan } from "./person.ts";
import { dayText, say } from "./print.ts";

/** Who may do what, and since when by whom. */
export interface RoleRow {
  /** null: forgotten. */
  readonly person: Person | null;
  readonly role: GrantedRole;
  /** A code; null: everywhere. */
  readonly district: string | null;
  readonly from: "environment" | "grant";
  readonly grantedBy: Person | null;
  readonly at: Date | null;
}

export interface RoleChange {
  readonly type: "granted" | "revoked";
  readonly person: Person;
  readonly role: GrantedRole;
  readonly district: string | null;
}

/** Everybody who may more than ask; everyone else in a channel is a viewer. */
export function rolesView(rows: readonly RoleRow[], book: Book, zone: string, lang: Lang): Message {
  const title = say(lang, `角色 · ${rows.length} 项授权`, `Roles · ${rows.length}`);
  const note: Line = [
    say(
      lang,
      "频道里的其他人都是查看人。授权：",
      "Everyone else in a channel is a viewer. To grant a role: ",
    ),
    { code: say(lang, "管理 授权 @人 评定人 区:…", "admin grant @person reviewer district:…") },
  ];
  const blocks: Block[] =
    rows.length === 0
      ? [{ type: "text", lines: [[say(lang, "还没有授权任何人。", "Nobody has been given a role.")]] }]
      : [{ type: "list", items: rows.map((row) => roleLine(row, book, zone, lang)) }];
  return { summary: title, title, blocks: [...blocks, { type: "note", lines: [note] }] };
}

function roleLine(
  { person, role, district, from, grantedBy, at }: RoleRow,
  book: Book,
  zone: string,
  lang: Lang,
): Line {
  const since = at === null ? "" : ` ${dayText(dayIn(zone, at), lang)}`;
  const by: Line =
    from === "environment"
      ? [say(lang, "（由环境变量 QUSHI_ADMINS 指定）", " (named by QUSHI_ADMINS)")]
      : grantedBy === null
        ? [say(lang, `（${since.trim()} 授权）`, ` (since${since})`)]
        : [
            say(lang, "（", " (granted by "),
            exactPersonSpan(grantedBy, lang),
            say(lang, `${since} 授权）`, `,${since})`),
          ];
  return [nameOf(person, lang), say(lang, "：", ": "), roleText(role, district, book, lang), ...by];
}

function nameOf(person: Person | null, lang: Lang): Span {
  return person === null ? say(lang, "已离开的同事", "a former colleague") : exactPersonSpan(person, lang);
}

/** 评定人（光明区）, reviewer (Guangming). */
export function roleText(role: GrantedRole, district: string | null, book: Book, lang: Lang): string {
  const word = wordFor(ROLE_WORDS, role, lang);
  if (district === null) return word;
  const found = book.district(district);
  const name = found === null ? district : inLang(lang === "zh" ? found.full : found.name, lang);
  return say(lang, `${word}（${name}）`, `${word} (${name})`);
}

/** A role that was given or taken away. */
export function roleChangedView(change: RoleChange, book: Book, lang: Lang): Message {
  const line = changeLine(change, book, lang);
  return { summary: lineText(line), blocks: [{ type: "text", lines: [line] }, reverseNote(change, lang)] };
}

function changeLine({ type, person, role, district }: RoleChange, book: Book, lang: Lang): Line {
  const what = withArticle(role, roleText(role, district, book, lang), lang);
  const name = personSpan(person, lang);
  if (type === "granted") return [name, say(lang, ` 现在是${what}。`, ` is now ${what}.`)];
  return [name, say(lang, ` 不再是${what}。`, ` is no longer ${what}.`)];
}

function withArticle(role: GrantedRole, words: string, lang: Lang): string {
  return say(lang, words, `${role === "admin" ? "an" : "a"} ${words}`);
}

function reverseNote(change: RoleChange, lang: Lang): Block {
  return {
    type: "note",
    lines: [[say(lang, "撤回：", "To reverse it: "), { code: reverseRun(change, lang) }]],
  };
}

function reverseRun({ type, person, role, district }: RoleChange, lang: Lang): string {
  const verb =
    type === "granted" ? say(lang, "管理 撤权", "admin revoke") : say(lang, "管理 授权", "admin grant");
  const where = district === null ? "" : say(lang, ` 区:${district}`, ` district:${district}`);
  return `${verb} ${formatPerson(person)} ${wordFor(ROLE_WORDS, role, lang)}${where}`;
}

/** The one public line that a changed role leaves: who, what, the line that reverses it. */
export function roleChangedLine(actor: Person, change: RoleChange, book: Book, lang: Lang): Message {
  const what = roleText(change.role, change.district, book, lang);
  const verb = change.type === "granted" ? say(lang, " 授权 ", " made ") : say(lang, " 撤销了 ", " removed ");
  const rest =
    change.type === "granted"
      ? say(lang, ` 为${what}。撤回：`, ` ${withArticle(change.role, what, lang)}. To reverse it: `)
      : say(lang, ` 的${what}角色。恢复：`, ` as ${what}. To reverse it: `);
  const line: Line = [
    personSpan(actor, lang),
    verb,
    personSpan(change.person, lang),
    rest,
    { code: reverseRun(change, lang) },
  ];
  return { summary: lineText(line), blocks: [{ type: "text", lines: [line] }] };
}

/** Two accounts that are one person from now on. */
export function linkedView(from: Person, into: Person, lang: Lang): Message {
  const line: Line = [
    exactPersonSpan(from, lang),
    say(lang, " 与 ", " and "),
    exactPersonSpan(into, lang),
    say(
      lang,
      " 从现在起算同一个人：角色共用，评定时也按一个人比较。",
      " are one person from now on: they share their roles and count as one in reviews.",
    ),
  ];
  return { summary: lineText(line), blocks: [{ type: "text", lines: [line] }] };
}

/** A person whose name and accounts are gone. */
export function forgottenView(person: Person, lang: Lang): Message {
  const line: Line = [
    exactPersonSpan(person, lang),
    say(
      lang,
      " 已遗忘：姓名、账号和角色已删除，其记录留在台账里，写作“已离开的同事”。",
      " is forgotten: name, accounts and roles are gone; the entries stay in the ledger, by “a former colleague”.",
    ),
  ];
  return { summary: lineText(line), blocks: [{ type: "text", lines: [line] }] };
}
