import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Host } from './connection/host';
import { Frame } from './frame/Frame';
import { failToConnect, start, useDump } from './state/dump';
import { hold } from './state/idle';
import { followHistory } from './state/navigation';
import { applySettings } from './state/settings';
import { NoticeBar } from './ui/NoticeBar';
import { useWindowDrop } from './start/use-window-drop';
import { FailedScreen } from './start/FailedScreen';
import { GoneScreen } from './start/GoneScreen';
import { OpeningScreen } from './start/OpeningScreen';
import { WelcomeScreen } from './start/WelcomeScreen';
import './styles/base.css';
import './ui/ui.css';
import './ui/labels.css';
import './ui/names.css';
import './ui/controls.css';

/** Puts the window into an element and connects it. Settles whatever happens: a connection that fails is a screen too. */
export function mount(element: Element, connect: () => Promise<Host>): void {
  const release = hold();
  applySettings();
  createRoot(element).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  void connect()
    .then((host) => {
      followHistory();
      return start(host);
    })
    .catch(failToConnect)
    .finally(release);
}

function App() {
  useWindowDrop();
  return (
    <>
      <Stage />
      <NoticeBar />
    </>
  );
}

function Stage() {
  const stage = useDump((state) => state.stage);
  switch (stage.name) {
    case 'connecting':
      return null;
    case 'welcome':
      return <WelcomeScreen />;
    case 'opening':
      return <OpeningScreen stage={stage} />;
    case 'failed':
      return <FailedScreen stage={stage} />;
    case 'gone':
      return <GoneScreen stage={stage} />;
    case 'open':
      return <Frame />;
  }
}
