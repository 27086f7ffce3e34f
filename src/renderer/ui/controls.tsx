/** Buttons, segments and what stands where a thing is empty, on its way or has failed. */
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { toClipboard } from './copy';

/** A button with a word on it. */
export function Button({ className = '', ...attributes }: ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button type="button" className={`button ${className}`} {...attributes} />;
}

/** A button that is only a picture: `label` is its name and its hover. */
export function IconButton({ label, ...attributes }: { label: string } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button type="button" className="icon-button" aria-label={label} title={label} {...attributes} />;
}

interface SegmentsProps<Choice extends string> {
  label: string;
  choices: readonly { key: Choice; words: ReactNode }[];
  current: Choice;
  onChoose: (choice: Choice) => void;
  /** Another look than that of one button. */
  className?: string;
}

/** A row of tabs drawn as one button; arrow keys walk it. The panel it switches needs no more than to follow it. */
export function Segments<Choice extends string>({
  label,
  choices,
  current,
  onChoose,
  className = 'segments',
}: SegmentsProps<Choice>) {
  const walk = (event: React.KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    // Alt with an arrow is back and forward
    if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const at = choices.findIndex(({ key }) => key === current);
    const next = (at + step + choices.length) % choices.length;
    onChoose(choices[next].key);
    const tabs = event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]');
    tabs[next].focus();
  };
  return (
    <div className={className} role="tablist" aria-label={label} onKeyDown={walk}>
      {choices.map(({ key, words }) => (
        <button
          key={key}
          type="button"
          role="tab"
          aria-selected={key === current}
          tabIndex={key === current ? 0 : -1}
          onClick={() => {
            onChoose(key);
          }}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => {
      setCopied(false);
    }, 1200);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  const copy = (): void => {
    void toClipboard(text).then(setCopied);
  };
  return (
    <IconButton label={copied ? 'Copied' : label} onClick={copy}>
      {copied ? <Check size={14} /> : <Copy size={14} />}
    </IconButton>
  );
}

/** A sentence in the place of what is not there, with what to do about it. */
export function Sentence({ children, tone = 'plain' }: { children: ReactNode; tone?: 'plain' | 'bad' }) {
  return (
    <div className={`sentence sentence-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

/** What failed, in the engine's words, with the way to try again. */
export function Failed({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <Sentence tone="bad">
      <span>{error.message}</span> <Button onClick={retry}>Try again</Button>
    </Sentence>
  );
}

/** Stands in while an answer is on its way. */
export function Waiting({ what }: { what: string }) {
  return <Sentence>Counting {what}…</Sentence>;
}
