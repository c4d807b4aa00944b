// A process that reads what is sent to it and answers as much as the API does, with nothing in between: what HTTP costs alone.
import { createServer } from 'node:http';

const answer = JSON.stringify({ text: 'x'.repeat(Number(process.argv[2])) });
const server = createServer((request, response) => {
  let sent = '';
  request.setEncoding('utf8').on('data', (part) => (sent += part));
  request.on('end', () => {
    JSON.parse(sent);
    response.setHeader('content-type', 'application/json').end(answer);
  });
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.once('disconnect', () => process.exit());
