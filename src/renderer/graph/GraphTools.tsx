import type { RefObject } from 'react';
import { baseName, useOpenDump } from '../state/dump';
import { useTheme } from '../state/settings';
import { Button } from '../ui/controls';
import { ExportButtons } from './ExportButtons';
import type { GraphHandle } from './GraphView';
import type { ShownGraph } from './use-graph';

interface GraphToolsProps {
  /** What the graph is about, for the names of exported files: `cycle-3`. */
  subject: string;
  drawn: ShownGraph;
  handle: RefObject<GraphHandle | null>;
  /** It is a graph of kinds: pictures of it fit a chat. */
  ofKinds?: boolean;
}

/** The tools of a graph: fit and exports. */
export function GraphTools({ subject, drawn, handle, ofKinds = false }: GraphToolsProps) {
  const { file } = useOpenDump();
  const theme = useTheme();
  return (
    <>
      <Button className="button-small" title="Show the whole graph" onClick={() => handle.current?.fit()}>
        Fit
      </Button>
      <ExportButtons
        subject={subject}
        shown={() => {
          const drawing = handle.current?.drawing();
          const { graph, selected } = drawn;
          return graph && drawing ? { graph, drawing, selected, theme, ofKinds, dumpName: baseName(file) } : null;
        }}
      />
    </>
  );
}
