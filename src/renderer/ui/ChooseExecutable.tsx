import { chooseExecutable } from '../state/given-files';
import { Button } from './controls';
import { pickFile } from './pick-file';

/** Asks for the executable with whatever dialog there is. */
export function askForExecutable(): void {
  void chooseExecutable(pickFile);
}

/** The button that asks for the executable which wrote the dump. */
export function ChooseExecutable() {
  return <Button onClick={askForExecutable}>Choose an executable…</Button>;
}
