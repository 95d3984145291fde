import type { Book } from "../core/book.ts";
import { inLang, type Lang } from "../core/lang.ts";
import { formatAddress, formatPerson, type Address, type Person } from "../core/place.ts";
import { ROLE_WORDS, type Rights, type Role } from "../core/roles.ts";
import { tally } from "../core/tally.ts";
import type { Day } from "../core/day.ts";
import { wordFor } from "../core/vocabulary.ts";
import type { Line, Message } from "../message/message.ts";
import { personSpan, personSpans } from "./person.ts";
import { dayText, say } from "./print.ts";
import { commitments } from "./rows.ts";

/** Which program and dataset answer, what they cover, who is asking and what they may do. */
export interface About {
  readonly book: Book;
  readonly program: string;
  readonly actor: Person;
  readonly here: Address;
  readonly rights: Rights;
  /** Verbs beyond those that everyone has, in the language of the answer. */
  readonly may: readonly string[];
  /** Who can grant more; empty for an admin. */
  readonly ask: readonly Person[];
  readonly today: Day;
  readonly zone: string;
  readonly lang: Lang;
}

export function aboutView(facts: About): Message {
  const { book, program, here, today, zone, lang } = facts;
  const { dataset } = book;
  const counted = tally(book.on(today));
  const title = say(lang, "区势", "Qushi");
  const sources = dataset.sources.map(
    (source) => `${inLang(source.publisher, lang)} ${dayText(source.date, lang)}`,
  );
  const content = say(
    lang,
    `${commitments(counted.total, lang)} · 既成事实 ${dataset.facts.length} 条 · ${dataset.districts.length} 个区`,
    `${commitments(counted.total, lang)}, ${dataset.facts.length} facts, ${dataset.districts.length} districts`,
  );
  const items = [
    { label: say(lang, "版本", "Version"), value: [`Qushi ${program}`] },
    {
      label: say(lang, "数据集", "Dataset"),
      value: [
        say(
          lang,
          `${dataset.id} ${dataset.version}（${content}）`,
          `${dataset.id} ${dataset.version} (${content})`,
        ),
      ],
    },
    { label: say(lang, "范围", "Covers"), value: [inLang(dataset.coverage, lang)] },
    { label: say(lang, "出处", "Sources"), value: [sources.join(say(lang, "；", "; "))] },
    { label: say(lang, "时区", "Zone"), value: [zone] },
    ...(here.platform === "terminal"
      ? []
      : [
          {
            label: say(lang, "这里", "Here"),
            value: [{ code: formatAddress(here) }, say(lang, "（周报发到这里时用）", " (for a digest here)")],
          },
        ]),
    { label: say(lang, "你", "You"), value: youLine(facts) },
    { label: say(lang, "可以", "May"), value: mayLine(facts) },
  ];
  const stance = say(
    lang,
    "区势由外部关注者使用，不是官方督办系统。措辞是我们自己的，数字和专名与出处一致。",
    "Qushi is for people who watch from outside; it is no official supervision system. The wording is ours, figures and names are the source's.",
  );
  const invented = dataset.invented
    ? [[say(lang, "本数据集是虚构的，仅供演示。", "This dataset is invented, for demonstration only.")]]
    : [];
  return {
    summary: `${title} ${program} · ${dataset.id} ${dataset.version}`,
    title,
    blocks: [
      { type: "fields", items },
      { type: "note", lines: [[stance], ...invented] },
    ],
  };
}

const WHY: Readonly<Record<Rights["why"], { readonly zh: string; readonly en: string }>> = {
  terminal: { zh: "终端上的用户就是管理员", en: "whoever sits at the terminal is one" },
  given: { zh: "由 --user 指定", en: "as --user says" },
  environment: { zh: "由 QUSHI_ADMINS 指定", en: "named by QUSHI_ADMINS" },
  grant: { zh: "由管理员授权", en: "granted by an admin" },
  everyone: { zh: "频道里的人都是", en: "as everyone in a channel is" },
  external: {
    zh: "外部组织的人都是，除非管理员授予角色",
    en: "as anyone from another workspace or organisation is, unless an admin grants a role",
  },
};

/** 终端用户，管理员（…） */
function youLine({ actor, rights, book, lang }: About): Line {
  // In the form that QUSHI_ADMINS and admin grant take.
  const name = actor.platform === "terminal" ? personSpan(actor, lang) : { code: formatPerson(actor) };
  const roleName = (role: Role): string => wordFor(ROLE_WORDS, role, lang);
  const districts = rights.districts.map(({ district, role }) => {
    const found = book.district(district);
    const where = found === null ? district : inLang(found.name, lang);
    return say(lang, `在${where}是${roleName(role)}`, `${roleName(role)} in ${where}`);
  });
  const why = WHY[rights.why][lang];
  const role = say(lang, `，${roleName(rights.role)}（${why}）`, `, ${roleName(rights.role)} (${why})`);
  return [name, [role, ...districts].join(say(lang, "；", "; "))];
}

/** Verbs of several words together: 管理（角色、授权）, rate (withdraw). */
function families(verbs: readonly string[], lang: Lang): readonly string[] {
  const members = Map.groupBy(verbs, (verb) => verb.split(" ")[0] ?? verb);
  return [...members].map(([first, all]) => {
    const rest = all.map((verb) => verb.slice(first.length + 1)).filter((word) => word !== "");
    if (rest.length === 0) return first;
    const list = rest.join(say(lang, "、", ", "));
    return say(lang, `${first}（${list}）`, `${first} (${list})`);
  });
}

/** What may be done here beyond asking, and who can grant more. */
function mayLine({ may, ask, rights, lang }: About): Line {
  const more = families(may, lang).join(say(lang, "、", ", "));
  const base =
    rights.why === "external"
      ? say(lang, "查询", "ask")
      : say(lang, "查询，设这里的周报、提醒与设置", "ask, and set the digest, reminders and settings here");
  const whole = more === "" ? base : say(lang, `${base}；${more}`, `${base}; ${more}`);
  if (ask.length === 0) return [whole];
  return [whole, say(lang, "。需要更多权限找：", ". For more, ask: "), ...personSpans(ask, lang)];
}
