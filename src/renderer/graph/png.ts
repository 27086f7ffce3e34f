/** An SVG drawn off screen as PNG. */
import { pngScale } from '../../../workers/report';

/** `size` in the picture's own units, `scale`: pixels for each of them. Rejects where the browser cannot make it, with a message for a person. */
export async function pngOf(
  svg: string,
  size: { width: number; height: number },
  scale = pngScale(size),
): Promise<Blob> {
  const image = await loadImage(new Blob([svg], { type: 'image/svg+xml' }));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(size.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null)
        reject(new Error(`This browser makes no picture of ${canvas.width} × ${canvas.height} pixels; save the SVG.`));
      else resolve(blob);
    }, 'image/png');
  });
}

/** The URL lives until the picture is decoded. */
async function loadImage(svg: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(svg);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return image;
  } catch {
    throw new Error('This browser could not draw the picture; save the SVG.');
  } finally {
    URL.revokeObjectURL(url);
  }
}
