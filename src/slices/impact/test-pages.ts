import { inflateRawSync } from 'node:zlib';

/** Pages are objects of type Page, in the file itself or in its packed object streams. */
export function pageCount(pdf: string): number {
	const packed = [...pdf.matchAll(/stream\r?\n/g)].map(({ index, 0: mark }) => {
		try {
			const from = index + mark.length;
			return inflateRawSync(Buffer.from(pdf.slice(from + 2, pdf.indexOf('endstream', from)), 'latin1'), {
				finishFlush: 2
			}).toString('latin1');
		} catch {
			return '';
		}
	});
	return [pdf, ...packed].join('\n').match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0;
}
