import type { SourcePlace } from '../../../workers/api';
import { fileWords } from '../../../workers/lib/format';
import { GoName } from './figures';

/** A function of the program with the line of its source; the whole path of the file on hover. */
export function SourceName({ place }: { place: SourcePlace }) {
  const { function: name, file, line } = place;
  return (
    <span className="source-name" title={file === null ? name : `${name}\n${file}:${line}`}>
      <GoName name={name} />
      {file !== null && <span className="faint source-line"> {fileWords(place)}</span>}
    </span>
  );
}
