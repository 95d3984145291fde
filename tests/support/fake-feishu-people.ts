import { z } from "zod";
import type { ChatPost } from "./chat-fake.ts";
import { buttonValueOf } from "./fake-feishu-cards.ts";
import {
  FAKE_TENANT,
  clickEvent,
  happeningEvent,
  messageEvent,
  withMessageId,
  type Happening,
} from "./fake-feishu-events.ts";
import { fillForm } from "./fake-feishu-forms.ts";
import type { FakePost, FakeSaid } from "./fake-feishu-messages.ts";
import { isRefusal, threadIdOf } from "./fake-feishu-messages.ts";
import { FAKE_APP_ID, FAKE_BOT, type FakeState } from "./fake-feishu-routes.ts";
import type { Ack } from "./fake-feishu-socket.ts";

export const FAKE_USER = "ou_fakeperson";
/** A group the bot is in from the start. */
export const FAKE_CHAT = "oc_fakegroup";

/** `@ou_…` in a text names that person as the client would, `@all` everybody. */
export interface SayOptions {
  readonly chat?: string;
  readonly user?: string;
  /** Of another company, in an external group. */
  readonly tenant?: string;
  /** The first message of the topic it is said in. */
  readonly thread?: string;
  /** The message that it quotes, outside topics. */
  readonly quote?: string;
  /** false: a group message that does not mention the bot. */
  readonly mention?: boolean;
  readonly senderType?: string;
  readonly fragments?: number;
  readonly as?: "text" | "post" | "image";
}

/** Who does something: FAKE_USER unless it is said, of the app's own company unless it is said. */
export interface By {
  readonly user?: string;
  readonly tenant?: string;
}

export interface Clicked {
  /** What the callback was answered with. */
  readonly answer: unknown;
  /** The message sent or edited because of the click; null when the callback itself held the new card or a refusal. */
  readonly reply: FakePost | null;
  /** What the person sees then: the new card, that message, or the toast. */
  readonly shown: string;
}

/** Sends an event and resolves with its acknowledgement. */
export type Push = (event: object, fragments?: number) => Promise<Ack>;

const callbackAnswer = z.object({
  toast: z.object({ type: z.enum(["info", "success", "warning", "error"]), content: z.string() }).optional(),
  card: z.object({ type: z.literal("raw"), data: z.unknown() }).optional(),
});

/** The people of the fake: what they say, click, fill in and do. */
export class FakePeople {
  private readonly open = new Set<(error: Error) => void>();
  private count = 0;
  private lastAt = 0;
  private readonly state: FakeState;
  private readonly push: Push;

  constructor(state: FakeState, push: Push) {
    this.state = state;
    this.push = push;
  }

  /** Rejects all that waits for a message. */
  leave(why: string): void {
    for (const reject of this.open) reject(new Error(why));
  }

  /** Resolves with the next message or edit that fits. */
  next(fits: (post: FakePost) => boolean): Promise<FakePost> {
    return new Promise((resolve, reject) => {
      const done = this.state.messages.listen((post) => {
        if (!fits(post)) return;
        done();
        this.open.delete(reject);
        resolve(post);
      });
      this.open.add(reject);
    });
  }

  async say(
    text: string,
    how: "mention" | "direct",
    given: SayOptions = {},
  ): Promise<{ id: string; ack: Ack }> {
    const { said, event } = this.prepare(text, how, given);
    return { id: said.id, ack: await this.push(event, given.fragments) };
  }

  /** A direct message that is not sent yet. */
  message(text: string): object {
    return this.prepare(text, "direct", {}).event;
  }

  /** Says it and resolves with what answers it. */
  async heard(text: string, how: "mention" | "direct", given: SayOptions = {}): Promise<FakePost> {
    const { said, event } = this.prepare(text, how, given);
    // A file follows its answer and answers nothing by itself.
    const isAnswer = ({ parent, chat }: FakePost): boolean =>
      parent === null ? how === "direct" && chat === said.chat : parent === said.id;
    const answer = this.next((post) => post.kind === "interactive" && isAnswer(post));
    answer.catch(() => undefined);
    await this.push(event, given.fragments);
    return answer;
  }

  /** Nobody says two things in the same millisecond, even where the clock stands still. */
  private moment(): Date {
    this.lastAt = Math.max(this.state.now().getTime(), this.lastAt + 1);
    return new Date(this.lastAt);
  }

