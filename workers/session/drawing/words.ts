/** What the cards of a drawing say. */
import { HOLDER_LOOKS } from '../../api/holders';
import { formatBytes, formatCount } from '../../lib/format';
import { shortGoName } from '../../lib/go-names';
import { ROOT, shallowSize } from '../../graph/heap-graph';
import { functionAt } from '../dump/function-names';
import { objectAddress } from '../dump/address';
import { isGiven } from '../dump/given-names';
import type { AnalysedDump } from '../dump/opened-dump';
import { rootLabel } from '../rows/root-rows';
import { typeLabel, typeText } from '../dump/type-labels';
import type { SketchNode } from './sketch';

export interface Words {
  title: string;
  detail: string;
}

export function wordsOf(dump: AnalysedDump, node: SketchNode): Words {
  if (node.object !== null) return objectWords(dump, node.object);
  if (node.root !== null) return rootWords(dump, node.root, node.roots);
  if (node.kind === 'class' && node.label !== null) return classWords(dump, node, node.label);
  return moreWords(node);
}

/** The type where it is known or was named, else the address: so no two cards that differ look alike. */
function objectWords({ graph, labels, dominators }: AnalysedDump, objectId: number): Words {
  const label = typeLabel(labels, objectId);
  const name = label.type ?? (isGiven(label) ? label.hint : null);
  const address = objectAddress(graph, objectId);
  const size = shallowSize(graph, objectId);
  const retained = dominators.retainedSize[objectId];
  const own = formatBytes(size);
  const facts = [name === null ? `${own}, ${pointers(graph.shapes.pointerCount[graph.shapeId[objectId]])}` : own];
  if (retained > size) facts.push(`retains ${formatBytes(retained)}`);
  return { title: name === null ? address : shortGoName(name), detail: facts.join(' · ') };
}

function rootWords(dump: AnalysedDump, root: number, references: number): Words {
  const { graph, functions } = dump;
  const label = rootLabel(dump, root);
  const several = references > 1 ? `${formatCount(references)} references` : null;
  const weak = label.weak ? 'stack words that no list names' : null;
  const detail = (...facts: (string | null)[]) => facts.filter((fact) => fact !== null).join(' · ');
  switch (graph.roots.kind[root]) {
    case ROOT.stack:
      return {
        title: several ? (label.frame ?? label.name) : label.name,
        detail: detail(several ? 'stack' : `goroutine ${label.goroutine}`, weak, several),
      };
    case ROOT.goroutine:
      return {
        title: several ? label.name.replace(/ \d+/, 's') : label.name,
        detail: detail(HOLDER_LOOKS[label.holder].root, several),
      };
    case ROOT.finalizer: {
      const finalizer = graph.records.finalizers[graph.roots.owner[root]];
      return { title: 'finalizer', detail: detail(functionAt(functions, finalizer.entryPc), several) };
    }
    default:
      return { title: label.name, detail: detail(HOLDER_LOOKS[label.holder].root, several) };
  }
}

function classWords({ labels }: AnalysedDump, { objects, bytes }: SketchNode, label: number): Words {
  const each = bytes / objects;
  const sizes = Number.isInteger(each)
    ? `${formatCount(objects)} × ${formatBytes(each)}`
    : `${formatCount(objects)} objects`;
  return { title: shortGoName(typeText(labels.label(label))), detail: `${sizes} · ${formatBytes(bytes)}` };
}

function moreWords({ place, objects, bytes, roots }: SketchNode): Words {
  const facts: string[] = [];
  if (objects > 0) facts.push(`${formatCount(objects)} ${objects === 1 ? 'object' : 'objects'}, ${formatBytes(bytes)}`);
  if (roots > 0) facts.push(`${formatCount(roots)} from roots`);
  const where = { core: 'members', path: 'on the way', in: 'that hold it', out: 'more' }[place];
  return { title: `+${formatCount(objects + roots)} ${where}`, detail: facts.join(' · ') };
}

function pointers(count: number): string {
  return count === 0 ? 'no pointers' : `${formatCount(count)} ${count === 1 ? 'pointer' : 'pointers'}`;
}
