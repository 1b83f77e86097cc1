import type { Role } from '../src/domain/role.ts';

/** What a path needs of those who change something there; the first that fits counts. */
const NEEDS: readonly (readonly [RegExp, Role])[] = [
  [/^\/api\/(organization-mappings|service-mappings|usage|plan|syncs)(\/|$)/, 'operator'],
  [/^\/dashboard\/(mappings|organizations|plan|usage|sync)(\/|$)/, 'operator'],
  // What they show is seen by everybody; who may embed it elsewhere is another question (admin).
  [/^\/(api|dashboard)\/(widgets|tabs)(\/|$)/, 'operator'],
  [/^\/(api\/(billing-items|post-requests)|dashboard\/items)(\/|$)/, 'approver'],
  [/^\/(api|dashboard)\/psa\//, 'approver'],
  // How somebody looks at things changes nothing for others.
  [/^\/dashboard\/own(\/|$)/, 'viewer'],
];

/** The least role that may write there. What the table does not name (modules, import, settings, roles) is for admins. */
export const neededToWrite = (path: string): Role =>
  path.startsWith('/dashboard/usage/modules') || path.startsWith('/dashboard/modules')
    ? 'admin'
    : (NEEDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'admin');
