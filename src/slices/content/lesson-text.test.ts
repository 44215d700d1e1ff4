import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lessonBlocks, spansOf, type Block } from './lesson-text.ts';

describe('the marks of a lesson', () => {
	test('headings, paragraphs and lists become blocks in their order', () => {
		const blocks = lessonBlocks(
			'# Antrean\n\nWarga menunggu\nlama.\n\n- tiket\n- panggilan\n1. buka loket\n2) layani\n### Catatan'
		);
		expect(blocks).toEqual([
			{ kind: 'heading', level: 2, spans: [{ text: 'Antrean' }] },
			{ kind: 'paragraph', spans: [{ text: 'Warga menunggu\nlama.' }] },
			{ kind: 'list', ordered: false, items: [[{ text: 'tiket' }], [{ text: 'panggilan' }]] },
			{ kind: 'list', ordered: true, items: [[{ text: 'buka loket' }], [{ text: 'layani' }]] },
			{ kind: 'heading', level: 3, spans: [{ text: 'Catatan' }] }
		]);
	});

	test('bold, italic and links are words with a mark', () => {
		expect(spansOf('Baca **ini** dan *itu* di [LAN](https://lan.go.id/a?b=1).')).toEqual([
			{ text: 'Baca ' },
			{ text: 'ini', bold: true },
			{ text: ' dan ' },
			{ text: 'itu', italic: true },
			{ text: ' di ' },
			{ text: 'LAN', href: 'https://lan.go.id/a?b=1' },
			{ text: '.' }
		]);
	});

	test('a line under an item goes on with it', () => {
		expect(lessonBlocks('- satu\n  lanjutan\n- dua')).toEqual([
			{ kind: 'list', ordered: false, items: [[{ text: 'satu lanjutan' }], [{ text: 'dua' }]] }
		]);
	});

	test('Windows line ends and a star alone change nothing', () => {
		expect(lessonBlocks('a\r\n\r\n2 * 3 = 6')).toEqual([
			{ kind: 'paragraph', spans: [{ text: 'a' }] },
			{ kind: 'paragraph', spans: [{ text: '2 * 3 = 6' }] }
		]);
	});
});

describe('what a lesson cannot do', () => {
	test.each([
		'javascript:alert(1)',
		'data:text/html,x',
		'JaVaScRiPt:alert(1)',
		'//evil.example',
		'vbscript:x',
		'file:///etc/passwd'
	])('a link to %s stays text', (address) => {
		const text = `[klik](${address})`;
		expect(spansOf(text)).toEqual([{ text }]);
	});

	test('HTML stays the letters it is made of', () => {
		const text = '<script>alert(1)</script> <img src=x onerror=alert(1)>';
		expect(lessonBlocks(text)).toEqual([{ kind: 'paragraph', spans: [{ text }] }]);
	});

	const words = (blocks: Block[]) =>
		blocks
			.flatMap((block) => (block.kind === 'list' ? block.items.flat() : block.spans))
			.map(({ text }) => text);

	test('whatever is typed, no link leads anywhere unsafe and nothing is invented', () => {
		const marks = fc.constantFrom(
			'**',
			'*',
			'[',
			']',
			'(',
			')',
			'#',
			'- ',
			'1. ',
			'\n',
			'\n\n',
			'javascript:',
			'https://',
			'kata ',
			'<b>',
			'/',
			' '
		);
		fc.assert(
			fc.property(
				fc.array(marks, { maxLength: 60 }).map((parts) => parts.join('')),
				(text) => {
					const blocks = lessonBlocks(text);
					const spans = blocks.flatMap((block) => (block.kind === 'list' ? block.items.flat() : block.spans));
					for (const { href } of spans) expect(href ?? '/').toMatch(/^(https?:\/\/|mailto:|\/(?!\/))/i);
					for (const word of words(blocks).flatMap((part) => part.split(/\s+/))) expect(text).toContain(word);
				}
			)
		);
	});

	test('a long line of stars and brackets does not hold the page up', () => {
		const started = performance.now();
		lessonBlocks('**'.repeat(25_000));
		lessonBlocks('['.repeat(50_000));
		lessonBlocks('*a'.repeat(25_000));
		expect(performance.now() - started).toBeLessThan(1000);
	});
});
