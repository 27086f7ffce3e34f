import type { ObjectDetail } from '../../../../workers/api';
import { useSummary } from '../../state/dump';
import type { Reading } from '../../state/place';
import { Segments } from '../../ui/controls';
import { AllocationStack } from './AllocationStack';
import { ContentsTable } from '../../parts/contents/ContentsTable';
import { Reasons } from './Reasons';
import { ValuesTable } from './ValuesTable';
import './contents.css';

/** What is written in an object, and why it is read so. */
export function ObjectContents({ object, reading }: { object: ObjectDetail; reading: Reading }) {
  const { dump } = useSummary();
  return (
    <div className="contents">
      <div className="contents-rows">
        {reading === 'values' ? (
          <ValuesTable object={object} />
        ) : (
          <ContentsTable key={reading} address={object.address} mode={reading} pointerBytes={dump.pointerBytes} />
        )}
      </div>
      <Reasons object={object} />
      <AllocationStack object={object} />
    </div>
  );
}

export function Readings({ current, onChoose }: { current: Reading; onChoose: (reading: Reading) => void }) {
  return (
    <Segments<Reading>
      label="How the contents are shown"
      choices={[
        { key: 'values', words: 'Values' },
        { key: 'words', words: 'Words' },
        { key: 'hex', words: 'Hex' },
      ]}
      current={current}
      onChoose={onChoose}
    />
  );
}
