import manifest from '../manifest.json' with { type: 'json' };

type Manifest = typeof manifest;

/** Stands in the manifest wherever an office's own address belongs. */
const EXAMPLE = 'https://icb.example.com';

/** The manifest of an office: with its own address, or with none where Slack is reached over socket mode. */
export function appManifest({
  baseUrl,
  socketMode,
}: {
  readonly baseUrl: string;
  readonly socketMode: boolean;
}): object {
  if (socketMode) return overSocket(manifest);
  return JSON.parse(JSON.stringify(manifest).replaceAll(EXAMPLE, baseUrl.replace(/\/+$/, '')));
}

function overSocket({ features, settings, ...rest }: Manifest): object {
  const { request_url: _, ...events } = settings.event_subscriptions;
  return {
    ...rest,
    features: {
      ...features,
      slash_commands: features.slash_commands.map(({ url: _, ...command }) => command),
    },
    settings: {
      ...settings,
      event_subscriptions: events,
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
    },
  };
}

/** Opens Slack's form for a new app with everything filled in. */
export const createAppLink = (app: object): string =>
  `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(app))}`;
