import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { SubmitEvent } from 'react';
import type { IdentityRow } from '../../../workers/api';
import { showNewNames, useDump, useSummary } from '../state/dump';
import { addNames, allIdentities, identityIn, whyNot } from '../state/given-names';
import { holdFor } from '../state/idle';
import { closeNaming, useNamingDialog } from '../state/naming-dialog';
import { Button } from '../ui/controls';

/** Asks for the name of a type that the dump only tells apart. */
export function NamingDialog() {
  const text = useNamingDialog((state) => state.text);
  return (
    <Dialog.Root open={text !== null} onOpenChange={closeNaming}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="dialog naming" aria-describedby={undefined}>
          <Dialog.Title>Name this type</Dialog.Title>
          {text !== null && <Found text={text} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Found({ text }: { text: string }) {
  const session = useDump((state) => state.host?.session);
  const [rows, setRows] = useState<IdentityRow[] | Error | null>(null);
  useEffect(() => {
    if (session === undefined) return;
    void holdFor(allIdentities(session)).then(setRows, (error: unknown) => {
      setRows(error instanceof Error ? error : new Error(String(error)));
    });
  }, [session]);
  if (rows === null) return null;
  if (rows instanceof Error) return <p role="alert">{rows.message}</p>;
  const identity = identityIn(text, rows);
  return identity === null ? (
    <p>Nothing is left to name here: the names of this dump come from an executable.</p>
  ) : (
    <NameForm identity={identity} />
  );
}

function NameForm({ identity }: { identity: IdentityRow }) {
  const { identity: address, package: path, words, name } = identity;
  const summary = useSummary();
  const host = useDump((state) => state.host);
  const [typed, setTyped] = useState(name?.slice(path.length + 1) ?? '');
  const [refused, setRefused] = useState<string | null>(null);
  const give = async (text: string): Promise<void> => {
    if (host === null) return;
    try {
      await holdFor(addNames(host.session, summary, { [address]: text }));
      closeNaming();
      await holdFor(showNewNames());
    } catch (error) {
      setRefused(whyNot(error));
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void give(typed);
  };
  return (
    <form onSubmit={submit}>
      <p className="secondary">
        The dump knows it as <span className="mono">{words}</span>: its descriptor lies at{' '}
        <span className="mono">{address}</span>. What it is called is in the executable, or in your head. Your name is
        shown everywhere, as named by hand, and kept for this dump.
      </p>
      <label className="naming-field">
        <span className="mono">{path}.</span>
        <input
          className="mono"
          aria-label={`Name in package ${path}`}
          value={typed}
          autoFocus
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value);
            setRefused(null);
          }}
        />
      </label>
      {refused !== null && (
        <p className="naming-refused" role="alert">
          {refused}
        </p>
      )}
      <div className="naming-actions">
        {name !== null && <Button onClick={() => void give('')}>Take the name away</Button>}
        <span className="naming-gap" />
        <Button onClick={closeNaming}>Cancel</Button>
        <Button type="submit" className="button-main" disabled={typed.trim() === ''}>
          Name it
        </Button>
      </div>
    </form>
  );
}
