/** Whether a place takes posts of the bot; where it does not, what somebody types there to let it in. */
export type MayPost = "yes" | "unknown" | { readonly invite: string };
