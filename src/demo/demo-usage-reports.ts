import { BUILT_IN } from '../catalog/catalogue.ts';
import { containedIn } from '../catalog/overlaps.ts';
import { addDays, daysInclusive, type IsoDate, IsoInstant } from '../domain/calendar.ts';
import type { Module } from '../domain/module.ts';
import { type UsageReport, usageReportId } from '../domain/usage-count.ts';
import { countSeries } from './count-series.ts';
import type { DemoModuleOrganization } from './demo-module-organizations.ts';
import type { DemoModule } from './demo-modules.ts';
import { seededRandom } from './seeded-random.ts';

type Counts = Record<string, number>;

/** A module's complete report of each day from `start` to the day before `today`, leading up to today's counts. */
export function demoUsageReports(
  demoModule: DemoModule,
  counted: readonly DemoModuleOrganization[],
  start: IsoDate,
  today: IsoDate,
  seed: number,
): UsageReport[] {
  const module = BUILT_IN.find(demoModule.id);
  if (!module) return [];
  const days = daysInclusive(start, today);
  const courses = counted.map(({ record, counts }) => ({
    externalId: record.externalId,
    course: courseOf(counts, days, `${seed} ${record.id}`),
  }));
  return Array.from({ length: days - 1 }, (_, day) => {
    const date = addDays(start, day);
    const counts = courses.map(({ externalId, course }) => [
      externalId,
      withTotals(module, Object.fromEntries(course.map(([name, series]) => [name, series[day] ?? 0]))),
    ]);
    return {
      id: usageReportId(module.id, date),
      module: module.id,
      date,
      takenAt: IsoInstant.parse(`${date}T01:15:00.000Z`),
      complete: true,
      counts: Object.fromEntries(counts),
    };
  });
}

const courseOf = (counts: Readonly<Counts>, days: number, seed: string): [string, number[]][] =>
  Object.entries(counts).map(([name, last]) => [
    name,
    countSeries(last, days, seededRandom(`${seed} ${name}`)),
  ]);

/** Adds the billing types that contain counted ones; a total of nothing is left out, like every zero. */
function withTotals(module: Module, counts: Counts): Counts {
  const all = { ...counts };
  for (const { name, contains } of module.billingTypes) {
    if (contains.length === 0) continue;
    const inside = [...containedIn(module, name)];
    const total = inside.reduce((sum, each) => sum + (counts[each] ?? 0), 0);
    if (total > 0) all[name] = total;
  }
  return all;
}
