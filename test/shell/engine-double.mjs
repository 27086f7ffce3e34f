// A thread that speaks the wire as an engine does, and can be told by the text of a search to misbehave in every way that one might.
import { parentPort } from 'node:worker_threads';

let opened = null;
let answered = {};
let opens = 0;
let names = 'those of the opening';
const waiting = [];

const answers = {
  open: ({ file, strict, executable }) => {
    if (file.endsWith('bad.heap')) return thrown('NotADump', 'bad.heap is no heap dump.');
    opened = file;
    opens++;
    answered = { file, strict, executable, opens };
    return raw(answered);
  },
  summary: () => raw({ ...answered, names }),
  takeNames: (executable) => {
    names = executable;
    return raw({ ...answered, names });
  },
  status: () => raw({ state: opened === null ? 'empty' : 'ready', file: opened }),
  close: () => {
    opened = null;
    return raw(undefined);
  },
  cancel: () => {
    for (const id of waiting.splice(0)) parentPort.postMessage({ ...thrown('Cancelled', 'Stopped.'), id });
    return raw(undefined);
  },
  contents: (address, offset, length) => raw({ address, offset, bytes: new Uint8Array(length).fill(7) }),
  search: (text) => misbehave(text),
};

function misbehave(text) {
  if (text === 'exit') process.exit(3);
  if (text === 'fail') throw new Error('a defect');
  if (text === 'unsendable') return raw(NaN);
  if (text === 'wait') return null;
  return raw([text]);
}

const raw = (value) => ({ type: 'RAW', value });
const thrown = (name, message) => ({
  type: 'HANDLER',
  name: 'throw',
  value: { isError: true, value: { name, message, stack: '' } },
});

parentPort.on('message', ({ id, path, argumentList }) => {
  const answer = answers[path[0]](...argumentList.map((argument) => argument.value));
  if (answer === null) waiting.push(id);
  else parentPort.postMessage({ ...answer, id });
});
