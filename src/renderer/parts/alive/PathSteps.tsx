import { Ban } from 'lucide-react';
import type { PathStep, RootLabel, RootPath } from '../../../../workers/api';
import { adjust, go, usePlace } from '../../state/navigation';
import { places, selectObject } from '../../state/place';
import { IconButton } from '../../ui/controls';
import { copyText } from '../../ui/copy';
import { AddressLink, Bytes, Count, TypeText } from '../../ui/figures';
import { formatOffset, shortGoName } from '../../ui/format';
import { HolderMark } from '../../ui/HolderMark';
import { MenuHead, MenuItem, MenuLine, ObjectMenu } from '../../ui/ObjectMenu';
import { PlaceLink } from '../../ui/PlaceLink';
import { WithMenu } from '../../ui/WithMenu';
import { withObject, withReference, withRoot } from './avoiding';
import type { Avoiding } from './avoiding';

interface PathStepsProps {
  path: RootPath;
  avoid: Avoiding;
  onAvoid: (avoid: Avoiding) => void;
}

/** One way from a root down to the object: each line an object, under it the field that leads on. */
export function PathSteps({ path: { root, steps, omitted = 0 }, avoid, onAvoid }: PathStepsProps) {
  const gap = omitted > 0 ? steps.length / 2 : -1;
  return (
    <ol className="steps">
      <RootStep
        root={root}
        onAvoid={() => {
          onAvoid(withRoot(avoid, root));
        }}
      />
      {steps.map((step, index) => {
        const next: PathStep | undefined = index + 1 === gap ? undefined : steps[index + 1];
        return (
          <ObjectStep
            key={step.address}
            step={step}
            next={next}
            last={index === steps.length - 1}
            omitted={index + 1 === gap ? omitted : 0}
            onAvoid={() => {
              onAvoid(withObject(avoid, step.address));
            }}
            onAvoidNext={() => {
              if (next) onAvoid(withReference(avoid, step.address, next.address));
            }}
          />
        );
      })}
    </ol>
  );
}

function RootStep({ root, onAvoid }: { root: RootLabel; onAvoid: () => void }) {
  return (
    <WithMenu menu={<RootMenu root={root} onAvoid={onAvoid} />}>
      <li className="step">
        <span className="step-mark">
          <HolderMark holder={root.holder} />
        </span>
        <span className="step-name step-root mono" title={root.name}>
          {shortGoName(root.name)}
        </span>
        <AvoidButton label={`Paths without the root ${root.name}`} onClick={onAvoid} />
        <span className="step-under" title={kindWords(root)}>
          {root.goroutine !== null && (
            <>
              <PlaceLink to={places.goroutine(root.goroutine)}>goroutine {root.goroutine}</PlaceLink>
              {' · '}
            </>
          )}
          {kindWords(root)}
        </span>
      </li>
    </WithMenu>
  );
}

/** What can be done with the root of a path. */
function RootMenu({ root, onAvoid }: { root: RootLabel; onAvoid: () => void }) {
  const { goroutine } = root;
  return (
    <>
      <MenuHead>{root.name}</MenuHead>
      {goroutine !== null && (
        <MenuItem
          onChoose={() => {
            go(places.goroutine(goroutine));
          }}
        >
          Its goroutine
        </MenuItem>
      )}
      <MenuItem onChoose={onAvoid}>Paths without it</MenuItem>
      <MenuLine />
      <MenuItem onChoose={() => void copyText(root.name, 'The name')}>Copy name</MenuItem>
    </>
  );
}

const KIND_WORDS: Record<RootLabel['kind'], string> = {
  data: 'global, data',
  bss: 'global, bss',
  stack: 'stack',
  goroutine: 'goroutine’s record',
  finalizer: 'kept for a finalizer',
  other: 'other root',
};

function kindWords({ kind, weak }: RootLabel): string {
  return weak ? `${KIND_WORDS[kind]}, a word that no pointer list names` : KIND_WORDS[kind];
}

interface ObjectStepProps {
  step: PathStep;
  next: PathStep | undefined;
  last: boolean;
  /** Steps left out after this one. */
  omitted: number;
  onAvoid: () => void;
  onAvoidNext: () => void;
}

function ObjectStep({ step, next, last, omitted, onAvoid, onAvoidNext }: ObjectStepProps) {
  const place = usePlace();
  return (
    <WithMenu menu={<ObjectMenu object={step} />}>
      <li className={last ? 'step step-last' : 'step'} data-address={step.address}>
        <span className="step-mark step-dot" aria-hidden="true" />
        <span
          className="step-name"
          onClick={() => {
            adjust(selectObject(place, step.address));
          }}
        >
          {step.type === null ? <AddressLink address={step.address} /> : <TypeText label={step} />}
        </span>
        {!last && <AvoidButton label={`Paths without ${step.address}`} onClick={onAvoid} />}
        <span className="step-size mono">
          <Bytes value={step.retainedSize} />
        </span>
        <span className="step-under" title={step.hint === null ? step.shape : `${step.hint}\n${step.shape}`}>
          {step.hint === null ? step.shape : shortGoName(step.hint)}
        </span>
        {next && (
          <span className="step-field mono">
            {next.field ?? (next.offset === null ? '' : formatOffset(next.offset))}
            <AvoidButton label={`Paths without the reference to ${next.address}`} onClick={onAvoidNext} />
          </span>
        )}
        {omitted > 0 && (
          <span className="step-under">
            … <Count value={omitted} /> objects on the way …
          </span>
        )}
      </li>
    </WithMenu>
  );
}

function AvoidButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <span className="step-avoid">
      <IconButton label={label} onClick={onClick}>
        <Ban size={12} />
      </IconButton>
    </span>
  );
}
