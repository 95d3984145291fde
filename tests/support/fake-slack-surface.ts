import type { ChatFake } from "./chat-fake.ts";
import type { FakeUpload } from "./fake-slack-files.ts";
import type { Submitted, Suggestion } from "./fake-slack-forms.ts";
import type { Said } from "./fake-slack-people.ts";
import type { HttpAnswer, Signing } from "./fake-slack-signed.ts";
import type { Acknowledgement } from "./fake-slack-socket.ts";
import type { FakeChannel, SlackAnswer, SlackCall, SlackFault, SlackMessage } from "./fake-slack-state.ts";
import type { FakeView } from "./fake-slack-views.ts";

/** What tests may do with the fake; fake-slack.ts shows how. */
export interface FakeSlack extends ChatFake {
  readonly credentials: {
    readonly botToken: string;
    readonly receive: { readonly appToken: string };
    readonly apiUrl: string;
  };
  /** For a bot that is called: deliverTo says where. */
  readonly httpCredentials: {
    readonly botToken: string;
    readonly receive: { readonly signingSecret: string };
    readonly apiUrl: string;
  };
  /** From now on everything that people do goes by signed HTTP to this address; null: by the sockets again. */
  deliverTo(url: string | null): void;
  /** One request about an event, or Slack's url_verification for null, signed so or so; never repeated. */
  request(event: Readonly<Record<string, unknown>> | null, how: Signing): Promise<HttpAnswer>;
  /** Moves the clock. */
  advance(ms: number): void;
  /** One message a second to a channel, fifty edits a minute, 429 beyond it; off at first. */
  limits(on: boolean): void;
  /** Granted to the bot; sent as x-oauth-scopes. What is missing is answered with missing_scope. */
  readonly scopes: Set<string>;
  readonly calls: readonly SlackCall[];
  readonly uploads: readonly FakeUpload[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** How often a client was greeted so far. */
  greetings(): number;
  /** Resolves when no more than `count` connections are open, greeted or not. */
  connectionsAtMost(count: number): Promise<void>;
  posts(channel: string): readonly SlackMessage[];
  /** The next message of the bot in a channel. */
  nextPost(channel: string): Promise<SlackMessage>;
  /** The next call of a method. */
  nextCall(method: string): Promise<SlackCall>;
  /** The next thing a client acknowledges, whatever it was. */
  nextAcknowledgement(): Promise<Acknowledgement>;
  /** The next hello. */
  nextGreeting(): Promise<number>;
  addChannel(channel: FakeChannel): void;
  /** Resolves with the answer in the acknowledgement, with the one that comes late, or with the modal that opens. */
  slash(text: string, said?: Said): Promise<SlackAnswer>;
  mention(text: string, said?: Said): Promise<SlackAnswer>;
  direct(text: string, said?: Said): Promise<SlackAnswer>;
  /** Says something that names nobody; the bot hears it with the scope channels:history. Resolves with the message. */
  talk(text: string, said?: Said): Promise<SlackMessage>;
  /** Somebody deletes a message. */
  remove(message: SlackMessage): Promise<void>;
  /** An admin closes a thread: nobody replies in it any more. */
  lock(first: SlackMessage): void;
  /** Clicks the button with this label on a message, an answer, a modal or the home tab. */
  click(on: SlackMessage | FakeView, label: string, said?: Said): Promise<SlackAnswer>;
  /** Picks a message with the shortcut "keep as evidence": the form that opens, or what is said instead. */
  pick(on: SlackMessage, said?: Said): Promise<SlackAnswer>;
  /** The same where a form must open. */
  shortcut(on: SlackMessage, said?: Said): Promise<FakeView>;
  /** Resolves with what the bot publishes then. */
  openHome(user?: string): Promise<FakeView>;
  /** Every modal and home tab so far. */
  readonly views: readonly FakeView[];
  /** The view that an answer with `through: "view"` is about. */
  view(answer: SlackAnswer): FakeView;
  /** The next modal that the bot opens. */
  nextView(): Promise<FakeView>;
  /** Fills in fields by name and sends the form. */
  submit(view: FakeView, values: Readonly<Record<string, string>>): Promise<Submitted>;
  /** Types in a field; resolves with what is offered. */
  suggest(view: FakeView, field: string, typed: string): Promise<readonly Suggestion[]>;
  join(channel: string, by?: string): Promise<Acknowledgement>;
  leave(channel: string): Promise<Acknowledgement>;
  archive(channel: string, by?: string): Promise<Acknowledgement>;
  unarchive(channel: string, by?: string): Promise<Acknowledgement>;
  rename(channel: string): Promise<Acknowledgement>;
  /** The channel has another id from now on. */
  move(channel: string, to: string): Promise<Acknowledgement>;
  /** Deletes the channel. */
  erase(channel: string): Promise<Acknowledgement>;
  uninstall(): Promise<Acknowledgement>;
  /** Sends the last event again: same event_id, another envelope. Resolves once acknowledged. */
  redeliver(): Promise<Acknowledgement>;
  /** Sends any event, or any envelope, and resolves with its acknowledgement. */
  event(event: Readonly<Record<string, unknown>>): Promise<Acknowledgement>;
  envelope(type: string, payload: unknown): Promise<Acknowledgement>;
  /** Sends a frame that may be no envelope at all. */
  frame(content: unknown): void;
  /** Resolves when the clients have seen every frame so far, and what they acknowledged at once has arrived. */
  settled(): Promise<void>;
  /** Methods of the Web API, "response_url", "upload", or "hello" for a socket that is never greeted. */
  failNext(method: string, fault: SlackFault): void;
  /** A goodbye frame, or a cut without one; both resolve at the next hello. `mute`: Slack then does not answer a close. */
  disconnect(reason?: string, how?: { readonly mute: boolean }): Promise<void>;
  cutConnection(): Promise<void>;
}
