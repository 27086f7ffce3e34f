import type { ObjectDetail } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import { Segments } from '../../ui/controls';
import { AllocationStack } from './AllocationStack';
import { ContentsTable } from './ContentsTable';
import type { ContentsMode } from './ContentsTable';
import { Reasons } from './Reasons';
import { ValuesTable } from './ValuesTable';
import './contents.css';

/** As its type reads it, or as the dump holds it. */
export type ReadingMode = 'values' | ContentsMode;

/** What is written in an object, and why it is read so. */
export function ObjectContents({ object, mode }: { object: ObjectDetail; mode: ReadingMode }) {
  const { dump } = useSummary();
  return (
    <div className="contents">
      <div className="contents-rows">
        {mode === 'values' ? (
          <ValuesTable object={object} />
        ) : (
          <ContentsTable key={mode} address={object.address} mode={mode} pointerBytes={dump.pointerBytes} />
        )}
      </div>
      <Reasons object={object} />
      <AllocationStack object={object} />
    </div>
  );
}

export function ReadingModes({ mode, onChoose }: { mode: ReadingMode; onChoose: (mode: ReadingMode) => void }) {
  return (
    <Segments<ReadingMode>
      label="How the contents are shown"
      choices={[
        { key: 'values', words: 'Values' },
        { key: 'words', words: 'Words' },
        { key: 'hex', words: 'Hex' },
      ]}
      current={mode}
      onChoose={onChoose}
    />
  );
}
