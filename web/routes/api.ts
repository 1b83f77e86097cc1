import type { OpenAPIHono } from '@hono/zod-openapi';
import type { WebEnv } from '../deps.ts';
import { apiViewer, writesByRole } from '../middleware/authenticate.ts';
import { activityRoutes } from './activity.ts';
import { addedModuleRoutes } from './added-modules.ts';
import { apiRouter } from './api-router.ts';
import { auditRoutes } from './audit.ts';
import { backupRoutes } from './backup.ts';
import { billingItemRoutes } from './billing-items.ts';
import { connectionRoutes } from './connections.ts';
import { contractRoutes } from './contracts.ts';
import { embedLinkRoutes } from './embed-links.ts';
import { importRoutes } from './import-book.ts';
import { leakageRoutes } from './leakage.ts';
import { moduleOrganizationRoutes } from './module-organizations.ts';
import { moduleRoutes } from './modules.ts';
import { officeSettingsRoutes } from './office-settings.ts';
import { organizationMappingRoutes } from './organization-mappings.ts';
import { organizationRoutes } from './organizations.ts';
import { planRoutes } from './plan.ts';
import { postRequestRoutes } from './post-requests.ts';
import { psaRoutes } from './psa.ts';
import { retentionRoutes } from './retention.ts';
import { serviceMappingRoutes } from './service-mappings.ts';
import { settingsRoutes } from './settings.ts';
import { storedWidgetRoutes } from './stored-widgets.ts';
import { syncRoutes } from './syncs.ts';
import { tabRoutes } from './tabs.ts';
import { usageRoutes } from './usage.ts';
import { widgetFileRoutes } from './widget-files.ts';
import { widgetRoutes } from './widgets.ts';

const RESOURCES = [
  moduleRoutes,
  addedModuleRoutes,
  organizationRoutes,
  moduleOrganizationRoutes,
  organizationMappingRoutes,
  connectionRoutes,
  contractRoutes,
  serviceMappingRoutes,
  importRoutes,
  usageRoutes,
  planRoutes,
  leakageRoutes,
  syncRoutes,
  psaRoutes,
  activityRoutes,
  billingItemRoutes,
  // Before the widgets themselves: `x.svg` would pass for a widget id.
  widgetFileRoutes,
  widgetRoutes,
  storedWidgetRoutes,
  tabRoutes,
  embedLinkRoutes,
  settingsRoutes,
  officeSettingsRoutes,
  postRequestRoutes,
  auditRoutes,
  backupRoutes,
  retentionRoutes,
] as const;

/** Everything under /api, behind one door. */
export function apiRoutes(): OpenAPIHono<WebEnv> {
  const api = apiRouter();
  api.use('/api/*', apiViewer(), writesByRole());
  for (const resource of RESOURCES) api.route('/api', resource());
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'ICB_API_TOKEN',
  });
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'icb',
    description: 'Session of a person signed in from Slack; `__Host-icb` over https',
  });
  return api;
}
