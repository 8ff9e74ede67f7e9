import { checkMessage } from './check-message.ts';
import { removeMessage } from './faults.ts';
import { type Gateway, intent } from './gateway.ts';
import { editMessage, putMessage, sentBefore } from './messages.ts';
import { channelJson, messageJson } from './payloads.ts';
import { bit, mustMay } from './permissions.ts';
import { type Problem, refuse, refuseProblems } from './refusal.ts';
import { type Answer, type Call, objectBody, type Route } from './server.ts';
import { type Channel, kinds, type Message, type World } from './world.ts';

/** Channels and the messages in them. Ephemeral messages do not exist here. */
export function messageRoutes(world: World, gateway: Gateway): Route[] {
  const channelOf = (call: Call, what: 'see' | 'write'): Channel => {
    const channel = world.channels.get(call.params.channel ?? '');
    if (!channel) throw refuse.unknownChannel();
    if (channel.type !== kinds.dm) {
      const thread = channel.parentId !== undefined;
      mustMay(world, channel, what === 'see' ? bit.view : thread ? bit.sendInThreads : bit.send);
    } else if (what === 'write' && !world.users.get(channel.recipientId ?? '')?.acceptsDms) {
      throw refuse.cannotDm();
    }
    return channel;
  };
  const messageOf = (call: Call, channel: Channel): Message => {
    const message = world.messages.get(call.params.message ?? '');
    if (!message || message.channelId !== channel.id || message.onlyFor) throw refuse.unknownMessage();
    return message;
  };
  const shown = (message: Message): Answer => ({ status: 200, body: messageJson(world, message) });

  return [
    {
      method: 'GET',
      path: '/channels/:channel',
      answer: (call) => ({ status: 200, body: channelJson(world, channelOf(call, 'see')) }),
    },
    {
      method: 'POST',
      path: '/channels/:channel/messages',
      answer(call) {
        const channel = channelOf(call, 'write');
        if (channel.type === kinds.forum) throw refuse.notText();
        const body = objectBody(call);
        const problems: Problem[] = [];
        checkMessage(problems, [], body, undefined, call.files);
        refuseProblems(problems);
        const earlier = sentBefore(world, body);
        if (earlier) return shown(earlier);
        // Writing in a thread that is closed opens it again, unless a moderator locked it.
        if (channel.locked) mustMay(world, channel, bit.manageThreads);
        channel.archived = false;
        const message = putMessage(world, channel.id, body);
        const dm = channel.type === 1;
        gateway.dispatch(
          'MESSAGE_CREATE',
          { ...messageJson(world, message), ...(dm ? {} : { guild_id: world.guildId }) },
          dm ? intent.directMessages : intent.guildMessages,
        );
        return shown(message);
      },
    },
    {
      method: 'GET',
      path: '/channels/:channel/messages',
      answer(call) {
        const channel = channelOf(call, 'see');
        const before = call.query.get('before');
        const after = call.query.get('after');
        const all = [...world.messages.values()].filter(
          (m) =>
            m.channelId === channel.id &&
            !m.onlyFor &&
            (!before || BigInt(m.id) < BigInt(before)) &&
            (!after || BigInt(m.id) > BigInt(after)),
        );
        const newest = all.reverse().slice(0, Number(call.query.get('limit') ?? 50));
        return { status: 200, body: newest.map((m) => messageJson(world, m)) };
      },
    },
    {
      method: 'GET',
      path: '/channels/:channel/messages/:message',
      answer: (call) => shown(messageOf(call, channelOf(call, 'see'))),
    },
    {
      method: 'PATCH',
      path: '/channels/:channel/messages/:message',
      answer(call) {
        const channel = channelOf(call, 'see');
        const message = messageOf(call, channel);
        if (channel.archived) throw refuse.threadArchived();
        const body = objectBody(call);
        const problems: Problem[] = [];
        checkMessage(problems, [], body, message, call.files);
        refuseProblems(problems);
        editMessage(world, message, body);
        return shown(message);
      },
    },
    {
      method: 'DELETE',
      path: '/channels/:channel/messages/:message',
      answer(call) {
        removeMessage(world, gateway, messageOf(call, channelOf(call, 'see')).id);
        return { status: 204 };
      },
    },
  ];
}
