import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** The fonts every picture is drawn with, so that all machines draw the same. */
export const FONT_FILES = {
  regular: resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
} as const;

export const FONT_FAMILY = 'DejaVu Sans';
