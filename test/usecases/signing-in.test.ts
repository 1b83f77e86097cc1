import { expect, test } from 'vitest';
import { newSignInToken } from '../../src/auth/sign-in-token.ts';
import { isoInstant } from '../../src/domain/calendar.ts';
import { issueSignInLink, peekSignInLink, redeemSignInLink } from '../../src/usecases/sign-in.ts';
import { Office, refusal } from './office.ts';

const NOW = Temporal.Instant.from('2026-11-10T09:00:00Z');
const minutes = (count: number) => NOW.add({ minutes: count });

async function issued() {
  const { core, list } = await Office.empty().then((office) => ({ core: office.core, list: office }));
  const { tokenHash } = newSignInToken();
  const person = { userId: 'U1', name: 'Ada' };
  const link = { ...person, tokenHash, expiresAt: isoInstant(minutes(10)), machineNow: NOW };
  await issueSignInLink(core, link);
  return { core, office: list, tokenHash, person };
}

test('a link signs in once; looking at it, as a preview does, uses nothing up', async () => {
  const { core, tokenHash, person } = await issued();
  expect(await peekSignInLink(core, { tokenHash, machineNow: minutes(1) })).toBe(true);
  expect(await peekSignInLink(core, { tokenHash, machineNow: minutes(1) })).toBe(true);
  expect(await redeemSignInLink(core, { tokenHash, machineNow: minutes(2) })).toEqual(person);
  expect(await peekSignInLink(core, { tokenHash, machineNow: minutes(3) })).toBe(false);
  expect(await refusal(redeemSignInLink(core, { tokenHash, machineNow: minutes(3) }))).toMatchObject({
    code: 'link-expired',
    message: expect.stringContaining('/icb dashboard'),
  });
});

test('of two at once only one gets in', async () => {
  const { core, tokenHash } = await issued();
  const both = await Promise.allSettled([
    redeemSignInLink(core, { tokenHash, machineNow: NOW }),
    redeemSignInLink(core, { tokenHash, machineNow: NOW }),
  ]);
  expect(both.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('it is over after its time, and one nobody issued never was', async () => {
  const { core, tokenHash } = await issued();
  expect(await peekSignInLink(core, { tokenHash, machineNow: minutes(10) })).toBe(false);
  for (const hash of [tokenHash, newSignInToken().tokenHash])
    expect(await refusal(redeemSignInLink(core, { tokenHash: hash, machineNow: minutes(10) }))).toMatchObject(
      {
        code: 'link-expired',
      },
    );
});

test('links that are over are forgotten when the next one is issued', async () => {
  const { core, office } = await issued();
  const { tokenHash } = newSignInToken();
  const person = { userId: 'U2', name: 'Bob' };
  await issueSignInLink(core, {
    ...person,
    tokenHash,
    expiresAt: isoInstant(minutes(30)),
    machineNow: minutes(20),
  });
  expect(await office.list('signInLinks')).toEqual([
    { id: tokenHash, ...person, expiresAt: isoInstant(minutes(30)) },
  ]);
});
