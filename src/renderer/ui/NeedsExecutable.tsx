import { executableUse } from '../../../workers/report';
import { useSummary } from '../state/dump';
import { ChooseExecutable } from './ChooseExecutable';
import { Sentence } from './controls';

/** In the place of what only names can tell, where this dump has none: what is missing, and how to get it. */
export function NeedsExecutable({ what }: { what: string }) {
  const { executable } = useSummary().naming;
  return (
    <Sentence>
      <p>
        {what}{' '}
        {executable?.matches === false
          ? `${executableUse(executable)}. ${executable.verdict}`
          : 'This dump was opened without it.'}{' '}
        Drop the program that wrote the dump on this window, or choose it. Beside the dump, as{' '}
        <span className="mono">app</span> or <span className="mono">app.bin</span> for{' '}
        <span className="mono">app.heap</span>, it is found by itself.
      </p>
      <ChooseExecutable />
    </Sentence>
  );
}
