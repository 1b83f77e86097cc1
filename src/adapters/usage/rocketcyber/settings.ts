import { apiRoot } from '../../http/api-root.ts';

export interface RocketCyberSettings {
  /** `https://api-us.rocketcyber.com` or `api-eu`; `/v3` behind it is forgiven. */
  readonly apiUrl: string;
  /** A key of the provider, which sees all accounts. */
  readonly apiKey: string;
}

export const rocketCyberRoot = (apiUrl: string): URL =>
  new URL(
    'v3/',
    apiRoot(apiUrl, {
      setting: 'ROCKETCYBER_API_URL',
      example: 'https://api-us.rocketcyber.com',
      ending: /\/v3\/$/,
    }),
  );
