export { FORMS, formCode, type Decision, type Severity } from './model.ts';
export { formWord } from './ui/words.ts';
