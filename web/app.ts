import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { HTTPException } from 'hono/http-exception';
import { IcbError } from '../src/domain/errors.ts';
import type { WebDeps, WebEnv } from './deps.ts';
import { pageViewer, writesByRole } from './middleware/authenticate.ts';
import { observeRequests } from './middleware/observe-request.ts';
import { problemJson, problemOf } from './middleware/problem-details.ts';
import { sameOriginWrites } from './middleware/same-origin.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { problemPage } from './pages/notice-page.ts';
import { activityPageRoutes } from './routes/activity-page.ts';
import { apiRoutes } from './routes/api.ts';
import { assetRoutes } from './routes/assets.ts';
import { dashboardRoutes } from './routes/dashboard.ts';
import { decideLinesRoutes } from './routes/decide-lines.ts';
import { docsRoutes } from './routes/docs.ts';
import { embedRoutes } from './routes/embed.ts';
import { healthRoutes } from './routes/health.ts';
import { itemRoutes } from './routes/item.ts';
import { itemsRoutes } from './routes/items.ts';
import { leakagePageRoutes } from './routes/leakage-page.ts';
import { liveChartRoutes } from './routes/live-charts.ts';
import { mappingsPageRoutes } from './routes/mappings-page.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { modulePagesRoutes } from './routes/module-pages.ts';
import { planPageRoutes } from './routes/plan-page.ts';
import { postItemsRoutes } from './routes/post-items.ts';
import { psaPageRoutes } from './routes/psa-page.ts';
import { settingsPageRoutes } from './routes/settings-page.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { stylesheetRoutes } from './routes/stylesheet.ts';
import { tabEditorRoutes } from './routes/tab-editor.ts';
import { usagePageRoutes } from './routes/usage-page.ts';
import { widgetBuilderRoutes } from './routes/widget-builder.ts';
import { widgetListRoutes } from './routes/widget-list.ts';
import { createWidgetPictures } from './widgets/widget-pictures.ts';
import { createWidgetReader } from './widgets/widget-reader.ts';

/** A whole book of a large MSP fits; anything above is a mistake. */
const MOST_BYTES = 20 * 1024 * 1024;

/** The web part: dashboard, API and Slack's door. Opens nothing and listens nowhere by itself. */
export function createWeb(deps: WebDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const pictures = createWidgetPictures(deps.picture, deps.settings.locale);
  const widgets = createWidgetReader(deps.core, deps.settings.locale);
  const api = apiRoutes();

  app.onError(answerProblem);
  app.notFound((c) => answerProblem(new IcbError('not-found', 'There is nothing at this address.'), c));

  app.use(observeRequests(deps.observe));
  app.use(async (c, next) => {
    c.set('deps', deps);
    c.set('widgets', widgets);
    c.set('pictures', pictures);
    await next();
  });
  const { slackEvents } = deps;
  // Before anything that reads bodies or asks where a request comes from: Slack's signature answers for it.
  if (slackEvents) app.post('/slack/events', (c) => slackEvents(c.req.raw));

  // With headers of its own: everything below may not be framed.
  app.route('/', embedRoutes(deps, widgets));

  app.use(securityHeaders({ https: deps.settings.baseUrl.startsWith('https:') }));
  app.use(compress());
  app.use(bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }));
  app.use(sameOriginWrites());

  app.route('/', healthRoutes());
  app.route('/', metricsRoutes());
  app.route('/', stylesheetRoutes());
  app.route('/', assetRoutes());
  app.route('/', signInRoutes());
  app.route('/', docsRoutes(api));
  app.route('/', api);

  app.get('/', (c) => c.redirect('/dashboard'));
  app.use('/dashboard/*', pageViewer(), writesByRole());
  app.route('/', dashboardRoutes());
  app.route('/', liveChartRoutes());
  app.route('/', widgetListRoutes());
  app.route('/', widgetBuilderRoutes());
  app.route('/', tabEditorRoutes());
  app.route('/', itemsRoutes());
  app.route('/', postItemsRoutes());
  app.route('/', itemRoutes());
  app.route('/', mappingsPageRoutes());
  app.route('/', planPageRoutes());
  app.route('/', decideLinesRoutes());
  app.route('/', psaPageRoutes());
  app.route('/', usagePageRoutes());
  app.route('/', modulePagesRoutes());
  app.route('/', leakagePageRoutes());
  app.route('/', activityPageRoutes());
  app.route('/', settingsPageRoutes());
  return app;
}

function tooLarge(): never {
  throw new HTTPException(413);
}

const FOR_PROGRAMS = /^\/(api|slack|healthz|readyz|metrics|openapi\.json)\b/;

/** Problem details for programs, a page for people. */
function answerProblem(error: unknown, c: Context<WebEnv>): Response | Promise<Response> {
  const problem = problemOf(error, c);
  if (FOR_PROGRAMS.test(c.req.path)) return problemJson(problem);
  const viewer = c.get('viewer');
  return c.html(problemPage(problem, viewer ? { viewer } : {}), problem.status);
}
