import type { AccessRequest } from '../../src/domain/access-request.ts';
import { aRole, ROLE_MAY, ROLES } from '../../src/domain/role.ts';
import { ACTIONS, GrantValue, numbered, write } from '../action-ids.ts';
import { actions, button, context, type Message, section } from '../blocks.ts';
import { when, who } from '../words/wording.ts';

/** An admin's copy of a request for a role; once granted it says by whom and when instead of its buttons. */
export function accessMessage({ id, userId, role, at, granted }: AccessRequest): Message {
  const text = `<@${userId}> asks to become ${aRole(role)}`;
  const offered = ROLES.filter((one) => one !== 'viewer');
  return {
    text,
    blocks: [
      section(`*${text}*: ${ROLE_MAY[role]}.`),
      context(`Asked ${when(at)}`),
      granted
        ? context(
            granted.already
              ? `Closed by ${who(granted.by)}, ${when(granted.at)}: has the role *${granted.role}* already. Nothing was changed.`
              : `Granted *${granted.role}* by ${who(granted.by)}, ${when(granted.at)}`,
          )
        : actions(
            offered.map((one, index) =>
              button(numbered(ACTIONS.access.grant, index), `Grant ${one}`, {
                value: write(GrantValue, { v: 1, request: id, role: one }),
                ...(one === role ? { style: 'primary' as const } : {}),
              }),
            ),
          ),
    ],
  };
}
