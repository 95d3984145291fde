import type { Book } from "../core/book.ts";
import { inLang, type Lang } from "../core/lang.ts";
import { formatAddress, type Address, type Person } from "../core/place.ts";
import { tally } from "../core/tally.ts";
import type { Day } from "../core/day.ts";
import type { Message } from "../message/message.ts";
import { dayText, say } from "./print.ts";
import { commitments } from "./rows.ts";

/** Which program and dataset answer, what they cover, and who is asking. */
export function aboutView(facts: {
  readonly book: Book;
  readonly program: string;
  readonly actor: Person;
  readonly here: Address;
  readonly isAdmin: boolean;
  readonly today: Day;
  readonly zone: string;
  readonly lang: Lang;
}): Message {
  const { book, program, actor, here, isAdmin, today, zone, lang } = facts;
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
    {
      label: say(lang, "你", "You"),
      value: [
        actor.platform === "terminal"
          ? say(
              lang,
              `终端用户${isAdmin ? "（管理员）" : ""}`,
              `the user at the terminal${isAdmin ? " (admin)" : ""}`,
            )
          : isAdmin
            ? say(
                lang,
                `${actor.platform} 用户 ${actor.id}，管理员：可以查询，改任何规则，处理待发箱`,
                `${actor.platform} user ${actor.id}, admin: may ask, change any rule and decide about the outbox`,
              )
            : say(
                lang,
                `${actor.platform} 用户 ${actor.id}：可以查询，设这里的周报、提醒与设置`,
                `${actor.platform} user ${actor.id}: may ask, and set the digest, reminders and settings here`,
              ),
      ],
    },
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
