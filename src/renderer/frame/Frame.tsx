import { useEffect, useRef } from 'react';
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels';
import { usePlace } from '../state/navigation';
import { setFolded, useSettings } from '../state/settings';
import { CurrentView } from '../views/CurrentView';
import { KeySheet } from './KeySheet';
import { NamingDialog } from './NamingDialog';
import { Palette } from './Palette';
import { Rail } from './Rail';
import { StatusBar } from './StatusBar';
import { Toolbar } from './Toolbar';
import { useFocusInView } from './use-focus-in-view';
import { useKeys } from './use-keys';
import { useTitle } from './use-title';
import { WhyPane } from './WhyPane';
import './frame.css';
import './dialogs.css';

/** The window with a dump open: toolbar, rail, the view, the pane that explains the selection, the status bar. */
export function Frame() {
  const main = useRef<HTMLElement>(null);
  useKeys(main);
  const place = usePlace();
  const { view } = place;
  useTitle(place);
  useFocusInView(main, place);
  const folded = useSettings((settings) => settings.folded);
  const pane = usePanelRef();
  useEffect(() => {
    if (folded) pane.current?.collapse();
    else pane.current?.expand();
  }, [folded, pane]);
  return (
    <div className="frame">
      <Toolbar />
      <div className="frame-middle">
        <Rail />
        <Group className="frame-panes" orientation="horizontal">
          <Panel id="view" minSize={420}>
            <main ref={main} className="view" key={view} tabIndex={-1}>
              <CurrentView />
            </main>
          </Panel>
          <Separator className="frame-separator" />
          <Panel
            id="why"
            panelRef={pane}
            defaultSize={300}
            minSize={220}
            maxSize={720}
            collapsible
            collapsedSize={32}
            groupResizeBehavior="preserve-pixel-size"
            onResize={({ inPixels }) => {
              setFolded(inPixels <= 32);
            }}
          >
            <WhyPane />
          </Panel>
        </Group>
      </div>
      <StatusBar />
      <Palette />
      <KeySheet />
      <NamingDialog />
    </div>
  );
}
