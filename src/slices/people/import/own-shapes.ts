import { EDUCATION } from './check-education.ts';
import { PEOPLE } from './check-people.ts';
import { PERFORMANCE } from './check-performance.ts';
import { POSTS } from './check-posts.ts';
import { UNITS } from './check-units.ts';
import { addShape } from './shape.ts';

// In this order: of two kinds that fit a header equally well the first is taken.
for (const shape of [UNITS, PEOPLE, POSTS, EDUCATION, PERFORMANCE]) addShape(shape);
