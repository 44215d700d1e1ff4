export {
	FORMS,
	MODES,
	formCode,
	type Curriculum,
	type Decision,
	type FormCode,
	type Mode,
	type Module,
	type Outcome,
	type Severity
} from './model.ts';
export { learningHoursOf } from './rules.ts';
export { formWord } from './ui/words.ts';
