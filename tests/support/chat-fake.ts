/** What a person sees as the answer to a line. */
export interface ChatAnswer {
  /** All visible text of the answer, in order, joined by newlines: so that walks can compare facts over doors. */
  readonly text: string;
  /** What the platform received: Block Kit or a card, as parsed JSON. */
  readonly payload: unknown;
}

/** A message of the bot that stands in a channel now (after edits). */
export interface ChatPost extends ChatAnswer {
  /** The platform's id of the message. */
  readonly id: string;
  /** The id of the thread's first message, or null outside threads. */
  readonly thread: string | null;
}

/** What the fakes of all platforms share, so that one walk runs over every door. */
export interface ChatFake {
  readonly name: string;
  /** Sends a line as a person would and resolves with what that person sees. */
  ask(line: string, how: "slash" | "mention" | "direct"): Promise<ChatAnswer>;
  /** The bot's messages in a channel, oldest first. */
  posts(channel: string): readonly ChatPost[];
  close(): Promise<void>;
}
