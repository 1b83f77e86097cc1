import type { Role } from '../src/domain/role.ts';
import type { PicturePool } from '../src/render/create-picture.ts';
import type { Core } from '../src/usecases/core.ts';
import type { InspectedConnection } from '../src/usecases/inspect-connections.ts';
import type { Viewer } from './viewer.ts';
import type { WidgetPictures } from './widgets/widget-pictures.ts';
import type { WidgetReader } from './widgets/widget-reader.ts';

/** Draws a Vega-Lite spec; see `createPicture`. */
export type WidgetPicture = Pick<PicturePool, 'svg' | 'png'> & Partial<Pick<PicturePool, 'vega'>>;

export interface WebSettings {
  /** Where people reach icb: `https://icb.example.com`. `https` makes the cookie `Secure`. */
  readonly baseUrl: string;
  /** Newest first: the first signs, all verify. */
  readonly secrets: readonly string[];
  readonly apiToken: string;
  readonly timeZone: string;
  /** Currency shown when there is nothing to count yet. */
  readonly currency: string;
  readonly locale: string;
  /** Who may frame an embed whose link names nobody: sources of the policy, by spaces. */
  readonly frameAncestors?: string;
}

export interface WebDeps {
  readonly core: Core;
  readonly picture: WidgetPicture;
  readonly settings: WebSettings;
  /** Milliseconds since 1970 on the machine's clock, which sessions and links live by. */
  readonly machineNow: () => number;
  /** What a signed-in person may do now: asked at each request. */
  readonly roleOf: (userId: string) => Promise<Role>;
  /** Receives Slack's requests untouched: its signature covers the raw body. */
  readonly slackEvents?: (request: Request) => Promise<Response>;
  /** What Slack's connection is, for `/readyz`. */
  readonly slackState?: () => { readonly state: string; readonly problem?: string };
  /** What a look at Slack finds now. */
  readonly inspectSlack?: () => Promise<InspectedConnection['findings']>;
  /** Requests a minute that one embed link or token may make; `PER_MINUTE` where left out. */
  readonly embedPerMinute?: number;
  readonly version: string;
  /** Told of each answered request. */
  readonly observe?: (told: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }) => void;
  /** What `/metrics` answers; left out where it is switched off. */
  readonly metrics?: {
    readonly text: () => Promise<string>;
    readonly contentType: string;
    /** For anybody, without a token. */
    readonly open: boolean;
    readonly token?: string | undefined;
  };
  /** Whether icb is on its way out: not ready any more, though it still answers. */
  readonly stopping?: () => boolean;
}

/** Hono's typed context of every route. */
export interface WebEnv {
  Variables: {
    readonly deps: WebDeps;
    readonly widgets: WidgetReader;
    readonly pictures: WidgetPictures;
    viewer: Viewer;
  };
}
