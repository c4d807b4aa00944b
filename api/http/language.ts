/** In which language a caller is answered. */
import type { Request, Response } from 'express';
import type { Language } from '../../contracts/vocabulary.ts';

/** Dutch unless the caller prefers English. */
export function languageOf(req: Request): Language {
  return req.acceptsLanguages('nl', 'en') === 'en' ? 'en' : 'nl';
}

/** Says in the headers of an answer which language its sentences are in. */
export function speak(res: Response, language: Language): void {
  res.set('Content-Language', language).vary('Accept-Language');
}
