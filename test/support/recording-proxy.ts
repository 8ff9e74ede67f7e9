import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived, to be sent again byte for byte. */
export interface Recorded {
  headers: Record<string, string>;
  body: string;
}

export interface RecordingProxy {
  url: string;
  /** Everything that passed, oldest first. */
  recorded: Recorded[];
  close(): Promise<void>;
}

/** Stands before a bot as a load balancer does, and remembers what passes. @param target where it goes */
export async function recordingProxy(target: () => string): Promise<RecordingProxy> {
  const recorded: Recorded[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    const passed = Object.entries(request.headers).filter(([name]) => /^(content-type|x-slack-)/.test(name));
    const one = { headers: Object.fromEntries(passed) as Record<string, string>, body };
    recorded.push(one);
    const answer = await send(target(), one);
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`,
    recorded,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export async function send(url: string, { headers, body }: Recorded) {
  const response = await fetch(url, { method: 'POST', headers, body });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? 'text/plain',
    text: await response.text(),
  };
}
