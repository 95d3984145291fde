/** How the process ends: answered, a fault of ours, the user's error, the configuration's, busy. */
export type Exit = 0 | 1 | 2 | 3 | 4;

/** Every command in a line. */
export const USAGE = `qushi start                      run: the chats that are configured, else a prompt here
qushi ask "LINE"                 answer one line   [--format text|json|slack|feishu] [--lang zh|en] [--user NAME:ROLE] [--now ISO] [--store :memory:|FILE]
qushi digest [FILTER]            print the weekly digest; sends nothing   [--format …] [--lang …] [--now ISO]
qushi export [FILTER]            the dataset, or what a filter selects, as JSON   as:csv for a spreadsheet: qushi export as:csv > file.csv
qushi export ledger              the record as JSON lines; people are keys
qushi import FILE.csv            readings from a table: id,value,as_of,source,level   prints what it would do; --write records
qushi new DISTRICT               a new commitment to fill in, at the end of the district's file: qushi new GM
qushi check [DATASET]            check every dataset under data/   [--article FILE] proves one against its source
qushi manifest slack|feishu      what to paste when connecting a chat   [--mode http --url https://…] [--check] [--sync: Feishu's / commands]
qushi doctor slack|feishu        what is right and what is missing in a chat's set-up   [--send ADDRESS: a test message]
qushi backup FILE                a copy of everything that is remembered, while Qushi runs too   --restore FILE [--force] brings one back
qushi migrate                    bring the store up to this version; start does it by itself
Exit: 0 answered · 1 fault · 2 user's error · 3 configuration · 4 busy`;

/** A way out with a sentence and an exit code. */
export class Stop extends Error {
  readonly exit: Exit;
  constructor(exit: Exit, message: string) {
    super(message);
    this.exit = exit;
  }
}
