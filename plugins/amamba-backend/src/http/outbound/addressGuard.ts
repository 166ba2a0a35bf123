import { InputError } from '@backstage/errors';
import { lookup as resolve, type LookupAddress } from 'dns';
import { BlockList, isIP, type LookupFunction } from 'net';

/** Networks that no address on the internet has: those of the portal's own machine, its neighbours and its cloud. */
const PRIVATE: readonly [
  network: string,
  prefix: number,
  family: 'ipv4' | 'ipv6',
][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  // ::, ::1 and what holds an IPv4 address in an old form
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 32, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 9, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];
const CIDR = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/;
const HOST =
  /^(?:\*\.)?[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/;

const privateNetworks = new BlockList();
for (const [network, prefix, family] of PRIVATE) {
  privateNetworks.addSubnet(network, prefix, family);
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** An address in a URL without the brackets of IPv6; undefined for a name. */
function addressIn({ hostname }: URL): string | undefined {
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) ? address : undefined;
}

/** An address in a private network, where the portal connects only when its configuration says so. */
export class PrivateAddressError extends InputError {
  constructor(host: string) {
    super(
      `${host} is an address inside of the portal's own network, where it does not look for charts. A platform engineer can allow it in the configuration`,
    );
    this.name = 'InputError';
  }
}

/**
 * Keeps requests whose address a user named out of private networks: by the address that is connected to, so that no
 * name that leads there helps.
 */
export class AddressGuard {
  readonly #hosts: readonly string[];
  readonly #networks = new BlockList();

  /**
   * @param allowed - what may be reached although it is private: `host`, `host:port`, `*.domain` or a network such as `10.0.0.0/8`
   * @throws InputError for anything else
   */
  constructor(allowed: readonly string[]) {
    const hosts: string[] = [];
    for (const entry of allowed) {
      const [, network, prefix] = CIDR.exec(entry) ?? [];
      if (network && isIP(network)) {
        this.#networks.addSubnet(network, Number(prefix), familyOf(network));
      } else if (HOST.test(entry.toLocaleLowerCase('en-US'))) {
        hosts.push(entry.toLocaleLowerCase('en-US'));
      } else {
        throw new InputError(
          `"${entry}" is neither a host, nor host:port, *.domain or a network`,
        );
      }
    }
    this.#hosts = hosts;
  }

  /** Whether the configuration, or who is trusted besides, names the host: then it is not asked where that is. */
  isNamed(url: URL, trusted: readonly string[] = []): boolean {
    return [...this.#hosts, ...trusted].some(
      entry =>
        entry === url.host ||
        entry === url.hostname ||
        (entry.startsWith('*.') && url.hostname.endsWith(entry.slice(1))),
    );
  }

  /** Whether an address may be connected to. */
  permits(address: string): boolean {
    const family = familyOf(address);
    return (
      this.#networks.check(address, family) ||
      !privateNetworks.check(address, family)
    );
  }

  /** @throws PrivateAddressError when the URL holds an address that may not be connected to */
  check(url: URL): void {
    const address = addressIn(url);
    if (address && !this.permits(address)) {
      throw new PrivateAddressError(url.hostname);
    }
  }

  /** Finds addresses as `dns.lookup` does, and only those that may be connected to. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      const permitted = (found as LookupAddress[]).filter(({ address }) =>
        this.permits(address),
      );
      if (permitted.length === 0) {
        callback(new PrivateAddressError(hostname), '', 0);
      } else if (options.all) {
        callback(null, permitted);
      } else {
        callback(null, permitted[0].address, permitted[0].family);
      }
    });
  };
}
