export { lessonBlocks, type Block, type Span } from './lesson-text.ts';
export {
	PURPOSES,
	purposeOf,
	type AskedQuestion,
	type KeyedQuestion,
	type Kind,
	type Purpose,
	type Question
} from './model.ts';
export { pictureMime } from '#platform/files/file-kind.ts';
