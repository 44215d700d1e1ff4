import { expect, test } from 'vitest';
import { inLanguage } from '#platform/i18n/language.server.ts';
import { needName } from './need-words.ts';

test.each([
	['id', 'Kerja Sama', 'Collaboration', 'Kerja Sama'],
	['en', 'Kerja Sama', 'Collaboration', 'Collaboration'],
	['en', 'Bahasa isyarat', null, 'Bahasa isyarat']
])('a need read in %s, of %s / %s, is called %s', (language, topic, topicEn, name) => {
	const need = { kind: 'competency' as const, element: null, topic, topicEn };
	expect(inLanguage(language, () => needName(need))).toBe(name);
});
