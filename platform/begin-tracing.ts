/** Traces where the settings name a collector; else nothing is loaded and nothing is done. */
export async function traced(
  service: string,
  endpoint: string | undefined,
): Promise<{ stop(): Promise<void> }> {
  if (!endpoint) return { stop: async () => {} };
  const { beginTracing } = await import('./tracing-sdk.ts');
  return beginTracing(service, endpoint);
}
