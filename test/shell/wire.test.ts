import { describe, expect, it } from 'vitest';
import { EngineError } from '../../workers/api/errors';
import { asCall, throwReply, thrownBy } from '../../workers/api/wire';

const call = { id: '1-2-3-4', type: 'APPLY', path: ['summary'], argumentList: [] };

describe('asCall', () => {
  it('knows the calls of a session', () => {
    expect(asCall(call)).toEqual(call);
    expect(asCall({ ...call, argumentList: [{ type: 'RAW', value: { offset: 0 } }] })).not.toBeNull();
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'summary'],
    ['a list', [call]],
    ['reading a property', { ...call, type: 'GET' }],
    ['writing a property', { ...call, type: 'SET' }],
    ['a new channel', { ...call, type: 'ENDPOINT' }],
    ['a release', { ...call, type: 'RELEASE' }],
    ['an unknown method', { ...call, path: ['eval'] }],
    ['a method that every object has', { ...call, path: ['constructor'] }],
    ['a path into a method', { ...call, path: ['summary', 'constructor'] }],
    ['no path', { ...call, path: [] }],
    ['a path that is a text', { ...call, path: 'summary' }],
    ['an argument that calls back', { ...call, argumentList: [{ type: 'HANDLER', name: 'proxy', value: null }] }],
    ['arguments that are no list', { ...call, argumentList: { length: 0 } }],
    ['no id', { ...call, id: '' }],
    ['an id that is a number', { ...call, id: 1 }],
    ['an id of a megabyte', { ...call, id: 'x'.repeat(1e6) }],
  ])('refuses %s', (_, message) => {
    expect(asCall(message)).toBeNull();
  });
});

describe('throwReply', () => {
  it('is read back by thrownBy', () => {
    expect(thrownBy(throwReply('1', new EngineError('EngineGone', 'The engine has ended.')))).toMatchObject({
      name: 'EngineGone',
      message: 'The engine has ended.',
    });
    expect(thrownBy({ id: '1', type: 'RAW', value: { isError: true } })).toBeNull();
  });
});
