import { describe, it } from '@jest/globals';
import { given, happened, ledgers, sending } from '../testing.js';
import { SetEventAside } from './set-event-aside.js';

const setAside = sending(SetEventAside);
const body = { event: 4, reason: 'written by a later release', authority: 'the managing editor' };
const stopped = { stoppedAt: { 4: ['claims'] } };

describe('SetEventAside', () => {
  it('sets an event aside at which a view is stopped', () =>
    given(ledgers).when(setAside({}, stopped)).then(happened('EventSetAside', body)));

  it('refuses one that every view can apply', () =>
    given(ledgers)
      .when(setAside({ event: 5 }, stopped))
      .thenRefused('not-stopped'));

  it('changes nothing where it is set aside already', () =>
    given(ledgers, happened('EventSetAside', body))
      .when(setAside({ reason: 'again' }))
      .thenNothing());
});
