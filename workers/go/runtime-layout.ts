/** What has no descriptor of its own and is met all over a heap: maps, channels and pools. Looked up once for a dump. */
import { CHANNEL_HEADER, channelLayout, type ChannelLayout } from './channels';
import { BUCKET_HEADER, mapLayout, SWISS_HEADER, type MapLayout } from './maps';
import { poolLayout, type PoolLayout } from './pools';
import type { Machine } from './structure';
import type { GoVersion } from './version';

export interface RuntimeLayout {
  pointerBytes: 4 | 8;
  maps: MapLayout;
  channel: ChannelLayout;
  pools: PoolLayout;
}

/** Types that say no more than that there is a map or a channel: not of what. */
export const BARE_HEADERS: ReadonlySet<string> = new Set([CHANNEL_HEADER, BUCKET_HEADER, SWISS_HEADER]);

export function runtimeLayout(version: GoVersion, machine: Machine): RuntimeLayout {
  const { pointerBytes } = machine;
  return {
    pointerBytes,
    maps: mapLayout(version, machine),
    channel: channelLayout(version, pointerBytes),
    pools: poolLayout(pointerBytes),
  };
}
