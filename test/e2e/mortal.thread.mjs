// The built engine's thread, with a way to end it from the page: a search for these words.
import { parentPort } from 'node:worker_threads';
import '../../out/main/analysis.thread.js';

// After the engine's own: a port hands over its messages from the first listener on.
parentPort.on('message', ({ path, argumentList }) => {
  if (path[0] === 'search' && argumentList[0].value === 'end the engine') process.exit(7);
});
