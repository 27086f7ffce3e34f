import type { Address } from '../../../../workers/api';
import type { WhyTab } from '../../state/place';

export interface AlivePaneProps {
  /** The object to explain: the selected one, or the member that retains most of a selected cycle or type. */
  address: Address;
  tab: WhyTab;
  onTab: (tab: WhyTab) => void;
  /** Which root path, counted from 0. */
  path: number;
  onPath: (path: number) => void;
}

/** What keeps an object alive: under the pane's head, which the frame draws. */
export function AlivePane({ address }: AlivePaneProps) {
  return <p className="mono">{address}</p>;
}
