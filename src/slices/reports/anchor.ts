import { isId } from '#kernel/ids.ts';
import type { Anchor } from './server/thread-ends.ts';

const KINDS = [
	'plan-line',
	'version',
	'class',
	'finding',
	'certificate',
	'action-plan',
	'evaluation',
	'study',
	'indicator'
] as const;

/** `/reports/trace/<kind>/<id>`; a gap's id is `<unit>~<competency>`. Undefined for anything else. */
export function anchorOf(kind: string, id: string): Anchor | undefined {
	if (kind === 'gap') {
		const [unitId = '', competencyId = ''] = id.split('~');
		return isId(unitId) && isId(competencyId) ? { kind, unitId, competencyId } : undefined;
	}
	const known = KINDS.find((one) => one === kind);
	return known !== undefined && isId(id) ? { kind: known, id } : undefined;
}
