export { lessonBlocks } from './lesson-text.ts';
export { purposeOf, type AskedQuestion, type KeyedQuestion, type Purpose, type Question } from './model.ts';
