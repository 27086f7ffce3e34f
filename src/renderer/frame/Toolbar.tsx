import { ArrowLeft, ArrowRight, ChevronDown, Search } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import type { DumpFacts } from '../../../workers/api';
import { baseName, chooseAndOpen, closeDump, openDump, useDump, useOpenDump } from '../state/dump';
import { useExportEntries } from '../state/exports';
import { saveNames, takeNamesFile } from '../state/given-files';
import { back, forward, go, useNavigation } from '../state/navigation';
import { places } from '../state/place';
import { Button, IconButton } from '../ui/controls';
import { copyLink } from '../ui/copy';
import { askForExecutable } from '../ui/ChooseExecutable';
import { download } from '../ui/download';
import { Chip } from '../ui/figures';
import { formatBytes, formatCount } from '../ui/format';
import { pickFile } from '../ui/pick-file';
import { ThemeButton } from '../ui/ThemeButton';
import { openPalette } from './frame-state';

/** The bar at the top: the way back, what is open, the field that finds anything, export, theme. */
export function Toolbar() {
  const { step, lastStep } = useNavigation();
  return (
    <header className="toolbar">
      <IconButton label="Back (Alt+←)" disabled={step === 0} onClick={back}>
        <ArrowLeft size={16} />
      </IconButton>
      <IconButton label="Forward (Alt+→)" disabled={step >= lastStep} onClick={forward}>
        <ArrowRight size={16} />
      </IconButton>
      <DumpName />
      <FindField />
      <div className="toolbar-end">
        <ExportMenu />
        <ThemeButton />
      </div>
    </header>
  );
}

function DumpName() {
  const { file, summary } = useOpenDump();
  const { dump } = summary;
  return (
    <div className="toolbar-dump">
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="dump-name" aria-label={`Dump ${baseName(file)}`}>
          <strong title={file}>{baseName(file)}</strong>
          <ChevronDown size={13} aria-hidden="true" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="start" collisionPadding={8}>
            <DumpMenuItems />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <span className="dump-facts">
        {dump.goVersion === '' ? 'Go version not recorded' : dump.goVersion} {dump.architecture} ·{' '}
        {formatBytes(dump.bytes)}
      </span>
      <DamageChip dump={dump} />
    </div>
  );
}

/** Says on every screen that a part of the dump is missing; leads to what. */
function DamageChip({ dump }: { dump: DumpFacts }) {
  if (dump.problem === null && dump.state === 'whole') return null;
  const where = dump.problem === null ? '' : ` at byte ${formatCount(dump.problem.offset)}`;
  return (
    <button
      type="button"
      className="chip-button"
      title={`This dump is ${dump.state}${where}: what stood before is shown`}
      onClick={() => {
        go(places.overview());
      }}
    >
      <Chip tone="bad">{dump.state}</Chip>
    </button>
  );
}

function DumpMenuItems() {
  const { host, files } = useDump();
  const { file } = useOpenDump();
  const others = files.filter((entry) => entry.file !== file);
  return (
    <>
      <DropdownMenu.Label className="menu-head">Open</DropdownMenu.Label>
      {host?.canChooseFiles && <Item onChoose={() => void chooseAndOpen()}>Open a file… (Ctrl+O)</Item>}
      {others.map((entry) => (
        <Item key={entry.file} onChoose={() => void openDump(entry.file)}>
          <span className="mono">{entry.name}</span>
          <span className="faint">{entry.bytes === null ? '' : formatBytes(entry.bytes)}</span>
        </Item>
      ))}
      <DropdownMenu.Separator className="menu-line" />
      <DropdownMenu.Label className="menu-head">Names</DropdownMenu.Label>
      <Item onChoose={askForExecutable}>Choose an executable…</Item>
      <Item onChoose={() => void takeNamesFile(pickFile)}>Take names from a file…</Item>
      <Item onChoose={() => void saveNames(download)}>Save names given by hand…</Item>
      <DropdownMenu.Separator className="menu-line" />
      <Item onChoose={closeDump}>Close this dump</Item>
    </>
  );
}

function Item({ children, onChoose }: { children: ReactNode; onChoose: () => void }) {
  return (
    <DropdownMenu.Item className="menu-item" onSelect={onChoose}>
      {children}
    </DropdownMenu.Item>
  );
}

/** Looks like a field and opens the palette, which is one. */
function FindField() {
  return (
    <button
      type="button"
      className="find"
      aria-keyshortcuts="Control+K"
      onClick={() => {
        openPalette('anything');
      }}
    >
      <Search size={14} aria-hidden="true" />
      <span>Search types, functions, 0x addresses, goroutines</span>
      <kbd aria-hidden="true">Ctrl K</kbd>
    </button>
  );
}

function ExportMenu() {
  const { entries } = useExportEntries();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button>Export</Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" collisionPadding={8}>
          {entries.map((entry) => (
            <Item key={entry.label} onChoose={() => void entry.run()}>
              {entry.label}
            </Item>
          ))}
          {entries.length > 0 && <DropdownMenu.Separator className="menu-line" />}
          <Item onChoose={() => void copyLink()}>Copy link to this place</Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
