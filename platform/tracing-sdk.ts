/** The tracer of a process, over OTLP. Loaded only where a collector was named. */
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, RandomIdGenerator } from '@opentelemetry/sdk-trace-node';
import { takeWantedTrace } from './tracing.ts';

/** Ids of traces are those that were asked for: of a request they follow from its id (platform/trace-id.ts). */
class Ids extends RandomIdGenerator {
  override readonly generateTraceId = (): string => takeWantedTrace() ?? this.#random.generateTraceId();
  readonly #random = new RandomIdGenerator();
}

/** @param endpoint - base URL; the library's own variables add headers, limits and a sampler (OTEL_…) */
export function beginTracing(service: string, endpoint: string): { stop(): Promise<void> } {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `outflow-routes-${service}` }),
    idGenerator: new Ids(),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register({ propagator: new W3CTraceContextPropagator() });
  return { stop: () => provider.shutdown().catch(() => undefined) }; // a collector that is away holds nobody up
}
