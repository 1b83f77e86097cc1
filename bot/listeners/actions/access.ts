import type { AccessRequest } from '../../../src/domain/access-request.ts';
import { IcbError } from '../../../src/domain/errors.ts';
import { atLeast } from '../../../src/domain/role.ts';
import * as requests from '../../../src/usecases/access-requests.ts';
import { AccessValue, GrantValue, read } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { accessMessage } from '../../messages/access-message.ts';
import { roleOfPerson } from '../../permissions.ts';
import type { Call } from '../../slack/call.ts';
import type { Action } from '../../slack/payloads.ts';
import { answer, tell, textMessage } from '../../slack/surface.ts';
import { when, who } from '../../words/wording.ts';

/** A request goes to so many admins at most. */
const ADMINS_ASKED = 20;

/** Request access: each admin gets a direct message with buttons that grant. */
export async function requestAccess(bot: BotContext, call: Call, action: Action): Promise<void> {
  const { role } = read(AccessValue, action.value ?? undefined) ?? gone();
  if (atLeast(await roleOfPerson(bot, call.user.id), role))
    return answer(bot, call, textMessage(`You have the role *${role}* by now. Try again.`));
  const admins = (await bot.roles.holders('admin')).slice(0, ADMINS_ASKED);
  if (admins.length === 0)
    return answer(bot, call, textMessage('There is no admin yet: who runs `/icb setup` first becomes one.'));
  const request = await requests.requestAccess(bot.core, { by: call.by, userId: call.user.id, role });
  if (!request)
    return answer(bot, call, textMessage('You have asked already; the admins have not answered yet.'));
  const message = accessMessage(request);
  const places: AccessRequest['places'] = [];
  for (const admin of admins) {
    const sent = await bot.slack.posting.chat
      .postMessage({ channel: admin, ...message })
      .catch(
        (error: unknown) =>
          void bot.core.log.warn({ admin, error: String(error) }, 'an admin could not be asked'),
      );
    if (sent?.channel && sent.ts) places.push({ channel: sent.channel, ts: sent.ts });
  }
  await requests.rememberAccessPlaces(bot.core, call.by, { id: request.id, places });
  await answer(
    bot,
    call,
    textMessage(
      `Asked ${places.length === 1 ? 'the admin' : `${places.length} admins`}. I tell you when it is granted.`,
    ),
  );
}

/** Grant: audited, and told in every admin's copy and to who asked. */
export async function grantAccess(bot: BotContext, call: Call, action: Action): Promise<void> {
  const value = read(GrantValue, action.value ?? undefined) ?? gone();
  const { request, first } = await requests.grantAccess(bot.core, {
    by: call.by,
    id: value.request,
    role: value.role,
  });
  const message = accessMessage(request);
  for (const { channel, ts } of request.places)
    await bot.slack.posting.chat
      .update({ channel, ts, ...message })
      .catch((error: unknown) =>
        bot.core.log.warn({ error: String(error) }, 'a copy of a request stays as it was'),
      );
  const { granted } = request;
  if (!first && granted)
    return answer(bot, call, textMessage(`Granted already by ${who(granted.by)}, ${when(granted.at)}.`));
  await tell(
    bot,
    request.userId,
    undefined,
    textMessage(`You have the role *${value.role}* now, from ${who(call.by)}.`),
  );
}

function gone(): never {
  throw new IcbError('not-found', 'This button is from an older icb. Type /icb for a new one.');
}
