import { useDump, useSummary } from '../state/dump';
import { Sentence } from './controls';

/** In the place of what only names can tell, where this dump has none: what is missing, and how to get it. */
export function NeedsExecutable({ what }: { what: string }) {
  const { naming } = useSummary();
  const kind = useDump((state) => state.host?.kind);
  const how =
    kind === 'browser' ? (
      <>
        Serve the dump with it: <span className="mono">heapknot serve app.heap --exe app</span>.
      </>
    ) : (
      <>
        Put it beside the dump, as <span className="mono">app</span> or <span className="mono">app.bin</span> for{' '}
        <span className="mono">app.heap</span>, and open the dump again.
      </>
    );
  return (
    <Sentence>
      <p>
        {what} {naming.executable?.matches === false ? naming.executable.verdict : 'This dump was opened without it.'}{' '}
        {how}
      </p>
    </Sentence>
  );
}
