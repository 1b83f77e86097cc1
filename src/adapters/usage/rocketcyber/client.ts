import type { z } from 'zod';
import { createHttpClient } from '../../http/http-client.ts';
import { parseAnswer } from '../../http/parse-answer.ts';
import { type ListPage, readList } from '../../http/read-list.ts';
import { type Call, type ClientDeps, openKeySession, vendorSend } from '../../http/vendor-session.ts';
import { Account, Machine, OfficeTotal, pageOf } from './api-types.ts';
import { problems } from './problems.ts';
import { type RocketCyberSettings, rocketCyberRoot } from './settings.ts';

type OnProgress = ((done: number, total: number) => void) | undefined;

/** Every method gives a whole answer or throws an `IcbError`. */
export interface RocketCyberClient {
  accounts(call: Call): Promise<readonly Account[]>;
  agents(call: Call, onProgress?: OnProgress): Promise<readonly Machine[]>;
  firewalls(call: Call): Promise<readonly Machine[]>;
  /** Monitored Microsoft 365 users of an account; undefined where the vendor has nothing about it. */
  officeUsers(accountId: string, call: Call): Promise<number | undefined>;
}

/** 1,000 by one description of the API, 500 by the other. */
const PAGE_SIZE = '500';
/** The vendor publishes no limit. */
const RATE = { requests: 300, windowMs: 60_000 };
const RETRY = {
  failureWaits: [1_000, 2_000, 4_000],
  throttleWaits: [5_000, 10_000, 20_000, 30_000],
  longestWait: 120_000,
};
/** One description of the API says the one, one the other. */
const ACCOUNT_PATHS = ['account', 'accounts'] as const;

export function createRocketCyberClient(
  { apiUrl, apiKey }: RocketCyberSettings,
  deps: ClientDeps = {},
): RocketCyberClient {
  const { timeoutMs = 30_000 } = deps;
  const root = rocketCyberRoot(apiUrl);
  const http = createHttpClient({ ...deps, concurrency: 4, rate: RATE, timeoutMs, retry: RETRY });
  const send = vendorSend(http, root.host, timeoutMs, problems);
  const session = openKeySession({ root, authorization: `Bearer ${apiKey}`, send, problems });
  let accountPath: string | undefined;

  function list<Row extends z.ZodType>(
    path: string,
    row: Row,
    key: (row: z.infer<Row>) => string,
    call: Call,
    onProgress?: OnProgress,
  ): Promise<readonly z.infer<Row>[]> {
    const Page = pageOf(row);
    const pageUrl = (page: number): URL => {
      const url = new URL(path, root);
      url.search = new URLSearchParams({ page: String(page), pageSize: PAGE_SIZE }).toString();
      return url;
    };
    async function fetchPage(url: URL, place: string): Promise<ListPage<z.infer<Row>>> {
      const text = await session.read(url, place, call);
      const malformed = (fault: string) => problems.malformed(place, fault);
      const { rows, page, totalPages, total, count } = parseAnswer(Page, text, malformed);
      if (page !== Number(url.searchParams.get('page'))) throw malformed(`page ${page} came instead`);
      if (count !== undefined && count !== rows.length)
        throw malformed(`dataCount says ${count}, the page holds ${rows.length}`);
      return { rows, total, next: page < totalPages ? pageUrl(page + 1) : undefined };
    }
    const first = pageUrl(1);
    const { malformed } = problems;
    return readList({ name: path, first, key, fetchPage, totalName: 'totalCount', malformed, onProgress });
  }

  /** Which of the paths the vendor knows; asked once, with a page of one row. */
  async function findAccountPath(call: Call): Promise<string> {
    for (const path of ACCOUNT_PATHS) {
      const url = new URL(`${path}?page=1&pageSize=1`, root);
      const answer = await session.ask(url, call);
      const last = path === ACCOUNT_PATHS.at(-1);
      if (answer.status === 404 && !last) continue;
      const problem = problems.ofStatus(answer, path);
      if (problem) throw problem;
      return path;
    }
    return ACCOUNT_PATHS[0];
  }

  return {
    async accounts(call) {
      accountPath ??= await findAccountPath(call);
      return list(accountPath, Account, (account) => account.id, call);
    },
    agents: (call, onProgress) => list('agents', Machine, (agent) => agent.id, call, onProgress),
    firewalls: (call) => list('firewalls', Machine, (firewall) => firewall.id, call),
    async officeUsers(accountId, call) {
      const place = `office of account ${accountId}`;
      const url = new URL(`office?${new URLSearchParams({ accountId })}`, root);
      const answer = await session.ask(url, call);
      if (answer.status === 404) return undefined;
      const problem = problems.ofStatus(answer, place);
      if (problem) throw problem;
      return parseAnswer(OfficeTotal, answer.text, (fault) => problems.malformed(place, fault));
    },
  };
}
