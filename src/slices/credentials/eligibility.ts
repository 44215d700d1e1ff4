/** What a program asks before a certificate is given, beside having passed the class. Null: no post-test. */
export type EligibilityRule = {
	posttestPercent: number | null;
	needsReaction: boolean;
};

export const NO_RULE: EligibilityRule = {
	posttestPercent: null,
	needsReaction: false
};

/** What is known of one participant. Of the reaction only that it was sent: what it says is anonymous (decision 10). */
export type Standing = {
	/** Status of the registration. */
	outcome: string;
	attendedPercent: number;
	/** Best score of the post-test in whole per cent, rounded down; null when it was not handed in. */
	posttestPercent: number | null;
	reacted: boolean;
	/** Status of the last certificate of this class, null without one. */
	certificate: string | null;
};

/** A message key below `credentials.eligible.` and the figures of its sentence. */
export type Against = {
	code: 'open' | 'attendance' | 'failed' | 'noPosttest' | 'posttest' | 'reaction' | 'revoked';
	facts: { has: number; needs: number };
};

const against = (code: Against['code'], has = 0, needs = 0): Against => ({ code, facts: { has, needs } });

/**
 * Everything that stands between somebody and the certificate, most decisive first; empty when they may have it. Who
 * holds a valid one already is not asked again: the caller leaves them out.
 */
export function reasonsAgainst(standing: Standing, rule: EligibilityRule, threshold: number): Against[] {
	// One that was taken back is given again by hand only, else a press of "issue" would undo the revocation.
	if (standing.certificate === 'revoked') return [against('revoked')];
	if (standing.outcome === 'enrolled') return [against('open')];
	const reasons: Against[] = [];
	// How the class ended by its own threshold is the word of the classes room, corrections included: attendance is asked
	// there and nowhere else. The threshold stands here only to say why somebody failed.
	if (standing.outcome !== 'passed')
		reasons.push(
			standing.attendedPercent < threshold
				? against('attendance', standing.attendedPercent, threshold)
				: against('failed')
		);
	if (rule.posttestPercent !== null) {
		if (standing.posttestPercent === null) reasons.push(against('noPosttest', 0, rule.posttestPercent));
		else if (standing.posttestPercent < rule.posttestPercent)
			reasons.push(against('posttest', standing.posttestPercent, rule.posttestPercent));
	}
	if (rule.needsReaction && !standing.reacted) reasons.push(against('reaction'));
	return reasons;
}

/** `has`: a certificate already; `may`: gets one; `not`: does not, for the reasons given. */
export type Verdict = 'has' | 'may' | 'not';

export const verdictOf = (standing: Standing, reasons: readonly Against[]): Verdict =>
	standing.certificate === 'valid' || standing.certificate === 'replaced'
		? 'has'
		: reasons.length === 0
			? 'may'
			: 'not';
