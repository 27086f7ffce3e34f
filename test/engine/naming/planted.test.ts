/** Every object that the fixtures' programs planted is named with the type that the program itself printed. */
import { describe, expect, test } from 'vitest';
import { plantedDifferences } from '../../support/planted';
import { namingOf } from '../../support/programs';

/** `unnamed`: what these inputs cannot tell, a value that only pointers into its middle lead to. */
const PAIRS: { dump: string; executable: string; unnamed?: string[] }[] = [
  { dump: 'go1.27.4/poolcycle', executable: 'go1.27.4/poolcycle' },
  { dump: 'go1.27.4/poolcycle', executable: 'go1.27.4/poolcycle-stripped' },
  { dump: 'go1.27.4/closureleak', executable: 'go1.27.4/closureleak' },
  { dump: 'go1.27.4/finalizers', executable: 'go1.27.4/finalizers' },
  { dump: 'go1.27.4/ifaces', executable: 'go1.27.4/ifaces' },
  { dump: 'go1.27.4/layout', executable: 'go1.27.4/layout', unnamed: ['elem.target', 'past'] },
  { dump: 'go1.27.4/deferleak', executable: 'go1.27.4/deferleak-stripped' },
  { dump: 'go1.27.4-386/poolcycle', executable: 'go1.27.4-386/poolcycle-stripped' },
  { dump: 'go1.19.8/poolcycle', executable: 'go1.19.8/poolcycle-stripped' },
];

describe('planted objects have their true types', () => {
  for (const { dump, executable, unnamed = [] } of PAIRS) {
    test(`${dump} by ${executable}`, async () => {
      const naming = await namingOf(dump, executable);
      const { planted, wrong } = plantedDifferences(naming, dump);
      expect(planted).toBeGreaterThan(0);
      expect(wrong.filter(({ named }) => named !== 'nothing')).toEqual([]);
      expect(wrong.map(({ object }) => object)).toEqual(unnamed);
    });
  }
});
