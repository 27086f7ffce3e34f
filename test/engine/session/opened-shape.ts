/** A session with a heap open that a test has drawn. */
import { buildDump } from '../../../fixtures/builder/build';
import { platform } from '../../../fixtures/builder/platform';
import type { Shape } from '../../../fixtures/builder/shape';
import type { AnalysisSession } from '../../../workers/api';
import { createSession } from '../../../workers/session/create-session';
import { TestHost } from './test-host';

export async function openedShape(shape: Shape, version = 'go1.27.4'): Promise<AnalysisSession> {
  const host = new TestHost();
  host.files.set('built.heap', buildDump(shape, platform(version)).bytes);
  const session = createSession(host);
  await session.open({ file: 'built.heap' });
  return session;
}
