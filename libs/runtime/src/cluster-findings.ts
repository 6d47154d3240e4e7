import type { Address, KurrentEventStore, ServerInfo } from '@credence/event-store-kurrentdb';
import { isLedgerError } from '@credence/contracts';
import { MAX_CLOCK_SKEW_MS } from '@credence/kernel';
import type { Finding } from './finding.js';

export const HOW_TO = 'docs/how-to/kurrentdb.md';
/** How many foreign events are named. */
const NAMED = 5;

const well = (detail: string): Finding => ({ check: 'cluster', state: 'well', detail });
const note = (detail: string, remedy: string): Finding => ({ check: 'cluster', state: 'note', detail, remedy });
const wrong = (detail: string, remedy: string): Finding => ({ check: 'cluster', state: 'wrong', detail, remedy });

export interface ClusterAsked {
  readonly address: Address;
  /** The folder with the captures. */
  readonly shared: string;
  /** Somebody named it. */
  readonly given: boolean;
}

/** What whoever looks after a cluster should know of it. */
export async function clusterFindings(store: KurrentEventStore, asked: ClusterAsked): Promise<readonly Finding[]> {
  const { address, shared, given } = asked;
  return [
    ...serverFindings(address, await store.server()),
    ...encryption(address),
    ...(await rights(store, address.tls)),
    ...hidden(store),
    ...foreign(store),
    await lag(store),
    given
      ? well(`captures are in ${shared}`)
      : note(
          `captures are in ${shared}, which is this node's own`,
          'other nodes do not see them: name a shared folder with --captures',
        ),
  ];
}

/** What the server says of itself. */
export function serverFindings({ shown }: Address, { version, offMs }: ServerInfo): Finding[] {
  return [
    version === undefined
      ? note(`${shown} does not say its version`, 'look at its log; 24.10 or later is wanted')
      : well(`${shown} runs ${version}`),
    ...clock(offMs),
  ];
}

export const encryption = ({ tls }: Address): Finding[] =>
  tls
    ? []
    : [
        note(
          'the connection is not encrypted, and nobody is asked who they are',
          `for a trial only: ${HOW_TO}, "Three nodes with TLS"`,
        ),
      ];

function clock(offMs: number | undefined): Finding[] {
  if (offMs === undefined) return [];
  const seconds = `${(offMs / 1000).toFixed(1)} s`;
  return [
    Math.abs(offMs) > MAX_CLOCK_SKEW_MS
      ? wrong(`the clock of the server is ${seconds} off this machine's: writes are refused`, 'set both by NTP')
      : well(`the clock of the server is ${seconds} off this machine's`),
  ];
}

async function rights(store: KurrentEventStore, tls: boolean): Promise<Finding[]> {
  if (!tls) return [];
  try {
    const open = await store.openToAll();
    return open
      ? [
          wrong(
            'every user of the server may write to the ledger’s streams, and delete them: the default access list is open',
            `tighten $userStreamAcl in $settings: ${HOW_TO}, "Rights"`,
          ),
        ]
      : [well('the default access list is tightened')];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return [note(`access lists cannot be read: ${error.message}`, 'ask as a user who may read $settings')];
  }
}

function hidden({ index }: KurrentEventStore): Finding[] {
  const found = index.retentions();
  return found.length === 0
    ? [well('no stream of the ledger has retention or truncation set')]
    : found.map(({ stream, hides }) =>
        wrong(
          `stream ${stream} has ${hides}: events are out of sight, and a scavenge removes them`,
          'remove it from the stream’s metadata before the next scavenge',
        ),
      );
}

function foreign({ index }: KurrentEventStore): Finding[] {
  const found = index.foreign();
  if (found.length === 0) return [well('no foreign events in the ledger’s streams')];
  const named = found.slice(0, NAMED).map(({ stream, type, why }) => `${type} in ${stream} (${why})`);
  const rest = found.length > NAMED ? `, and ${String(found.length - NAMED)} more` : '';
  return [
    note(
      `${String(found.length)} foreign events in the ledger’s streams count on no node: ${named.join('; ')}${rest}`,
      `find out who writes there, and take the right away: ${HOW_TO}, "Rights"`,
    ),
  ];
}

async function lag({ index, cluster }: KurrentEventStore): Promise<Finding> {
  const at = index.at ?? null;
  const page = await cluster.readAll(at, 1000);
  const behind = page.filter(({ commit }) => at === null || commit > at.commit).length;
  return behind === 0
    ? well('this node has read all events of the ledger')
    : note(
        `this node is ${behind >= 999 ? 'a thousand or more' : String(behind)} events behind the cluster`,
        'wait; it follows by itself',
      );
}
