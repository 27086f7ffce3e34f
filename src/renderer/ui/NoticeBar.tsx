import { X } from 'lucide-react';
import { dismiss, useNotice } from '../state/notice';
import { IconButton } from './controls';

/** The last notice, over the foot of the window. */
export function NoticeBar() {
  const notice = useNotice((state) => state.notice);
  return (
    <div className="notice-place" aria-live="polite">
      {notice !== null && (
        <div className={`notice notice-${notice.tone}`} role={notice.tone === 'bad' ? 'alert' : 'status'}>
          <p>
            <strong>{notice.text}</strong> {notice.detail}
          </p>
          {notice.tone !== 'busy' && (
            <IconButton
              label="Dismiss"
              onClick={() => {
                dismiss(notice);
              }}
            >
              <X size={14} />
            </IconButton>
          )}
        </div>
      )}
    </div>
  );
}
