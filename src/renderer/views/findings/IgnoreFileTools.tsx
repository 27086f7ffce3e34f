import { useState } from 'react';
import { IGNORE_FILE, readIgnoreFile, writeIgnoreFile } from '../../../../workers/api';
import { download } from '../../ui/download';
import { takeIgnored, useIgnored } from '../../state/ignored';
import { Button } from '../../ui/controls';
import { counted } from '../../ui/format';
import { pickFile } from '../../ui/pick-file';

/** Takes what is expected or ignored from a file that a team has committed, and writes such a file. */
export function IgnoreFileTools() {
  const entries = useIgnored((state) => state.entries);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (): Promise<void> => {
    const file = await pickFile('.json');
    if (file === null) return;
    try {
      takeIgnored(readIgnoreFile(await file.text(), file.name));
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <Button className="button-small" onClick={() => void take()}>
        Take {IGNORE_FILE}…
      </Button>
      {entries.length > 0 && (
        <Button
          className="button-small"
          onClick={() => {
            download(IGNORE_FILE, new Blob([writeIgnoreFile(entries)], { type: 'application/json' }));
          }}
        >
          Save {counted(entries.length, 'judgement')}
        </Button>
      )}
      {problem !== null && (
        <span className="findings-problem" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}
