/** What has no descriptor of its own and is met all over a heap: maps, channels and pools. Looked up once for a dump. */
import { channelLayout, type ChannelLayout } from './channels';
import { mapLayout, type MapLayout } from './maps';
import { poolLayout, type PoolLayout } from './pools';
import type { Machine } from './structure';
import type { GoVersion } from './version';

export interface RuntimeLayout {
  pointerBytes: 4 | 8;
  maps: MapLayout;
  channel: ChannelLayout;
  pools: PoolLayout;
}

export function runtimeLayout(version: GoVersion, machine: Machine): RuntimeLayout {
  const { pointerBytes } = machine;
  return {
    pointerBytes,
    maps: mapLayout(version, machine),
    channel: channelLayout(version, pointerBytes),
    pools: poolLayout(pointerBytes),
  };
}
