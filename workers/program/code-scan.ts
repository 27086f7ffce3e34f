/**
 * What the machine code tells about types, without a disassembler: which types are ever allocated, which struct each closure's function expects, and
 * what package variables hold. A call of an allocating runtime function is preceded by an instruction that loads the address of the type; after
 * `newobject` of a closure's struct, the next function address that is loaded is the closure's code. Only instructions that form addresses, read or
 * write variables, move registers and call are recognised.
 */
import { argumentRegisters } from '../go/calls';
import type { GoVersion } from '../go/version';
import type { Work } from '../lib/work';
import { scanArm64 } from './code-arm64';
import { CodeFollower, noHints, type CodeHints } from './code-follower';
import { scan386, scanAmd64 } from './code-x86';
import type { FunctionTable } from './function-table';
import type { ProgramImage } from './image';
import type { ModuleData } from './module-data';
import type { RuntimeTypes } from './runtime-types';

/** What is scanned. */
export interface ScannedProgram {
  readonly image: ProgramImage;
  readonly module: ModuleData;
  readonly functions: FunctionTable;
  readonly types: RuntimeTypes;
  readonly version: GoVersion;
}

/** Scans the text. Architectures other than amd64, 386 and arm64 give no hints. */
export function* scanCode({ image, module, functions, types, version }: ScannedProgram): Work<CodeHints> {
  if (!image.has(module.text, module.etext - module.text)) return noHints();
  const code = image.bytes(module.text, module.etext - module.text);
  const registers = argumentRegisters(version, image.architecture);
  const follower = new CodeFollower(module, functions, types, registers);
  if (image.architecture === 'amd64') yield* scanAmd64(code, module.text, follower);
  else if (image.architecture === '386') yield* scan386(code, module.text, follower);
  else if (image.architecture === 'arm64') yield* scanArm64(code, module.text, follower);
  return follower.hints;
}
