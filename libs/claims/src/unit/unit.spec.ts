import { describe, it } from '@jest/globals';
import { given, happened, id, sending, unitDeclared, units } from '../testing.js';
import { ChangeUnitMembers } from './change-unit-members.js';
import { DeclareUnit } from './declare-unit.js';
import { DissolveUnit } from './dissolve-unit.js';

const declare = sending(DeclareUnit);
const change = sending(ChangeUnitMembers);
const dissolve = sending(DissolveUnit);
const changed = (body: object) => happened('UnitMembersChanged', { reason: 'same counsel', ...body });
const dissolved = happened('UnitDissolved', { reason: 'they parted' });

describe('DeclareUnit', () => {
  it('declares sources under one control', () => given(units).when(declare()).then(unitDeclared()));

  it('counts a source once that was named twice', () =>
    given(units)
      .when(declare({ members: [id('kushner'), id('report'), id('kushner')] }))
      .then(unitDeclared()));

  it('refuses a unit without members', () =>
    given(units)
      .when(declare({ members: [] }))
      .thenRefused('invalid-body', '/members'));

  it('refuses to declare a unit where one is', () =>
    given(units, unitDeclared()).when(declare()).thenRefused('already-exists'));
});

describe('ChangeUnitMembers', () => {
  it('adds a source', () =>
    given(units, unitDeclared())
      .when(change())
      .then(changed({ add: [id('gerson')] })));

  it('takes a source out', () =>
    given(units, unitDeclared())
      .when(change({ add: undefined, remove: [id('report')] }))
      .then(changed({ remove: [id('report')] })));

  it('records only what changes', () =>
    given(units, unitDeclared())
      .when(change({ add: [id('kushner'), id('gerson')], remove: [id('prince')] }))
      .then(changed({ add: [id('gerson')] })));

  it.each([
    ['nothing is named', { add: undefined }],
    ['who is added is in', { add: [id('kushner')] }],
    ['who is taken out is not in', { add: undefined, remove: [id('gerson')] }],
  ])('changes nothing where %s', (_case, body) => given(units, unitDeclared()).when(change(body)).thenNothing());

  it('sees earlier changes', () =>
    given(units, unitDeclared(), changed({ add: [id('gerson')], remove: [id('report')] }))
      .when(change({ add: [id('gerson')], remove: [id('report')] }))
      .thenNothing());

  it('refuses to add and to take out the same source', () =>
    given(units, unitDeclared())
      .when(change({ add: [id('gerson')], remove: [id('report'), id('gerson')] }))
      .thenRefused('invalid-body', '/remove/1'));

  it('refuses a dissolved unit', () =>
    given(units, unitDeclared(), dissolved).when(change()).thenRefused('already-dissolved'));

  it('refuses a unit that is not there', () => given(units).when(change()).thenRefused('not-found'));
});

describe('DissolveUnit', () => {
  it('ends a unit', () => given(units, unitDeclared()).when(dissolve()).then(dissolved));

  it('refuses a unit that has ended', () =>
    given(units, unitDeclared(), dissolved).when(dissolve()).thenRefused('already-dissolved'));

  it('refuses a unit that is not there', () => given(units).when(dissolve()).thenRefused('not-found'));
});
