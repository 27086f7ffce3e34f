/** What has no descriptor of its own and is met all over a heap: maps and channels. Looked up once for a dump. */
import { channelLayout, type ChannelLayout } from './channels';
import { hasSwissMaps } from './maps';
import type { GoVersion } from './version';

export interface RuntimeLayout {
  pointerBytes: 4 | 8;
  /** Maps made of tables and groups. */
  swissMaps: boolean;
  channel: ChannelLayout;
}

export function runtimeLayout(version: GoVersion, pointerBytes: 4 | 8): RuntimeLayout {
  return { pointerBytes, swissMaps: hasSwissMaps(version), channel: channelLayout(version, pointerBytes) };
}
