/** What is wrong with a call as such, whatever it asks for. Node has refused already what it cannot read (refuse.ts). */
import type { RequestHandler } from 'express';
import { t } from '../../contracts/text.ts';
import { ApiProblem } from '../problems.ts';

/** Clients send ten, behind a proxy twenty. */
const mostHeaders = 100;

/** Passes on `ApiProblem` headers-too-large or malformed-request, and closes the connection: what comes next may be no better. */
export const wellFormed: RequestHandler = (req, res, next) => {
  const problem = faultOf(req);
  if (problem) res.set('Connection', 'close');
  next(problem);
};

function faultOf(req: Parameters<RequestHandler>[0]): ApiProblem | undefined {
  if (req.rawHeaders.length / 2 > mostHeaders)
    return new ApiProblem(
      'headers-too-large',
      t(`Stuur hooguit ${mostHeaders} headers.`, `Send ${mostHeaders} headers at the most.`),
    );
  // RFC 9112, 3.2: whoever reads another Host than the proxy in front answers for another than was asked.
  const hosts = req.headersDistinct.host?.length ?? 0;
  if (hosts > 1 || (hosts === 0 && req.httpVersion !== '1.0'))
    return new ApiProblem('malformed-request', t('Stuur één Host-header.', 'Send one Host header.'));
  return undefined;
}
