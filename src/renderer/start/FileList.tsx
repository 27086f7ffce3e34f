import type { HostFile } from '../connection/host';
import { openDump } from '../state/dump';
import { formatBytes, formatDate } from '../ui/format';
import { Chip } from '../ui/figures';

const KIND_WORDS: Record<HostFile['kind'], string> = { sample: 'sample', recent: 'recent', named: 'named at start' };

/** The dumps that the host can open by name, with what it knows of them. */
export function FileList({ files }: { files: readonly HostFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="files" aria-label="Files">
      {files.map((file) => (
        <li key={file.file}>
          <button type="button" className="file" title={file.file} onClick={() => void openDump(file.file)}>
            <span className="file-name mono">{file.name}</span>
            <Chip>{KIND_WORDS[file.kind]}</Chip>
            <span className="file-fact">{file.bytes === null ? '' : formatBytes(file.bytes)}</span>
            <span className="file-fact file-date">{file.modified === null ? '' : formatDate(file.modified)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
