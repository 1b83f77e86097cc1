import type { AccessRequest } from '../../../src/domain/access-request.ts';
import { IcbError } from '../../../src/domain/errors.ts';
import { atLeast } from '../../../src/domain/role.ts';
import * as requests from '../../../src/usecases/access-requests.ts';
import { slackPosts } from '../../../src/usecases/slack-posts.ts';
import { AccessValue, GrantValue, read } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { accessMessage } from '../../messages/access-message.ts';
import { changeCard } from '../../outbox/cards.ts';
import { post } from '../../outbox/outbox.ts';
import { roleOfPerson } from '../../permissions.ts';
import type { Call } from '../../slack/call.ts';
import type { Action } from '../../slack/payloads.ts';
import { answer, textMessage } from '../../slack/surface.ts';
import { when, who } from '../../words/wording.ts';

/** A request goes to so many admins at most. */
const ADMINS_ASKED = 20;

/** Request access: each admin gets a direct message with buttons that grant. */
export async function requestAccess(bot: BotContext, call: Call, action: Action): Promise<void> {
  const { role } = read(AccessValue, action.value ?? undefined) ?? gone();
  if (atLeast(await roleOfPerson(bot, call.user.id), role))
    return answer(bot, call, textMessage(`You have the role *${role}* by now. Try again.`));
  if ((await bot.roles.holders('admin')).length === 0)
    return answer(bot, call, textMessage('There is no admin yet: who runs `/icb setup` first becomes one.'));
  const request = await requests.requestAccess(bot.core, { by: call.by, userId: call.user.id, role });
  if (!request)
    return answer(bot, call, textMessage('You have asked already; the admins have not answered yet.'));
  const asked = await askedAdmins(bot, request);
  await answer(
    bot,
    call,
    textMessage(`Asked ${asked === 1 ? 'the admin' : `${asked} admins`}. I tell you when it is granted.`),
  );
}

/** Each admin's copy, once. Returns how many admins were asked. */
export async function askedAdmins(bot: BotContext, request: AccessRequest): Promise<number> {
  const admins = (await bot.roles.holders('admin')).slice(0, ADMINS_ASKED);
  const message = accessMessage(request);
  const about = { kind: 'access-request' as const, subject: request.id, message };
  await post(
    bot,
    admins.map((to) => ({ ...about, key: `access ${request.id} ${to}`, to })),
  );
  return admins.length;
}

/** Grant: audited, and told in every admin's copy and, once, to who asked; a higher role than that stays. */
export async function grantAccess(bot: BotContext, call: Call, action: Action): Promise<void> {
  const value = read(GrantValue, action.value ?? undefined) ?? gone();
  const asked = (await requests.openAccessRequests(bot.core)).find(({ id }) => id === value.request);
  const { request, first } = await requests.grantAccess(bot.core, {
    by: call.by,
    id: value.request,
    role: value.role,
    has: asked ? await bot.roles.of(asked.userId) : 'viewer',
  });
  const message = accessMessage(request);
  const copies = (await slackPosts(bot.core)).filter(({ subject }) => subject === request.id);
  await Promise.all(copies.map(({ id }) => changeCard(bot, id, () => message)));
  const { granted } = request;
  if (!granted) return;
  const { role, already } = granted;
  if (!first)
    return answer(
      bot,
      call,
      textMessage(`${already ? 'Closed' : 'Granted'} already by ${who(granted.by)}, ${when(granted.at)}.`),
    );
  const news = already
    ? `You have the role *${role}* already: your request for *${request.role}* is closed.`
    : `You have the role *${role}* now, from ${who(call.by)}.`;
  await post(bot, [
    {
      key: `access ${request.id} answered`,
      kind: 'notice',
      to: request.userId,
      message: textMessage(news),
    },
  ]);
  if (already)
    await answer(
      bot,
      call,
      textMessage(
        `<@${request.userId}> has the role *${role}* already${role === value.role ? '' : ', which is more'}. ` +
          'Nothing was changed; the request is closed.',
      ),
    );
}

function gone(): never {
  throw new IcbError('not-found', 'This button is from an older icb. Type /icb for a new one.');
}
