# One image for the worker, the API and the partner simulator; the command says which.
FROM node:22-bookworm-slim

# The base image has no certificates of its own, and without them the worker cannot use a Temporal server over TLS.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force
COPY . .

# Keys live here; a volume laid over it takes on this owner.
RUN mkdir /data && chown node:node /data
# glibc gives each thread an arena of its own otherwise, and a worker has many threads.
ENV DATA_DIR=/data MALLOC_ARENA_MAX=1
USER node
CMD ["node", "--import", "tsx", "--import", "./worker/without-promise-stacks.mjs", "worker/main.ts"]
