import type { CallLog } from './call-log.ts';
import type { Deliveries } from './deliveries.ts';
import type { EmulatedSlack } from './emulated-slack.ts';
import type { Faults } from './faults.ts';
import type { Ids } from './ids.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Settings } from './settings.ts';
import type { SocketMode } from './socket-mode.ts';
import type { SwitchedFaults } from './switched-faults.ts';
import type { Triggers } from './triggers.ts';
import type { Workspace } from './workspace.ts';

/** Everything the simulated Slack is made of; its parts reach each other through this. */
export interface World {
  readonly settings: Settings;
  readonly workspace: Workspace;
  readonly emulated: EmulatedSlack;
  readonly ids: Ids;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly socket: SocketMode;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
  readonly switched: SwitchedFaults;
  readonly log: CallLog;
}
