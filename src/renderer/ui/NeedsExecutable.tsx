import { executableUse } from '../../../workers/report';
import { useSummary } from '../state/dump';
import { useNamesNow } from '../state/naming';
import { ChooseExecutable } from './ChooseExecutable';
import { Sentence } from './controls';

/** In the place of what only names can tell, where this dump has none or not yet: what is missing, and how to get it. */
export function NeedsExecutable({ what }: { what: string }) {
  const { executable } = useSummary().naming;
  const names = useNamesNow();
  if (names.state === 'coming') return <Sentence>{what} Names are being found: this fills when they are.</Sentence>;
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