  private prepare(
    text: string,
    how: "mention" | "direct",
    given: SayOptions,
  ): { said: FakeSaid; event: object } {
    const { messages, chats } = this.state;
    const { user = FAKE_USER, tenant = FAKE_TENANT, thread = null, quote } = given;
    const { senderType = "user", as: kind = "text" } = given;
    const chat = given.chat ?? (how === "direct" ? chats.direct(user) : FAKE_CHAT);
    if (!chats.has(chat)) chats.add(chat);
    const id = messages.nextId();
    const topic = thread ?? (chats.topics(chat) === "only" ? id : null);
    const root = quote === undefined ? thread : messages.rootOf(quote);
    const said = { id, chat, root, threadId: topic === null ? null : threadIdOf(topic) };
    messages.say(said);
    const bot = { id: FAKE_BOT, name: "区势", isBot: true };
    const other = { id: "ou_somebodyelse", name: "别人", isBot: false };
    const named = how === "direct" || kind === "image" ? null : given.mention === false ? other : bot;
    const isGroup = how === "mention";
    return {
      said,
      event: messageEvent({
        said,
        text,
        user,
        tenant,
        senderType,
        isGroup,
        named,
        kind,
        at: this.moment(),
        appId: FAKE_APP_ID,
      }),
    };
  }

  /**
   * A message in a topic that names nobody. Feishu passes it on only with "获取群组中所有消息" (im:message.group_msg); null
   * where it does not.
   */
  async inThread(
    text: string,
    { root, user = FAKE_USER }: { root: string; user?: string },
  ): Promise<Ack | null> {
    const { messages, scopes } = this.state;
    if (!scopes.has("im:message.group_msg")) return null;
    const said = {
      id: messages.nextId(),
      chat: messages.chatOf(root) ?? FAKE_CHAT,
      root,
      threadId: threadIdOf(root),
    };
    messages.say(said);
    const rest = {
      tenant: FAKE_TENANT,
      senderType: "user",
      isGroup: true,
      named: null,
      kind: "text",
      at: this.moment(),
      appId: FAKE_APP_ID,
    } as const;
    return this.push(messageEvent({ said, text, user, ...rest }));
  }

  /** Presses the button with this label. */
  async click(message: ChatPost, label: string, by: By = {}): Promise<Clicked> {
    const post = this.standing(message);
    return this.press(
      post,
      { tag: "button", timezone: "Asia/Shanghai", value: buttonValueOf(post.payload, label) },
      by,
    );
  }

  /** Fills in the form of a card and sends it. */
  async submit(message: ChatPost, values: Readonly<Record<string, string>>, by: By = {}): Promise<Clicked> {
    const post = this.standing(message);
    return this.press(post, fillForm(post.payload, values), by);
  }

  private standing(message: ChatPost): FakePost {
    const post = this.state.messages.post(message.id);
    if (post === undefined) throw new Error(`no message ${message.id}`);
    return post;
  }

  private async press(post: FakePost, action: object, by: By): Promise<Clicked> {
    const { user = FAKE_USER, tenant = FAKE_TENANT } = by;
    const { messages, now } = this.state;
    this.count += 1;
    const id = `click${this.count}`;
    const event = clickEvent({
      id,
      messageId: post.id,
      chat: post.chat,
      user,
      tenant,
      action,
      at: now(),
      appId: FAKE_APP_ID,
    });
    const follows = this.next(
      (other) => other.parent === post.id || (other.id === post.id && other.edits > post.edits),
    );
    follows.catch(() => undefined);
    const { code, data: answer } = await this.push(event);
    // "卡片回传交互回调": the client shows an error for anything but 200 (200671).
    if (code !== 200) throw new Error(`the callback was answered with ${code}`);
    const { toast, card } = callbackAnswer.parse(answer);
    if (card !== undefined) {
      const replaced = messages.replaceCard(post, JSON.stringify(card.data));
      if (isRefusal(replaced)) throw new Error(`the callback's card was refused: ${replaced.msg}`);
      return { answer, reply: null, shown: replaced.text };
    }
    if (toast?.type === "warning" || toast?.type === "error")
      return { answer, reply: null, shown: toast.content };
    const reply = await follows;
    return { answer, reply, shown: reply.text };
  }

  /** Something besides messages and clicks. */
  happen(what: Happening): Promise<Ack> {
    this.count += 1;
    return this.push(happeningEvent(what, `happened${this.count}`, this.state.now(), FAKE_APP_ID));
  }

  /** A message event again, as Feishu was seen to repeat it after a reconnect: with another message id. */
  anew(event: object): object {
    const id = this.state.messages.nextId();
    const { said, event: again } = withMessageId(event, id);
    this.state.messages.say(said);
    return again;
  }
}
