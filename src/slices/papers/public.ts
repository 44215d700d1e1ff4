export type { PaperKind } from './model.ts';
