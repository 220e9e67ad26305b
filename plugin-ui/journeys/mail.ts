import { appendFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';

/** Takes all mail, as a mail server does, and appends it to a file. Comes back with its port. */
export async function mailSink(file: string): Promise<{ port: number; stop: () => void }> {
  const server = createServer((socket) => serve(socket, file));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0, stop: () => server.close() };
}

function serve(socket: Socket, file: string): void {
  let unread = '';
  let writing = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (text) => {
    unread += String(text);
    for (let end = unread.indexOf('\r\n'); end >= 0; end = unread.indexOf('\r\n')) {
      const line = unread.slice(0, end);
      unread = unread.slice(end + 2);
      if (writing) {
        writing = line !== '.';
        appendFileSync(file, `${line}\n`);
        if (!writing) {
          say('250 taken');
        }
      } else if (/^DATA/i.test(line)) {
        writing = true;
        say('354 go on');
      } else if (/^QUIT/i.test(line)) {
        say('221 bye');
        socket.end();
      } else {
        say('250 OK');
      }
    }
  });
  say('220 sink ESMTP');
}
