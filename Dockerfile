# syntax=docker/dockerfile:1
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json prisma.config.ts ./
COPY prisma prisma
COPY src src
# `npm prune --omit=dev` would leave what @prisma/client may use but does not need: Prisma's command line, a third of all.
RUN npm run build && npm pkg delete devDependencies && npm prune

FROM node:24-slim
ENV NODE_ENV=production PORT=3000
WORKDIR /app
# The embedded database keeps its files in data; mount a volume, or set DATABASE_URL and do without. Nothing else in the
# image is written to: it runs with a read-only root file system, and /tmp is needed by `demo` and `backup --check` only.
RUN mkdir data && chown node:node data
COPY --from=build /app/node_modules node_modules
COPY package.json .env.example ./
COPY manifests manifests
COPY prisma prisma
COPY --from=build /app/dist dist
VOLUME /app/data
USER node
EXPOSE 3000
# Without a PORT there is nothing to ask.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "const { PORT } = process.env; if (PORT) fetch(`http://127.0.0.1:${PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main.js"]
CMD ["start"]
