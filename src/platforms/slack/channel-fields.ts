import type { FieldProblem } from '../../core/errors.ts';
import type { FieldValue, Form } from '../../messages/form.ts';
import { type Clients, problemOf } from './client.ts';

/** What stands against the channels that were chosen in a form: the bot must be in each. Never rejects. */
export async function channelProblems(
  { lookup }: Clients,
  form: Form,
  fields: Record<string, FieldValue>,
): Promise<FieldProblem[]> {
  const chosen = form.fields.filter(({ field, name }) => field === 'channel' && fields[name]);
  const problems = chosen.map(async ({ name: field }): Promise<FieldProblem[]> => {
    try {
      const { channel } = await lookup.conversations.info({ channel: String(fields[field]) });
      return channel?.is_member ? [] : [{ field, code: 'channel_without_bot' }];
    } catch (error) {
      // What cannot be found out now is found out when something is to be posted there.
      return problemOf(error)?.code === 'channel_not_found' ? [{ field, code: 'channel_unknown' }] : [];
    }
  });
  return (await Promise.all(problems)).flat();
}
