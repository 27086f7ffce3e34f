/** `session`: which permissions pages have. Electron grants whatever no handler refuses. */
import type { BrowserContext } from '@playwright/test';

type RequestHandler = (contents: unknown, permission: string, decide: (granted: boolean) => void) => void;
type CheckHandler = (contents: unknown, permission: string) => boolean;

/** Electron's name → the browser's. */
const PERMISSIONS: Record<string, string[]> = {
  media: ['camera', 'microphone'],
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  midi: ['midi'],
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
};

export class Session {
  #request: RequestHandler = (_contents, _permission, decide) => decide(true);
  #check: CheckHandler = () => true;

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }

  /** Gives the pages of an origin what both handlers grant, and refuses the rest. */
  async apply(context: BrowserContext, origin: string): Promise<void> {
    const granted = Object.keys(PERMISSIONS).filter((permission) => this.#grants(permission));
    await context.grantPermissions(
      granted.flatMap((permission) => PERMISSIONS[permission]),
      { origin },
    );
  }

  #grants(permission: string): boolean {
    const decisions: boolean[] = [];
    this.#request(null, permission, (granted) => decisions.push(granted));
    return decisions[0] && this.#check(null, permission);
  }
}
