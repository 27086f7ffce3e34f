/** The page's fonts as text that a picture can carry along: a picture drawn off screen sees none of the page's own. */
import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import jetBrainsMono from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url';

let faces: Promise<string> | null = null;

/** `@font-face` rules with the fonts in them, 90 KB; fetched once. Empty where they cannot be had: then the picture falls back to other fonts. */
export function fontFaces(): Promise<string> {
  faces ??= Promise.all([face('Inter Variable', inter), face('JetBrains Mono Variable', jetBrainsMono)])
    .then((rules) => rules.join('\n'))
    .catch(() => '');
  return faces;
}

async function face(family: string, url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const data = await asDataUrl(await response.blob());
  return `@font-face { font-family: "${family}"; font-weight: 100 900; src: url(${data}) format("woff2"); }`;
}

function asDataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      // readAsDataURL leaves a string
      resolve(reader.result as string);
    };
    reader.onerror = () => {
      reject(new Error('a font could not be read'));
    };
    reader.readAsDataURL(file);
  });
}
