import { describe, expect, it } from '@jest/globals';
import { addressOf } from './address.js';

describe('the address of a cluster', () => {
  it('is read from a URL: hosts, options, who asks, and a name before the streams', () => {
    expect(addressOf('kurrentdb://ada:s%40cret@db1:2113,db2:2113?tlsCAFile=./ca.crt&namespace=a1')).toEqual({
      connection: 'kurrentdb://db1:2113,db2:2113?tlsCAFile=./ca.crt',
      credentials: { username: 'ada', password: 's@cret' },
      tls: true,
      hosts: ['db1:2113', 'db2:2113'],
      namespace: 'a1',
      shown: 'kurrentdb://ada@db1:2113,db2:2113?tlsCAFile=./ca.crt',
    });
  });

  it.each(['kurrent', 'kdb', 'esdb'])('%s means kurrentdb', scheme => {
    expect(addressOf(`${scheme}://db?tls=false`).connection).toBe('kurrentdb://db?tls=false');
    expect(addressOf(`${scheme}+discover://db?tls=false`).connection).toBe('kurrentdb+discover://db?tls=false');
  });

  it.each([
    ['kurrentdb://', /wanted one like/],
    ['kurrentdb://db1:2113', /asks who comes/],
    ['kurrentdb://ada@db1:2113', /user:password/],
    ['kurrentdb://ada:%zz@db1:2113', /percent-encoded/],
    ['kurrentdb://db1:2113?tls=false&namespace=A-B', /namespace/],
  ])('%s is refused', (url, message) => {
    expect(() => addressOf(url)).toThrow(message);
  });

  it('never shows the password, not even of a URL that is refused', () => {
    for (const url of ['kurrentdb://ada:hush@db1:2113', 'kurrentdb://ada:hush@'])
      try {
        expect(JSON.stringify({ ...addressOf(url), credentials: {} })).not.toContain('hush');
      } catch (error) {
        expect(String(error)).not.toContain('hush');
      }
  });
});
