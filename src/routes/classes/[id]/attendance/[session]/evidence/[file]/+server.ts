import { endpoint } from '#platform/http/page.ts';
import { sheetFile } from '#slices/classes/server/queries/sheet-around.ts';

export const GET = endpoint(async ({ db, actor, id }) => {
	const { name, mime, content } = await sheetFile(db, actor, id('session'), id('file'));
	// A picture is looked at here; a PDF could run scripts of its own, so it is opened by the reader's own program.
	const shown = mime.startsWith('image/') ? 'inline' : 'attachment';
	return new Response(new Uint8Array(content), {
		headers: {
			'content-type': mime,
			'content-length': String(content.length),
			'content-disposition': `${shown}; filename*=UTF-8''${encodeURIComponent(name)}`,
			'content-security-policy': "default-src 'none'; sandbox",
			'x-content-type-options': 'nosniff'
		}
	});
});
