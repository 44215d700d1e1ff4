import { describe, expect, test } from 'vitest';
import { agreementOf } from './agreement.ts';
import { chance, evidenceOf } from './estimator/test-simulation.ts';
import { EVIDENCE_SOURCES, type EvidenceSource } from './estimator/settings.ts';

const PEOPLE = 60;
const question = (required: (person: number) => number) => ({
	people: PEOPLE,
	competencies: 4,
	required: Int32Array.from({ length: PEOPLE * 4 }, (_, place) => required(Math.floor(place / 4)))
});
/** Rows of one rater each: what they say of everybody in everything. */
const rows = (source: EvidenceSource, rater: number, said: (person: number) => number, quarters = 0) =>
	Array.from({ length: PEOPLE * 4 }, (_, place) => {
		const person = Math.floor(place / 4);
		return [person, place % 4, EVIDENCE_SOURCES.indexOf(source), rater, said(person), quarters];
	});
const random = chance(3);
const able = Array.from({ length: PEOPLE }, () => random.normal(1));
const noisy = (person: number) => (able[person] ?? 0) + random.normal(0.5);

describe('agreement', () => {
	test('between sources is theirs about people, not about posts', () => {
		const level = (person: number) => (person % 2 === 0 ? 1 : 4);
		const alone = [
			rows('self', -1, (p) => level(p) + random.normal(0.5)),
			rows('supervisor', 1, (p) => level(p) + random.normal(0.5))
		].flat();
		const icc = agreementOf(evidenceOf(alone), question(level)).between?.icc;
		expect(Math.abs(icc?.single.twoWayFixed.estimate ?? 1)).toBeLessThan(0.3);
		const real = [rows('self', -1, noisy), rows('supervisor', 1, noisy)].flat();
		const found = agreementOf(
			evidenceOf(real),
			question(() => 0)
		).between;
		expect(found).toMatchObject({ sources: ['supervisor', 'self'], people: PEOPLE, raters: 2 });
		expect(found?.icc?.mean.twoWayFixed.estimate).toBeGreaterThan(0.8);
	});

	test('between peers needs three of them; within people it is r_wg of all who rated', () => {
		const two = [1, 2].flatMap((rater) => rows('peer', rater, noisy));
		expect(
			agreementOf(
				evidenceOf(two),
				question(() => 0)
			).peers
		).toBeNull();
		const three = agreementOf(
			evidenceOf([...two, ...rows('peer', 3, noisy)]),
			question(() => 0)
		);
		expect(three.peers).toMatchObject({ sources: ['peer'], raters: 3 });
		expect(three.within?.people).toBe(PEOPLE);
		expect(three.within?.median).toBeGreaterThan(0.8);
	});

	test('says nothing of few people, of old answers, or of what nobody was asked', () => {
		const old = [rows('self', -1, noisy, 4), rows('supervisor', 1, noisy, 4)].flat();
		expect(
			agreementOf(
				evidenceOf(old),
				question(() => 0)
			)
		).toEqual({ between: null, peers: null, within: null });
		const few = [...rows('self', -1, noisy), ...rows('supervisor', 1, noisy)].filter(
			([person = 0]) => person < 20
		);
		expect(
			agreementOf(
				evidenceOf(few),
				question(() => 0)
			).between
		).toBeNull();
		const unasked = [rows('self', -1, noisy), rows('supervisor', 1, noisy)].flat();
		expect(
			agreementOf(
				evidenceOf(unasked),
				question(() => -1)
			).within
		).toBeNull();
	});
});
