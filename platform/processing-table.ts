/** Made together with that of the keys. */
export const processingTable = `
  CREATE TABLE IF NOT EXISTS processing_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    route_id text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now(),
    line jsonb NOT NULL
  );
  CREATE INDEX IF NOT EXISTS processing_log_of_route ON processing_log (route_id, id)`;
