import { formatOffset } from './format';

/** The field that holds a pointer: its Go path where that is known, else its offset. */
export function FieldText({ field, offset }: { field: string | null; offset: number | null }) {
  const words = field ?? (offset === null ? '' : formatOffset(offset));
  const title = field !== null && offset !== null ? `${field} at ${formatOffset(offset)}` : words;
  return (
    <span className="table-clip mono" title={title}>
      {words}
    </span>
  );
}
