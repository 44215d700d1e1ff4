export {
	FORMS,
	MODES,
	formCode,
	type Curriculum,
	type FormCode,
	type Mode,
	type Module,
	type Outcome
} from './model.ts';
export { learningHoursOf } from './rules.ts';
export { formWord } from './ui/words.ts';
