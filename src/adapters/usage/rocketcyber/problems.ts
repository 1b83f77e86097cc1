import { vendorProblems } from '../../http/vendor-problems.ts';

export const problems = vendorProblems({
  name: 'RocketCyber',
  urlSetting: 'ROCKETCYBER_API_URL',
  rightUrl:
    'https://api-us.rocketcyber.com, or https://api-eu.rocketcyber.com where your account is in Europe',
  credentials:
    'ROCKETCYBER_API_KEY against the key in RocketCyber under Provider Settings > RocketCyber API, and that ROCKETCYBER_API_URL is of your region (api-us or api-eu)',
  rights: 'use the provider’s key, which sees all accounts, not that of one account',
  limit: 'the limit is shared by every integration that uses the key',
  whenStopped:
    'it is asked about each account by itself, and on demand a module has 60 seconds in all; wait for the nightly sync, which gives it 15 minutes',
});
