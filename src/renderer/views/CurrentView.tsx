import { usePlace } from '../state/navigation';
import { ClosuresView } from './closures/ClosuresView';
import { CycleView } from './cycle/CycleView';
import { CycleShapesView } from './cycles/CycleShapesView';
import { CyclesView } from './cycles/CyclesView';
import { DominatorsView } from './dominators/DominatorsView';
import { FindingsView } from './findings/FindingsView';
import { GoroutinesView } from './goroutines/GoroutinesView';
import { GoroutineView } from './goroutines/GoroutineView';
import { ObjectView } from './object/ObjectView';
import { ObjectsView } from './objects/ObjectsView';
import { OverviewView } from './overview/OverviewView';
import { PoolsView } from './pools/PoolsView';
import { PoolView } from './pools/PoolView';
import { RootsView } from './roots/RootsView';
import { TypesView } from './types/TypesView';

/** The view of the current place. */
export function CurrentView() {
  const place = usePlace();
  switch (place.view) {
    case 'overview':
      return <OverviewView />;
    case 'findings':
      return <FindingsView place={place} />;
    case 'shapes':
      return <CycleShapesView place={place} />;
    case 'cycles':
      return <CyclesView place={place} />;
    case 'cycle':
      return <CycleView key={place.id} place={place} />;
    case 'types':
      return <TypesView place={place} />;
    case 'objects':
      return <ObjectsView place={place} />;
    case 'object':
      return <ObjectView key={place.address} place={place} />;
    case 'dominators':
      return <DominatorsView place={place} />;
    case 'goroutines':
      return <GoroutinesView place={place} />;
    case 'goroutine':
      return <GoroutineView key={place.id} place={place} />;
    case 'roots':
      return <RootsView place={place} />;
    case 'closures':
      return <ClosuresView place={place} />;
    case 'pools':
      return <PoolsView place={place} />;
    case 'pool':
      return <PoolView key={place.address} place={place} />;
  }
}
