import { expect, it } from '@jest/globals';
import { COMMANDS } from '@credence/claims';
import { COMMAND_ROUTES, filled } from './routes.js';

it.each(COMMANDS.filter(({ name }) => name !== 'TakeCapture'))(
  '$name has a route for its target',
  ({ name, target }) => {
    const { path, on } = COMMAND_ROUTES[name] ?? { path: '' };
    expect(path).toMatch(/^\//);
    expect(path.includes(':target')).toBe(target !== null);
    expect(on).toBe(path.includes(':claim') ? target : undefined);
  },
);

it('fills a path with whatever a reference may hold', () =>
  expect(filled('/claims/:claim/links/:target/removal', { claim: 'a:b', target: 'x/y' })).toBe(
    '/claims/a%3Ab/links/x%2Fy/removal',
  ));
