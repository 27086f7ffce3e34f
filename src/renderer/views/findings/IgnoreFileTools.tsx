import { useRef, useState } from 'react';
import { IGNORE_FILE, readIgnoreFile, writeIgnoreFile } from '../../../../workers/api';
import { download } from '../../frame/frame-state';
import { takeIgnored, useIgnored } from '../../state/ignored';
import { Button } from '../../ui/controls';
import { plural } from '../../ui/format';

/** Takes what is expected or ignored from a file that a team has committed, and writes such a file. */
export function IgnoreFileTools() {
  const entries = useIgnored((state) => state.entries);
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File): Promise<void> => {
    try {
      takeIgnored(readIgnoreFile(await file.text(), file.name));
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <Button className="button-small" onClick={() => input.current?.click()}>
        Take {IGNORE_FILE}…
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={IGNORE_FILE}
        onChange={(event) => {
          const file = event.target.files?.item(0);
          // the same file may be chosen again after it was put right
          event.target.value = '';
          if (file) void take(file);
        }}
      />
      {entries.length > 0 && (
        <Button
          className="button-small"
          onClick={() => {
            download(IGNORE_FILE, new Blob([writeIgnoreFile(entries)], { type: 'application/json' }));
          }}
        >
          Save {plural(entries.length, 'judgement')}
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
