import type { RetentionNode, RetentionTree } from '../../../../workers/api';
import { adjust, go } from '../../state/navigation';
import { places, select } from '../../state/place';
import type { PlaceOf } from '../../state/place';
import { setFolded } from '../../state/settings';
import { copyText } from '../../ui/copy';
import { formatBytes, formatShare } from '../../ui/format';
import { nodeName } from '../../../../workers/report';
import { MenuHead, MenuItem, MenuLine } from '../../ui/ObjectMenu';
import { exactly } from '../../state/expressions';

interface NodeMenuProps {
  place: PlaceOf<'memory'>;
  tree: RetentionTree;
  node: RetentionNode;
}

/** What can be done with a node, in the flame graph and in the table. */
export function NodeMenu({ place, tree, node }: NodeMenuProps) {
  return (
    <>
      <MenuHead>{nodeName(node)}</MenuHead>
      <MenuItem
        disabled={node.id === place.under}
        onChoose={() => {
          go({ ...select(place, { kind: 'node', by: place.by, id: node.id }), under: node.id, turned: [] });
        }}
      >
        Zoom to it
      </MenuItem>
      {node.kind === 'object' && <ItsObjects place={place} node={node} />}
      <MenuLine />
      <Narrow place={place} tree={tree} node={node} />
      <MenuLine />
      <MenuItem onChoose={() => void copyText(nodeName(node), 'The name')}>Copy name</MenuItem>
      <MenuItem onChoose={() => void copyText(chainText(tree, node), 'The chain')}>Copy chain from its root</MenuItem>
    </>
  );
}

/** Own objects are those of the tree as it stands: upside down, or narrowed so that chains change, nodes are others. */
function ItsObjects({ place, node }: Pick<NodeMenuProps, 'place' | 'node'>) {
  const stands = place.of === null && place.hide.length === 0 && place.group === 'type';
  const { by, without } = place;
  return (
    <>
      {stands && (
        <>
          <MenuItem
            onChoose={() => {
              go(places.objectsOfNode({ by, id: node.id, without }));
            }}
          >
            Its objects
          </MenuItem>
          <MenuItem
            onChoose={() => {
              setFolded(false);
              adjust({ ...select(place, { kind: 'node', by, id: node.id }), why: 'path' });
            }}
          >
            Why is one of them alive?
          </MenuItem>
        </>
      )}
      {stands && by === 'path' && without.length === 0 && (
        <MenuItem
          onChoose={() => {
            go(places.memory({ node: node.id }));
          }}
        >
          What holds these objects
        </MenuItem>
      )}
      {stands && by === 'path' && without.length === 0 && (
        <MenuItem
          onChoose={() => {
            go(places.free({ node: node.id }));
          }}
        >
          What would free these objects
        </MenuItem>
      )}
      <MenuItem
        onChoose={() => {
          go(places.memory({ matching: exactly(node.name) }));
        }}
      >
        What holds this type
      </MenuItem>
    </>
  );
}

function Narrow({ place, tree, node }: NodeMenuProps) {
  const name = exactly(node.name);
  const field = fieldOf(place, tree, node);
  return (
    <>
      <MenuItem
        onChoose={() => {
          go({ ...place, focus: [name], under: null });
        }}
      >
        Focus: only chains through such nodes
      </MenuItem>
      <MenuItem
        onChoose={() => {
          go({ ...place, ignore: [...place.ignore, name], under: null });
        }}
      >
        Ignore chains through such nodes
      </MenuItem>
      <MenuItem
        onChoose={() => {
          go({ ...place, hide: [...place.hide, name], under: null });
        }}
      >
        Hide such nodes
      </MenuItem>
      {field !== null && (
        <MenuItem
          onChoose={() => {
            go({ ...place, without: [...place.without, field], under: null });
          }}
        >
          Leave the field {node.field} out
        </MenuItem>
      )}
    </>
  );
}

/** The field that leads to a node, with the type that has it; null where it cannot be left out. */
function fieldOf({ by, of, hide }: PlaceOf<'memory'>, { nodes }: RetentionTree, node: RetentionNode): string | null {
  if (by !== 'path' || of !== null || hide.length > 0 || node.field === null) return null;
  const above = nodes.find(({ id }) => id === node.parent);
  return above?.kind === 'object' ? `${above.name} ${node.field}` : null;
}

/** From the root down, a line each, indented, with what hangs on it. */
function chainText({ above, nodes, whole }: RetentionTree, node: RetentionNode): string {
  const byId = new Map(nodes.map((known) => [known.id, known]));
  const shown: Pick<RetentionNode, 'name' | 'field' | 'bytes'>[] = [];
  for (let at: RetentionNode | undefined = node; at; at = at.parent === null ? undefined : byId.get(at.parent))
    shown.unshift(at);
  return [...above, ...shown]
    .map(({ field, bytes, ...node }, depth) => {
      const words = field === null ? nodeName(node) : `${field} ${nodeName(node)}`;
      return `${'  '.repeat(depth)}${words}  ${formatBytes(bytes)}  ${formatShare(bytes, whole.bytes)}`;
    })
    .join('\n');
}
