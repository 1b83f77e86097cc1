import { z } from 'zod';
import { approveAllBlocks, heldLineBlocks } from '../../bot/messages/hold-blocks.ts';
import type { PlanLine } from '../../src/domain/plan.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { listPlan } from '../../src/usecases/list-plan.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { previewSync } from '../../src/usecases/preview-sync.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { type BotWorld, CHANNEL, startBotWorld } from './bot-world.ts';
import { textsIn } from './person.ts';

export const CLI = { kind: 'cli', name: 'test' } as const;

/** A Slack where Daily Mail's 14 devices at 12.50 are gone in today's second count: 14 → 0 waits for a person. */
export class HeldWorld {
  readonly bot: BotWorld;

  private constructor(bot: BotWorld) {
    this.bot = bot;
  }

  static async start(): Promise<HeldWorld> {
    const world = new HeldWorld(await startBotWorld());
    const { core } = world.bot;
    await enableModule(core, { module: 'datto-rmm', by: CLI });
    await world.sync();
    await confirmMappings(core, {
      by: CLI,
      mappings: [{ moduleOrganizationId: 'datto-rmm:site-1', organizationId: '10' }],
    });
    await world.service('AllDevicesMetric', '1000');
    await world.sync();
    await world.count(0);
    return world;
  }

  async sync(): Promise<void> {
    await (await startSync(this.bot.core, { trigger: 'cli', by: CLI })).finished;
  }

  async count(quantity: number): Promise<void> {
    this.bot.source.counts = [
      { externalId: 'site-1', billingType: 'AllDevicesMetric', quantity },
      { externalId: 'site-1', billingType: 'Server', quantity: 2 },
    ];
    await this.sync();
  }

  /** 14 was usual before the count that is held, and the day after it there are 30. */
  async jump(): Promise<void> {
    this.bot.nextDay();
    const moduleOrganization = { externalId: 'site-1', name: 'Daily Mail' };
    const row = { date: '2026-11-09', moduleOrganization, billingType: 'AllDevicesMetric', quantity: 14 };
    await importUsage(this.bot.core, { by: CLI, usage: { module: 'datto-rmm', items: [row] } });
    await this.count(30);
  }

  async service(billingType: string, contractServiceId: string): Promise<void> {
    await mapBillingTypes(this.bot.core, {
      by: CLI,
      mappings: [
        { contractId: '100', module: 'datto-rmm', billingType, contractServiceId, from: 'period-start' },
      ],
    });
  }

  async held(): Promise<readonly PlanLine[]> {
    return (await listPlan(this.bot.core, { action: 'held' })).lines;
  }

  async line(): Promise<PlanLine> {
    const [line] = await this.held();
    if (!line) throw new Error('nothing is held');
    return line;
  }

  /** Audit entries of decisions, newest first: action, who, text. */
  async decisions(): Promise<string[][]> {
    return (await listAudit(this.bot.core)).items
      .filter(({ action }) => ['release-line', 'exclude-line', 'release-lines'].includes(action))
      .map(({ action, by, text }) => [action, by.name, text]);
  }

  /** The held line in a message that everybody sees, as the summary has it. Returns its ts. */
  async posted(): Promise<string> {
    const { names, date } = await previewSync(this.bot.core);
    const line = await this.line();
    const picture = { type: 'image', image_url: 'https://icb.example.com/chart.png', alt_text: 'A chart' };
    const blocks = [
      picture,
      ...heldLineBlocks(line, names, { today: date }),
      ...approveAllBlocks([line], names),
    ];
    const answer = await fetch(`${this.bot.slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer xoxb-demo' },
      body: JSON.stringify({ channel: CHANNEL, text: 'Sync of tonight', blocks }),
    });
    return z.object({ ts: z.string() }).parse(await answer.json()).ts;
  }

  inChannel(ts: string): string {
    return textsIn(this.bot.slack.messages(CHANNEL).find((message) => message.ts === ts)?.blocks);
  }

  async channelSays(ts: string, text: string): Promise<string> {
    return this.bot.slack.waitFor(() => this.inChannel(ts).includes(text) && this.inChannel(ts));
  }

  click(user: string, ts: string, actionId: string) {
    return this.bot.slack.click(user, { messageTs: ts, actionId });
  }

  /** Fills fields of the top modal, each by the id that its block and its element share. */
  fill(user: string, values: Record<string, unknown>): void {
    this.bot.slack.enter(user, {
      viewId: String(this.bot.slack.views(user).at(-1)?.view.id),
      values: Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { [id]: value }])),
    });
  }

  /** Delivers a submit as Slack would, whatever is on screen. */
  deliverSubmit(user: { id: string; name: string }, view: object) {
    const payload = {
      type: 'view_submission',
      user,
      team: { id: 'T0' },
      view: { id: 'V1', type: 'modal', ...view },
    };
    return this.bot.slack.deliverRaw({
      body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    });
  }
}
