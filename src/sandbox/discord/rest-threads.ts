import { checkMessage } from './check-message.ts';
import { add, asList, checkList, checkText, isObject, type Json } from './checks.ts';
import { type Gateway, intent } from './gateway.ts';
import { limits } from './limits.ts';
import { putMessage } from './messages.ts';
import { channelJson, messageJson } from './payloads.ts';
import { bit, mustMay } from './permissions.ts';
import { type Problem, refuse, refuseProblems } from './refusal.ts';
import { type Answer, type Call, objectBody, type Route } from './server.ts';
import { type Channel, canSee, kinds, type Message, type World } from './world.ts';

/** Threads, posts of a forum, and who is in a thread: https://docs.discord.com/developers/topics/threads */
export function threadRoutes(world: World, gateway: Gateway): Route[] {
  const channelOf = (call: Call): Channel => {
    const channel = world.channels.get(call.params.channel ?? '');
    if (!channel) throw refuse.unknownChannel();
    mustMay(world, channel, bit.view);
    return channel;
  };
  const threadOf = (call: Call): Channel => {
    const thread = channelOf(call);
    if (!isThread(thread)) throw refuse.unknownChannel();
    return thread;
  };
  const put = (thread: Channel): Answer => {
    const needed = thread.type === kinds.privateThread ? 0 : intent.guilds;
    world.channels.set(thread.id, thread);
    gateway.dispatch('THREAD_CREATE', channelJson(world, thread), needed || intent.guilds);
    world.changed();
    return { status: 201, body: channelJson(world, thread) };
  };

  const startThread = (call: Call, message?: Message): Answer => {
    const parent = channelOf(call);
    const body = objectBody(call);
    const problems: Problem[] = [];
    checkName(problems, body);
    if (parent.type === kinds.forum) return startPost(call, parent, body, problems);
    refuseProblems(problems);
    const id = message?.id ?? world.snowflake();
    if (world.channels.has(id)) throw refuse.threadExists();
    // Without a type a thread that belongs to no message is private.
    const type = message || body.type === kinds.publicThread ? kinds.publicThread : kinds.privateThread;
    if (type === kinds.privateThread && parent.type !== kinds.text) throw refuse.wrongChannelType();
    mustMay(world, parent, type === kinds.privateThread ? bit.privateThreads : bit.publicThreads);
    return put({ id, type, name: String(body.name), parentId: parent.id, members: new Set() });
  };

  const startPost = (call: Call, forum: Channel, body: Json, problems: Problem[]): Answer => {
    mustMay(world, forum, bit.send);
    const message = isObject(body.message) ? body.message : undefined;
    if (!message) add(problems, ['message'], 'BASE_TYPE_REQUIRED', 'This field is required');
    else checkMessage(problems, ['message'], message, undefined, call.files);
    const tags = checkTags(problems, forum, body);
    refuseProblems(problems);
    if (forum.tagRequired && tags.length === 0) throw refuse.tagRequired();
    const id = world.snowflake();
    const thread: Channel = {
      id,
      type: kinds.publicThread,
      name: String(body.name),
      parentId: forum.id,
      members: new Set(),
      appliedTags: tags,
    };
    const answer = put(thread);
    const first = putMessage(world, id, message ?? {}, { id });
    return { ...answer, body: { ...(answer.body as Json), message: messageJson(world, first) } };
  };

  const change = (call: Call): Answer => {
    const channel = channelOf(call);
    const body = objectBody(call);
    const problems: Problem[] = [];
    if (!isThread(channel)) return changeTags(channel, body, problems);
    if (body.name !== undefined) checkName(problems, body);
    const parent = world.channels.get(channel.parentId ?? '');
    const tags = body.applied_tags === undefined || !parent ? null : checkTags(problems, parent, body);
    refuseProblems(problems);
    // The one who opened a thread may close it; only a moderator locks it, or opens what is locked.
    const locks = body.locked !== undefined && body.locked !== (channel.locked ?? false);
    if (locks || channel.locked) mustMay(world, channel, bit.manageThreads);
    if (channel.archived && body.archived !== false) throw refuse.threadArchived();
    if (typeof body.name === 'string') channel.name = body.name;
    if (tags) channel.appliedTags = tags;
    if (typeof body.archived === 'boolean') channel.archived = body.archived;
    if (typeof body.locked === 'boolean') channel.locked = body.locked;
    gateway.dispatch('THREAD_UPDATE', channelJson(world, channel), intent.guilds);
    world.changed();
    return { status: 200, body: channelJson(world, channel) };
  };

  const changeTags = (channel: Channel, body: Json, problems: Problem[]): Answer => {
    mustMay(world, channel, bit.manageChannels);
    const given = checkList(problems, ['available_tags'], body.available_tags, limits.availableTags);
    for (const [i, tag] of given.entries()) {
      checkText(
        problems,
        ['available_tags', i, 'name'],
        isObject(tag) ? tag.name : undefined,
        limits.tagName,
      );
    }
    refuseProblems(problems);
    if (body.available_tags !== undefined) {
      channel.tags = given
        .filter(isObject)
        .map((tag) => ({ id: String(tag.id ?? world.snowflake()), name: String(tag.name) }));
    }
    world.changed();
    return { status: 200, body: channelJson(world, channel) };
  };

  const invite = (call: Call): Answer => {
    const thread = threadOf(call);
    if (thread.archived) throw refuse.threadArchived();
    mustMay(world, thread, bit.sendInThreads);
    const invited = world.users.get(call.params.user ?? '');
    if (!invited) throw refuse.unknownUser();
    const parent = world.channels.get(thread.parentId ?? '');
    // Who cannot see the channel cannot be in its threads.
    if (!parent || !canSee(world, invited, parent)) throw refuse.missingAccess();
    thread.members?.add(invited.id);
    world.changed();
    return { status: 204 };
  };

  const threads = (which: (thread: Channel) => boolean): Json => ({
    threads: [...world.channels.values()]
      .filter((one) => isThread(one) && which(one))
      .reverse()
      .map((one) => channelJson(world, one)),
    members: [],
    has_more: false,
  });

  return [
    {
      method: 'POST',
      path: '/channels/:channel/messages/:message/threads',
      answer(call) {
        const message = world.messages.get(call.params.message ?? '');
        if (!message || message.channelId !== channelOf(call).id || message.onlyFor) {
          throw refuse.unknownMessage();
        }
        return startThread(call, message);
      },
    },
    { method: 'POST', path: '/channels/:channel/threads', answer: (call) => startThread(call) },
    { method: 'PATCH', path: '/channels/:channel', answer: change },
    { method: 'PUT', path: '/channels/:channel/thread-members/:user', answer: invite },
    {
      method: 'GET',
      path: '/guilds/:guild/threads/active',
      answer(call) {
        if (call.params.guild !== world.guildId || !world.botInGuild) throw refuse.unknownGuild();
        return { status: 200, body: threads((one) => !one.archived) };
      },
    },
    {
      method: 'GET',
      path: '/channels/:channel/users/@me/threads/archived/private',
      answer(call) {
        const parent = channelOf(call);
        const here = (one: Channel) =>
          one.parentId === parent.id && one.type === kinds.privateThread && one.archived === true;
        return { status: 200, body: threads(here) };
      },
    },
  ];
}

const isThread = ({ type }: Channel): boolean => type === kinds.publicThread || type === kinds.privateThread;

const checkName = (problems: Problem[], body: Json): void => {
  if (typeof body.name !== 'string') add(problems, ['name'], 'BASE_TYPE_REQUIRED', 'This field is required');
  else checkText(problems, ['name'], body.name, limits.threadName);
};

/** @returns the tags that a post gets */
function checkTags(problems: Problem[], forum: Channel, body: Json): string[] {
  const tags = asList(checkList(problems, ['applied_tags'], body.applied_tags, limits.appliedTags)).map(
    String,
  );
  const unknown = tags.find((id) => !(forum.tags ?? []).some((tag) => tag.id === id));
  if (unknown !== undefined) {
    add(problems, ['applied_tags'], 'CHANNEL_FORUM_TAG_INVALID', `Unknown tag ${unknown}`);
  }
  return tags;
}
