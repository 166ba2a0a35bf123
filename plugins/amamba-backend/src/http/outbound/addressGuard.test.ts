import fc from 'fast-check';
import { AddressGuard } from './addressGuard';

const PRIVATE = [
  ...['127.0.0.1', '127.9.9.9', '10.1.2.3', '172.31.0.1', '192.168.1.1'],
  ...[
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
  ],
  ...['::1', '::', 'fd00::1', 'fe80::1', 'ff02::1', '::ffff:10.0.0.1'],
  ...['64:ff9b::7f00:1', '2002:7f00:1::', '::127.0.0.1', 'fd00:ec2::254'],
];
const PUBLIC = ['93.184.216.34', '2606:2800:220:1::1', '::ffff:93.184.216.34'];

describe('addresses that users name', () => {
  const guard = new AddressGuard([]);

  it.each(PRIVATE)('%s is not connected to', address => {
    expect(guard.permits(address)).toBe(false);
    const url = new URL(
      address.includes(':') ? `http://[${address}]/` : `http://${address}/`,
    );
    expect(() => guard.check(url)).toThrow(/own network/);
  });

  it.each(PUBLIC)('%s is', address => {
    expect(guard.permits(address)).toBe(true);
  });

  it('is the same for every IPv4 address in the form of IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), address => {
        expect(guard.permits(`::ffff:${address}`)).toBe(guard.permits(address));
      }),
    );
  });

  it('finds no way there by name', async () => {
    const found = await new Promise(resolve =>
      guard.lookup('localhost', {}, error => resolve(error)),
    );
    expect(String(found)).toContain('own network');
  });

  it('lets through what the configuration names, and nothing beside it', () => {
    const own = new AddressGuard([
      ...['charts.internal:8443', '*.corp.example', '10.2.0.0/16'],
    ]);
    const named = (url: string) => own.isNamed(new URL(url));
    expect(named('https://charts.internal:8443/x')).toBe(true);
    expect(named('https://charts.internal/x')).toBe(false);
    expect(named('https://a.corp.example/')).toBe(true);
    expect(named('https://a.corp.example.evil/')).toBe(false);
    expect(named('https://evilcorp.example/')).toBe(false);
    expect([own.permits('10.2.3.4'), own.permits('10.3.0.1')]).toEqual([
      ...[true, false],
    ]);
    expect(() => new AddressGuard(['http://x/'])).toThrow(/neither/);
  });
});
