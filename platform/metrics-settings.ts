/** What is measured, and where it is told. */
import { z } from 'zod';

export const metricsVariables = {
  METRICS_ADDRESS: z
    .string()
    .regex(/^[^\s:]+:\d+$/, 'must be host:port')
    .optional()
    .describe('Where Prometheus finds the metrics of this process, never the public port; left out: none'),
};

export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url()
    .optional()
    .describe('Base URL of an OTLP collector that traces go to, over HTTP; left out: no traces'),
};
