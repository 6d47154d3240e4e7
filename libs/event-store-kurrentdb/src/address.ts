import { LedgerError } from '@credence/contracts';

/** Where a cluster is, and who asks. */
export interface Address {
  /** For the client package: its scheme, no credentials in it, none of our own options. */
  readonly connection: string;
  readonly credentials: { readonly username: string; readonly password: string };
  readonly tls: boolean;
  /** Of the authority that signed the nodes' certificates; undefined: one that the machine knows. */
  readonly caFile: string | undefined;
  /** `host:port` of each node that the address names. */
  readonly hosts: readonly string[];
  /** Put before stream names, so that several ledgers fit one server: for trials and tests. */
  readonly namespace: string;
  /** For messages: without the password. */
  readonly shown: string;
  /** To write down: as it was given, but for user and password. */
  readonly place: string;
}

export const SCHEMES = ['kurrentdb', 'kurrent', 'kdb', 'esdb'] as const;

const URL_PATTERN = new RegExp(`^(${SCHEMES.join('|')})(\\+discover)?://(?:([^@/?]*)@)?([^/?@]+)/?(?:\\?(.*))?$`);

/** Of a server without access control, which ignores them: giving some makes the client append one call at a time. */
const NOBODY = { username: 'nobody', password: 'nobody' };

/**
 * Reads `kurrentdb://user:password@host:2113,…?tls=true`, and the same with `+discover`, `kurrent`, `kdb` and `esdb`.
 *
 * @throws invalid-parameter - unreadable, or TLS without user and password; the password is never in the message
 */
export function addressOf(url: string): Address {
  const match = URL_PATTERN.exec(url.trim());
  if (match === null) throw invalid('wanted one like kurrentdb://user:password@host:2113?tls=true');
  const [, , discover = '', login, hosts = '', query = ''] = match;
  const options = query.split('&').filter(option => option !== '' && !/^namespace=/i.test(option));
  const namespace = namespaceIn(query);
  if (!/^[a-z0-9]{0,32}$/.test(namespace)) throw invalid('namespace: wanted up to 32 of a-z and 0-9');
  const tls = !options.some(option => /^tls=false$/i.test(option));
  const credentials = login === undefined ? undefined : loginOf(login);
  if (tls && credentials === undefined)
    throw invalid('a server with TLS asks who comes: wanted kurrentdb://user:password@…, or ?tls=false on a trial');
  const rest = options.length === 0 ? '' : `?${options.join('&')}`;
  return {
    connection: `kurrentdb${discover}://${hosts}${rest}`,
    credentials: credentials ?? NOBODY,
    tls,
    caFile: caFileIn(options),
    hosts: hosts.split(','),
    namespace,
    shown: `kurrentdb${discover}://${credentials === undefined ? '' : `${credentials.username}@`}${hosts}${rest}`,
    place: `kurrentdb${discover}://${hosts}${query === '' ? '' : `?${query}`}`,
  };
}

/** Whether a place that was written down is where `address` is: the same namespace, and a node that both name. */
export function isAt(address: Address, place: string): boolean {
  const [, , , , hosts = '', query = ''] = URL_PATTERN.exec(place) ?? [];
  const nodes = new Set(address.hosts.map(nodeOf));
  return namespaceIn(query) === address.namespace && hosts.split(',').some(host => nodes.has(nodeOf(host)));
}

/** A node by name and port; the port that the client takes where none is given. */
const nodeOf = (host: string) => (/:\d+$/.test(host) ? host : `${host}:2113`).toLowerCase();

/** The client's own option, in any spelling that it takes. */
function caFileIn(options: readonly string[]): string | undefined {
  const [, file] =
    options.map(option => /^tls[_-]?ca[_-]?file=(.+)$/i.exec(option)).find(match => match !== null) ?? [];
  return file === undefined ? undefined : decodeURIComponent(file);
}

const namespaceIn = (query: string) => /(?:^|&)namespace=([^&]*)/i.exec(query)?.[1] ?? '';

function loginOf(login: string): Address['credentials'] {
  const colon = login.indexOf(':');
  if (colon < 0) throw invalid('wanted user:password before the @');
  try {
    return {
      username: decodeURIComponent(login.slice(0, colon)),
      password: decodeURIComponent(login.slice(colon + 1)),
    };
  } catch {
    throw invalid('user and password: wanted them percent-encoded');
  }
}

const invalid = (detail: string) =>
  new LedgerError('invalid-parameter', `ledger: ${detail}`, [{ pointer: 'ledger', code: 'invalid', detail }]);
