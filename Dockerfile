# syntax=docker/dockerfile:1
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json prisma.config.ts ./
COPY prisma prisma
COPY src src
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY prisma prisma
COPY manifests manifests
# The embedded database keeps its files here; mount a volume, or set DATABASE_URL and do without.
RUN mkdir data && chown node:node data
VOLUME /app/data
USER node
ENTRYPOINT ["node", "dist/main.js"]
CMD ["start"]
