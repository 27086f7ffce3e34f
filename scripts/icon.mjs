// Draws build/icon.png, which packages of the desktop app are made with, from build/icon.svg: `npm run icon`, after the drawing has changed.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

const BUILD = resolve(import.meta.dirname, '../build');
/** The largest that any system asks for; electron-builder makes the others from it. */
const WIDTH = 1024;

export function drawIcon() {
  const svg = readFileSync(resolve(BUILD, 'icon.svg'), 'utf8');
  return new Resvg(svg, { fitTo: { mode: 'width', value: WIDTH } }).render().asPng();
}

if (process.argv[1] === import.meta.filename) writeFileSync(resolve(BUILD, 'icon.png'), drawIcon());
