import { useState } from 'react';
import { holdFor } from '../state/idle';
import { Button } from '../ui/controls';
import { download } from '../ui/download';
import { EXPORTS, exportFile, exportName } from './export';
import type { Exported } from './export';

interface ExportButtonsProps {
  /** What is on screen now; null before it is. */
  shown: () => Exported | null;
  /** What it is about, for the file's name: `cycle-3`. */
  subject: string;
}

/** Saves what is shown as PNG, SVG, JSON or DOT. */
export function ExportButtons({ shown, subject }: ExportButtonsProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const saveAs = async (format: (typeof EXPORTS)[number]): Promise<void> => {
    const exported = shown();
    if (exported === null) return;
    try {
      setFailure(null);
      download(exportName(exported.dumpName, subject, format), await exportFile(format, exported));
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      {failure !== null && (
        <span className="secondary" role="alert">
          {failure}
        </span>
      )}
      {EXPORTS.map((format) => (
        <Button
          key={format}
          className="button-small"
          title={`Save what is shown as ${format.toUpperCase()}`}
          onClick={() => void holdFor(saveAs(format))}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </>
  );
}
