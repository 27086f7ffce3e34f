import { useMemo } from 'react';
import type { RetentionTree } from '../../../../workers/api';
import { flameFacts, flameSvg } from '../../../../workers/report';
import type { Flame, FlameFills, FlamePicture } from '../../../../workers/report';
import { exportName } from '../../graph/export';
import { fontFaces } from '../../graph/fonts';
import { pngOf } from '../../graph/png';
import { baseName, useOpenDump } from '../../state/dump';
import { useExports } from '../../state/exports';
import type { MemoryShown } from '../../state/place';
import { useTheme } from '../../state/settings';
import { download } from '../../ui/download';
import { shortGoName } from '../../ui/format';
import { readable } from '../../state/expressions';

/** Offers the flame graph that is on screen as PNG and SVG. */
export function useFlameExports(place: MemoryShown, tree: RetentionTree, flame: Flame, fills: FlameFills): void {
  const { file, summary } = useOpenDump();
  const theme = useTheme();
  const { goVersion } = summary.dump;
  const entries = useMemo(() => {
    const dumpName = baseName(file);
    const picture = async (): Promise<ReturnType<typeof flameSvg>> =>
      flameSvg({
        ...{ flame, fills, theme, dumpName, fontFaces: await fontFaces() },
        ...wordsOf(place, tree, goVersion),
        whole: tree.whole.bytes,
        searched: tree.matched !== null,
      });
    return [
      {
        label: 'Flame graph as PNG',
        run: async () => {
          const { svg, ...size } = await picture();
          download(exportName(dumpName, 'memory', 'png'), await pngOf(svg, size));
        },
      },
      {
        label: 'Flame graph as SVG',
        run: async () => {
          const { svg } = await picture();
          download(exportName(dumpName, 'memory', 'svg'), new Blob([svg], { type: 'image/svg+xml' }));
        },
      },
    ];
  }, [file, flame, fills, theme, place, tree, goVersion]);
  useExports(entries);
}

function wordsOf(
  { by, focus, ignore, hide, without }: MemoryShown,
  { of, total, whole, above, nodes }: RetentionTree,
  goVersion: string,
): Pick<FlamePicture, 'title' | 'facts'> {
  const zoomed = total === whole || above.length === 0 ? '' : `: ${shortGoName(nodes[0]?.name ?? '')}`;
  const narrowed = Object.entries({ 'only through': focus, 'none through': ignore, hidden: hide, without }).flatMap(
    ([words, texts]) => texts.map((text) => `${words} ${shortGoName(readable(text))}`),
  );
  return {
    title: (of === null ? 'Memory' : `What holds ${shortGoName(of)}`) + zoomed,
    facts: [goVersion, flameFacts(total.bytes, whole.bytes), by === 'path' ? 'by path' : 'by dominator', ...narrowed],
  };
}
