/** Whether the API is there: partners tell their news to it, and the Temporal UI decodes by it. */
const withinMs = 5000; // it takes four seconds itself to find that a worker was killed

/** Degraded is there as well: it says so itself. @param apiUrl - without /v1 */
export async function apiAnswers(apiUrl: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL('/v1/health', apiUrl), { signal: AbortSignal.timeout(withinMs) });
    const { status } = (await answer.json()) as { status?: unknown };
    return status === 'ok' || status === 'degraded';
  } catch {
    return false; // whatever else stands there is no API of this product
  }
}
