import { setFolded, useSettings } from '../../state/settings';
import { formatBytes, formatCount } from '../format';
import type { RowSource } from './row-source';

interface TableFootProps {
  what: string;
  source: Pick<RowSource<unknown>, 'total' | 'whole' | 'bytes'>;
  /** Titles of the columns that there is no room for. */
  hidden: readonly string[];
}

/** Under a list: how many of its rows the filters leave and what those weigh, and which columns are left out. */
export function TableFoot({ what, source: { total, whole, bytes }, hidden }: TableFootProps) {
  const folded = useSettings((settings) => settings.folded);
  return (
    <div className="table-foot">
      <span>
        {total === null ? 'counting…' : formatCount(total)} of {whole === null ? '…' : formatCount(whole)} {what}
        {bytes !== null && ` · ${formatBytes(bytes)}`}
      </span>
      {hidden.length > 0 && (
        <span className="table-hidden">
          No room for {hidden.join(', ')}
          {folded ? ': make the window wider.' : '.'}
          {!folded && (
            <button
              type="button"
              className="status-cancel"
              onClick={() => {
                setFolded(true);
              }}
            >
              Make room
            </button>
          )}
        </span>
      )}
    </div>
  );
}
