// What the source calls closures that were compiled as copies where their function was inlined; the sources of those named here were read.
import { describe, expect, test } from 'vitest';
import { sourceName } from '../../../workers/program/source-name';
import type { Program } from '../../../workers/program/program';
import { executableOf, programOf } from '../../support/programs';

/** Executable → name in it → name in the source. */
const ROWS: Record<string, Record<string, string>> = {
  'go1.24/mix': {
    // of the same package, and the ninth closure of main
    'main.main.writeDumpPools.func9': 'main.writeDumpPools.func1',
    // of another package, which the name leaves out; its two closures are told apart, and what is in one keeps its number
    'os.init.OnceValue[go.shape.interface { Error() string }].func2.1':
      'sync.OnceValue[go.shape.interface { Error() string }].func1.1',
    'os.init.OnceValue[go.shape.interface { Error() string }].func3':
      'sync.OnceValue[go.shape.interface { Error() string }].func2',
    // of a method
    'runtime.(*sweepLocked).sweep.(*mheap).freeSpan.func2': 'runtime.(*mheap).freeSpan.func1',
    // nothing of these was inlined
    'main.main': 'main.main',
    'main.main.func1': 'main.main.func1',
    'no such function': 'no such function',
  },
  'go1.24/httpd-stripped': {
    'net.(*netFD).dial.(*netFD).addrFunc.func5': 'net.(*netFD).addrFunc.func1',
    // instances are told apart
    'reflect.Value.Seq.rangeNum[go.shape.uint8,go.shape.uint64].func13':
      'reflect.rangeNum[go.shape.uint8,go.shape.uint64].func1',
    // two calls lie between; the innermost made it
    'crypto/x509.policiesValid.(*policyGraph).parents.Values[go.shape.map[string]*crypto/x509.policyGraphNode,go.shape.string,go.shape.*uint8].func1':
      'maps.Values[go.shape.map[string]*crypto/x509.policyGraphNode,go.shape.string,go.shape.*uint8].func1',
    // in a closure, whose own closures have bare numbers
    'crypto/tls.(*certificateMsgTLS13).marshal.func1.marshalCertificate.1.2': 'crypto/tls.marshalCertificate.func1.2',
  },
};

const programs = new Map<string, Program>();
function functionsOf(name: string): Program['functions'] {
  const program = programs.get(name) ?? programOf(executableOf(name));
  programs.set(name, program);
  return program.functions;
}

describe.each(Object.entries(ROWS))('%s', (executable, rows) => {
  test.each(Object.entries(rows))('%s', (name, expected) => {
    expect(sourceName(functionsOf(executable), name)).toBe(expected);
  });

  test('what the source has is left as it is', () => {
    const functions = functionsOf(executable);
    for (const name of Object.values(rows)) expect(sourceName(functions, name)).toBe(name);
  });
});

test('before names of closures told where they were inlined', () => {
  const functions = functionsOf('go1.19.8/timers-stripped');
  for (let index = 0; index < functions.count; index++)
    expect(sourceName(functions, functions.name(index))).toBe(functions.name(index));
});
