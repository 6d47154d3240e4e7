import { describe, expect, it } from '@jest/globals';
import { addressOf, isAt } from './address.js';

describe('the address of a cluster', () => {
  it('is read from a URL: hosts, options, who asks, and a name before the streams', () => {
    expect(addressOf('kurrentdb://ada:s%40cret@db1:2113,db2:2113?tlsCAFile=./ca.crt&namespace=a1')).toEqual({
      connection: 'kurrentdb://db1:2113,db2:2113?tlsCAFile=./ca.crt',
      credentials: { username: 'ada', password: 's@cret' },
      tls: true,
      caFile: './ca.crt',
      hosts: ['db1:2113', 'db2:2113'],
      namespace: 'a1',
      shown: 'kurrentdb://ada@db1:2113,db2:2113?tlsCAFile=./ca.crt',
      place: 'kurrentdb://db1:2113,db2:2113?tlsCAFile=./ca.crt&namespace=a1',
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

  it('is where a place was, when one node and the namespace are the same', () => {
    const address = addressOf('kurrentdb+discover://ada:s@DB1,db2:2114?namespace=a1');
    for (const place of [address.place, 'kurrentdb://db1:2113?tls=false&namespace=a1', 'esdb://db2:2114?namespace=a1'])
      expect([place, isAt(address, place)]).toEqual([place, true]);
    for (const place of [
      'kurrentdb://db1:2113',
      'kurrentdb://db1:2114?namespace=a1',
      'kurrentdb://db3?namespace=a1',
      '',
    ])
      expect([place, isAt(address, place)]).toEqual([place, false]);
  });
});
