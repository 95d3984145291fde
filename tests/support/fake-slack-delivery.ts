import { bodyOf, type HttpAnswer, type SignedRequests, type Signing } from "./fake-slack-signed.ts";
import type { Acknowledgement, FakeSocket } from "./fake-slack-socket.ts";
import type { FakeWorkspace } from "./fake-slack-state.ts";
import { Waiters } from "./fake-slack-waiters.ts";
import { eventPayload } from "./fake-slack-payloads.ts";

/** How what people do reaches the bot: by its sockets, or by signed requests to one address. */
export class FakeDelivery {
  readonly acknowledgements: Acknowledgement[] = [];
  readonly #acknowledged = new Waiters<Acknowledgement>();
  readonly #workspace: FakeWorkspace;
  readonly #socket: FakeSocket;
  readonly #signed: SignedRequests;
  #url: string | null = null;
  #lastEvent: Record<string, unknown> = {};

  constructor(workspace: FakeWorkspace, socket: FakeSocket, signed: SignedRequests) {
    this.#workspace = workspace;
    this.#socket = socket;
    this.#signed = signed;
  }

  to(url: string | null): void {
    this.#url = url;
  }

  nextAcknowledgement(): Promise<Acknowledgement> {
    return this.#acknowledged.next(() => true);
  }

  /** Resolves once the bot has acknowledged it, with what it said. */
  async deliver(type: string, payload: unknown, extra: object = {}): Promise<Acknowledgement> {
    const given = await (this.#url === null
      ? this.#socket.deliver(type, payload, extra)
      : this.#signed.deliver(this.#url, type, payload));
    this.acknowledgements.push(given);
    this.#acknowledged.tell(given);
    return given;
  }

  event(event: Readonly<Record<string, unknown>>): Promise<Acknowledgement> {
    this.#lastEvent = eventPayload(event, `Ev${this.#workspace.count()}`);
    return this.deliver("events_api", this.#lastEvent, { retry_attempt: 0, retry_reason: "" });
  }

  /** The last event once more: the same event_id, another envelope. */
  again(): Promise<Acknowledgement> {
    return this.deliver("events_api", this.#lastEvent, { retry_attempt: 1, retry_reason: "timeout" });
  }

  /** One request about an event (none: Slack's url_verification), signed so or so; never repeated. */
  send(event: Readonly<Record<string, unknown>> | null, how: Signing): Promise<HttpAnswer> {
    if (this.#url === null) throw new Error("there is no address to send to: deliverTo(url) first");
    const challenge = { type: "url_verification", token: "verification-token", challenge: "a challenge" };
    const payload = event === null ? challenge : eventPayload(event, `Ev${this.#workspace.count()}`);
    return this.#signed.send(this.#url, bodyOf("events_api", payload), how);
  }

  giveUp(): void {
    this.#acknowledged.giveUp("the fake Slack was closed before anything was acknowledged");
  }
}
