import { sql, type RawBuilder } from 'kysely';
import type { FormKey } from '../model.ts';

/** Where the parts of one form lie: a class's own, or a session's. Apart, so that whoever counts a class's reactions counts those at its end. */
export type FormTables = {
	given: RawBuilder<unknown>;
	box: RawBuilder<unknown>;
	envelope: RawBuilder<unknown>;
	answer: RawBuilder<unknown>;
	/** The column that names the class or session in each of them, and what it says. */
	column: RawBuilder<unknown>;
	id: string;
};

const OF_CLASS = {
	given: sql.table('evaluation.reaction_given'),
	box: sql.table('evaluation.reaction_box'),
	envelope: sql.table('evaluation.reaction_envelope'),
	answer: sql.table('evaluation.reaction_answer'),
	column: sql.ref('class_id')
};
const OF_SESSION = {
	given: sql.table('evaluation.session_given'),
	box: sql.table('evaluation.session_box'),
	envelope: sql.table('evaluation.session_envelope'),
	answer: sql.table('evaluation.session_answer'),
	column: sql.ref('session_id')
};

export const tablesOf = ({ classId, sessionId }: FormKey): FormTables =>
	sessionId === null ? { ...OF_CLASS, id: classId } : { ...OF_SESSION, id: sessionId };

/** Of a row of answers: whether it is a mark, not words and not how sure somebody was; and that mark as `onFour` has it. */
export const IS_MARK = sql`remark is null and grade_before is null`;
export const MARK_ON_FOUR = sql`coalesce(score, 1 + (grade - 1) * 0.75::float8)`;
