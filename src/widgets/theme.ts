export const THEMES = ['light', 'dark'] as const;
export type ThemeName = (typeof THEMES)[number];

export interface Theme {
  readonly surface: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  /** The zero line, where bars go both ways. */
  readonly zero: string;
}

export const themes: Readonly<Record<ThemeName, Theme>> = {
  light: { surface: '#ffffff', text: '#1c2430', muted: '#5b6675', grid: '#e9edf2', zero: '#9aa5b1' },
  dark: { surface: '#161b22', text: '#e6eaf0', muted: '#9ba7b6', grid: '#2a323d', zero: '#5f6b7a' },
};

/**
 * In a browser the reader's own interface font; in PNGs, where only DejaVu is loaded, the last one. Labels are laid
 * out with DejaVu's widths, the widest of them, so that no other font overflows.
 */
export const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif';
