import { useDump, useSummary } from '../state/dump';
import { Sentence } from './controls';

/** In the place of what only names can tell, where this dump has none: what is missing, and how to get it. */
export function NeedsExecutable({ what }: { what: string }) {
  const { naming } = useSummary();
  const kind = useDump((state) => state.host?.kind);
  return (
    <Sentence>
      <p>
        {what} {naming.executable?.matches === false ? naming.executable.verdict : 'This dump was opened without it.'}{' '}
        Put the program that wrote the dump beside it, as <span className="mono">app</span> or{' '}
        <span className="mono">app.bin</span> for <span className="mono">app.heap</span>, and open the dump again
        {kind === 'browser' && (
          <>
            , or name it: <span className="mono">heapknot serve app.heap --exe app</span>
          </>
        )}
        .
      </p>
    </Sentence>
  );
}
