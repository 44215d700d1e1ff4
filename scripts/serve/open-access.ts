// A process of its own, whose connections end with it: `ASAH_OPEN_ACCESS=NIP npm start`.
import { rescue } from '#app/server/rescue.ts';
import { AppError } from '#kernel/errors.ts';
import { complain, say } from '../terminal.mjs';

process.on('disconnect', () => process.exit(1));

const username = process.argv[2] ?? '';
const opened = await rescue(username).catch((error: unknown) => {
	if (error instanceof AppError && error.kind === 'refused') return 'left' as const;
	throw error;
});
if (opened === null) complain('access.nobody', { username });
else if (opened === 'left') complain('access.left', { username });
else say('access.code', { username: opened.username, code: opened.code });
process.exit(0);
