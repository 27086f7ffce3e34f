/** Whose a waiting goroutine is: of its program, or of a library that keeps some for each connection. */
import { isStandard } from './standard-library';

/** Modules that wait on behalf of a program, as net/http and database/sql do in the standard library. */
const WAITS_FOR_OTHERS = /^(golang\.org\/x\/net\/|google\.golang\.org\/grpc[./])/;

/**
 * The innermost function that is neither of the standard library nor of a module that waits for others; null where all are. `functions`:
 * innermost first. Who called or started it says nothing: a handler's outermost function is the server's.
 */
export function ownFunction(functions: readonly string[]): string | null {
  return functions.find((name) => !isStandard(name) && !WAITS_FOR_OTHERS.test(name)) ?? null;
}

/** What of a stack says where its goroutine waits: from the innermost function up to its own; all of it where none is. */
export function upToOwn(functions: readonly string[]): readonly string[] {
  const own = ownFunction(functions);
  return own === null ? functions : functions.slice(0, functions.indexOf(own) + 1);
}
