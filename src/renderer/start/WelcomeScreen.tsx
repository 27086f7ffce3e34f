import { useEffect } from 'react';
import { FolderOpen } from 'lucide-react';
import { chooseAndOpen, useDump } from '../state/dump';
import { Button, CopyButton } from '../ui/controls';
import { DropZone } from './DropZone';
import { FileList } from './FileList';
import { StartPage } from './StartPage';

/** The lines of Go that write a dump. */
const WRITE_A_DUMP = `runtime.GC() // twice: the first only queues finalizers
runtime.GC()
f, err := os.Create("my.heap")
debug.WriteHeapDump(f.Fd()) // of runtime/debug
f.Close()`;

/** With no dump open: what can be opened, and how to come by a dump. */
export function WelcomeScreen() {
  const { host, files } = useDump();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'o') return;
      event.preventDefault();
      void chooseAndOpen();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, []);
  return (
    <StartPage>
      <h1>Open a heap dump</h1>
      <p className="start-lead">
        Heapknot reads what <code>runtime/debug.WriteHeapDump</code> writes, of Go 1.15 and later, from any platform.
        Nothing leaves this machine.
      </p>
      <div className="start-columns">
        <section aria-label="Dumps">
          <DropZone>
            {host?.canChooseFiles ? (
              <>
                <p>Drop a dump here</p>
                <Button className="button-main" onClick={() => void chooseAndOpen()}>
                  <FolderOpen size={15} aria-hidden="true" /> Open…
                </Button>
                <p className="faint">
                  or press <kbd>Ctrl O</kbd>
                </p>
              </>
            ) : (
              <p>
                In a browser, Heapknot opens only the files that its server was started with:{' '}
                <code>heapknot serve my.heap</code>
              </p>
            )}
          </DropZone>
          <FileList files={files} />
        </section>
        <section aria-label="How to write a dump">
          <h2>How to write a dump</h2>
          <div className="start-code">
            <pre>{WRITE_A_DUMP}</pre>
            <CopyButton text={WRITE_A_DUMP} label="Copy these lines" />
          </div>
          <ul className="start-notes">
            <li>The whole program stops while the dump is written.</li>
            <li>A dump holds all that the heap held, secrets too. Treat it as you would a core file.</li>
            <li>Keep the executable beside it: names of types and functions come from there.</li>
          </ul>
        </section>
      </div>
    </StartPage>
  );
}
