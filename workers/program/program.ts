/** An executable as far as Go's own tables describe it: functions, types, build information. DWARF, where there is any, is read by dwarf/. */
import type { Work } from '../lib/work';
import { readBuildInfo, type BuildInfo } from './build-info';
import type { Inflate } from './debug-sections';
import { NotAnExecutable } from './file-view';
import { findFunctionTable, FunctionTable } from './function-table';
import { readGoVersion, type GoVersion } from '../go/version';
import type { Architecture, ProgramImage } from './image';
import { loadImage } from './load-image';
import { findModuleData, type ModuleData } from './module-data';
import { PointerMasks } from './pointer-mask';
import { RuntimeTypes } from './runtime-types';

export interface Program {
  image: ProgramImage;
  buildInfo: BuildInfo | null;
  version: GoVersion;
  functions: FunctionTable;
  /** Null where no module data checks out (Go before 1.16, a damaged file): then there are functions and no types. */
  module: ModuleData | null;
  types: RuntimeTypes | null;
  masks: PointerMasks | null;
  /** True where the file has neither symbols nor DWARF. */
  stripped: boolean;
  /** True where it has DWARF. */
  debug: boolean;
}

export interface LoadOptions {
  inflate: Inflate;
  /** The dump's architecture, to choose from a fat file. */
  architecture?: Architecture | null;
  /** The dump's version: what the executable is read as when its own build information is gone. */
  go?: GoVersion;
}

/** Reads an executable; throws `NotAnExecutable` with the reason where it is none that Go wrote, or a damaged one. */
export function* loadProgram(bytes: Uint8Array, options: LoadOptions): Work<Program> {
  try {
    return yield* readProgram(bytes, options);
  } catch (error) {
    if (error instanceof RangeError) throw new NotAnExecutable(`a damaged executable: ${error.message}`);
    throw error;
  }
}

function* readProgram(bytes: Uint8Array, options: LoadOptions): Work<Program> {
  const image = yield* loadImage(bytes, orRangeError(options.inflate), options.architecture ?? null);
  const buildInfo = readBuildInfo(image);
  const version = buildInfo ? readGoVersion(buildInfo.goVersion) : (options.go ?? readGoVersion(null));
  const table = findFunctionTable(image);
  if (table === null)
    throw new NotAnExecutable(
      `this ${image.container} file has no Go function table: not a Go program, or a packed one`,
    );
  const module = findModuleData(image, table, version);
  const text =
    FunctionTable.headerTextStart(image, table) || (module?.text ?? image.section('.text', '__text')?.address ?? 0);
  const types = module && new RuntimeTypes(image, module, version);
  return {
    image,
    buildInfo,
    version,
    functions: new FunctionTable(image, table, text, module?.gofunc ?? null),
    module,
    types,
    masks: types && new PointerMasks(image, types),
    stripped: image.debug.size === 0 && image.symbol('runtime.main') === null,
    debug: image.debug.has('info'),
  };
}

/** What cannot be inflated is damaged like what cannot be read. */
function orRangeError(inflate: Inflate): Inflate {
  return (section, size) => {
    try {
      return inflate(section, size);
    } catch (error) {
      throw new RangeError(
        `a compressed section cannot be read: ${error instanceof Error ? error.message : 'damaged'}`,
      );
    }
  };
}
