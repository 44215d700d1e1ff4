import { beforeEach, describe, expect, test } from 'vitest';
import { type Draft, draftName, draftOf, forgetAllDrafts, keepDraft } from './drafts.ts';

function shelfOf(entries: Record<string, string> = {}): Storage {
	const held = new Map(Object.entries(entries));
	return {
		get length() {
			return held.size;
		},
		key: (index) => [...held.keys()][index] ?? null,
		getItem: (name) => held.get(name) ?? null,
		setItem: (name, value) => void held.set(name, value),
		removeItem: (name) => void held.delete(name),
		clear: () => held.clear()
	};
}

const DAY_MS = 86_400_000;
const NAME = draftName('/needs/rate', 'needs.rate');
const draft: Draft = {
	owner: 'Dewi Lubis',
	at: 1_000_000,
	key: 'k-1',
	fields: [
		['level', '3'],
		['note', 'sudah baik']
	]
};
let shelf: Storage;

beforeEach(() => {
	shelf = shelfOf();
	keepDraft(shelf, NAME, draft);
});

describe('a draft on the device', () => {
	test('comes back to the person who typed it, with its key', () => {
		expect(draftOf(shelf, NAME, 'Dewi Lubis', draft.at + DAY_MS)).toEqual(draft);
	});
	test('is never shown to somebody else at the same device, and is thrown away', () => {
		expect(draftOf(shelf, NAME, 'Andi Saputra', draft.at)).toBeNull();
		expect(draftOf(shelf, NAME, 'Dewi Lubis', draft.at)).toBeNull();
	});
	test('lives fourteen days', () => {
		expect(draftOf(shelf, NAME, 'Dewi Lubis', draft.at + 14 * DAY_MS)).not.toBeNull();
		expect(draftOf(shelf, NAME, 'Dewi Lubis', draft.at + 14 * DAY_MS + 1)).toBeNull();
	});
	test('belongs to its form and page only', () => {
		expect(draftOf(shelf, draftName('/needs/rate', 'other'), 'Dewi Lubis', draft.at)).toBeNull();
		expect(draftOf(shelf, draftName('/needs/rate/2', 'needs.rate'), 'Dewi Lubis', draft.at)).toBeNull();
	});
	test.each(['', '{', 'null', '[]', '{"owner":"Dewi Lubis"}', '{"owner":1,"at":"x","key":2,"fields":3}'])(
		'that is broken is no draft: %s',
		(text) => expect(draftOf(shelfOf({ [NAME]: text }), NAME, 'Dewi Lubis', 0)).toBeNull()
	);
	test('that finds no room is lost without a fuss', () => {
		const full: Storage = {
			...shelfOf(),
			setItem: () => {
				throw new DOMException('full', 'QuotaExceededError');
			}
		};
		expect(keepDraft(full, NAME, draft)).toBe(false);
	});
});

test('a page that takes no more leaves no draft of its own behind', () => {
	keepDraft(shelf, draftName('/needs/rate/2', 'needs.rate'), draft);
	forgetAllDrafts(shelf, '/needs/rate');
	expect(Array.from({ length: shelf.length }, (_, index) => shelf.key(index))).toEqual([
		draftName('/needs/rate/2', 'needs.rate')
	]);
});

test('signing out leaves no draft behind and touches nothing else', () => {
	shelf.setItem('other', 'stays');
	keepDraft(shelf, draftName('/plans', 'plans.line'), draft);
	forgetAllDrafts(shelf);
	expect(Array.from({ length: shelf.length }, (_, index) => shelf.key(index))).toEqual(['other']);
});
