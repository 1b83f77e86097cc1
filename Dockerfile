# icb needs no build step: Node runs its TypeScript as it is.
FROM node:26-slim

ENV NODE_ENV=production \
    ICB_DATA_DIR=/var/lib/icb/db

WORKDIR /opt/icb

COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force

COPY bot ./bot
COPY web ./web
COPY data/sample ./data/sample
COPY src ./src

# `restore` puts the old folder beside the new one, so the volume is the folder above.
RUN mkdir -p /var/lib/icb && chown node:node /var/lib/icb
VOLUME /var/lib/icb
USER node
EXPOSE 3000

# Not ready while it stops, which is no reason to end it: health, not readiness.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]

STOPSIGNAL SIGTERM
# Node itself is told to stop, with no npm between.
CMD ["node", "src/main.ts"]
