/** SVG to PNG without a browser. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PNG_SCALE } from '../../../workers/report';

/** Pictures come out the same everywhere: only these faces, never the machine's own. */
const FACES = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSansMono.ttf', 'DejaVuSansMono-Bold.ttf'];

/** Renders a whole SVG document at `scale` pixels for each of its units. The renderer is loaded only here: it is a native module of 4 MB. */
export async function pngOf(svg: string, scale = PNG_SCALE): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: fontFiles(),
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
      monospaceFamily: 'DejaVu Sans Mono',
    },
  });
  return picture.render().asPng();
}

function fontFiles(): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'));
  return FACES.map((face) => join(folder, 'ttf', face));
}
