/** The certificate of a closed route: what was deleted here, what remains, and why. */
import { Certificate } from '../../contracts/certificate.ts';
import { t } from '../../contracts/text.ts';
import { certificateOf } from '../../domain/certificate.ts';
import { operation, readsRoute } from '../operation.ts';
import { ApiProblem } from '../problems.ts';
import { OneRoute, visibleState, lookersAndPerson } from './parts.ts';

export const getCertificate = operation({
  method: 'get',
  path: '/routes/{routeId}/certificate',
  operationId: 'getCertificate',
  summary: 'Says what was deleted here when the route was closed, and what remains, where and why',
  tag: 'routes',
  roles: lookersAndPerson,
  params: OneRoute,
  speaks: true,
  responses: { 200: { description: 'The certificate', schema: Certificate } },
  problems: [...readsRoute, 'no-certificate'],
  async handle({ caller, params: { routeId }, language, deps }) {
    const certificate = certificateOf(
      await visibleState(deps.gateway, caller, routeId),
      language,
      deps.keptHere,
    );
    if (certificate) return { status: 200, body: certificate };
    throw new ApiProblem(
      'no-certificate',
      t(
        'De gegevens worden verwijderd zodra de route is afgesloten en het dossier is overgedragen.',
        'The data is deleted once the route was closed and its file was handed over.',
      ),
    );
  },
});
