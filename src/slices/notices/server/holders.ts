import type { RawBuilder } from 'kysely';
import type { Ability } from '#kernel/abilities.ts';

/** The people who hold an ability over the whole agency today, as a subselect of their ids; made where roles are known. */
export type Holders = (ability: Ability) => RawBuilder<unknown>;
