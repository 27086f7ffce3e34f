/**
 * A retention tree as a profile for `go tool pprof` (github.com/google/pprof, proto/profile.proto): a sample for each node that has objects of
 * its own, its stack the chain from the root. Equal trees give equal bytes: no time, no host, no path.
 */
import { gzipSync } from 'node:zlib';
import { Function as Named, Label, Line, Location, Profile, Sample, StringTable, ValueType } from 'pprof-format';
import { HOLDERS, holderWords, type RetentionNode } from '../../../workers/api';

/** What no recorded root reaches is left out, so that the total is what is reachable. */
export function pprofOf(nodes: readonly RetentionNode[], comment: string): Uint8Array {
  return gzipSync(new ProfileOfTree().profile(nodes, comment).encode());
}

class ProfileOfTree {
  private readonly strings = new StringTable();
  private readonly functions = new Map<string, Named>();
  private readonly locations: Location[] = [];

  profile(nodes: readonly RetentionNode[], comment: string): Profile {
    const bytes = this.valueType('bytes', 'bytes');
    const stacks = new Map<string, readonly number[]>();
    const sample: Sample[] = [];
    for (const node of nodes) {
      const above = node.parent === null ? [] : (stacks.get(node.parent) ?? []);
      const stack = [this.locationOf(node), ...above];
      stacks.set(node.id, stack);
      if (node.objects > 0 && isHeld(node)) sample.push(this.sample(node, stack));
    }
    return new Profile({
      sampleType: [this.valueType('objects', 'count'), bytes],
      sample,
      location: this.locations,
      function: [...this.functions.values()],
      stringTable: this.strings,
      comment: [this.strings.dedup(comment)],
      defaultSampleType: this.strings.dedup('bytes'),
      periodType: bytes,
      period: 1,
    });
  }

  private sample(node: RetentionNode, stack: readonly number[]): Sample {
    const label = [this.label('held by', holderWords(node.holder)), this.label('name', node.named ? 'known' : 'shape')];
    return new Sample({ locationId: [...stack], value: [node.objects, node.ownBytes], label });
  }

  /**
   * Nodes of one type and field are one function, with the field in the place of the file: pprof adds functions of one name together, and keeps
   * them apart with -filefunctions; -focus finds both.
   */
  private locationOf({ name, field }: RetentionNode): number {
    const key = `${name}\n${field ?? ''}`;
    const known = this.functions.get(key);
    if (known) return Number(known.id);
    const id = this.functions.size + 1;
    const text = this.strings.dedup(name);
    const filename = this.strings.dedup(field ?? '');
    this.functions.set(key, new Named({ id, name: text, systemName: text, filename }));
    this.locations.push(new Location({ id, line: [new Line({ functionId: id })] }));
    return id;
  }

  private label(key: string, text: string): Label {
    return new Label({ key: this.strings.dedup(key), str: this.strings.dedup(text) });
  }

  private valueType(type: string, unit: string): ValueType {
    return new ValueType({ type: this.strings.dedup(type), unit: this.strings.dedup(unit) });
  }
}

function isHeld({ holder }: RetentionNode): boolean {
  return HOLDERS.indexOf(holder) < HOLDERS.indexOf('cleanup');
}
