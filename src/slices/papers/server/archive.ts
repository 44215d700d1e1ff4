import { z } from 'zod';
import { storeFile } from '#platform/files/store-file.ts';
import { command } from '#platform/work/command.ts';
import { canIssue } from '../access.ts';
import { OneBatch } from '../input.ts';
import { lockBatch } from './commands/batch.ts';

/**
 * Keeps the archive of a batch whose letters have all been issued; the job's last step. No machine sends bytes
 * here, so it does not stand among the commands that are offered to them.
 */
export const keepArchive = command(
	'papers.keepArchive',
	OneBatch.extend({ content: z.instanceof(Uint8Array), name: z.string().max(200) }),
	async ({ tx, actor, now, permit, note }, { batchId, content, name }) => {
		await lockBatch(tx, actor.agencyId, batchId);
		permit(canIssue(actor));
		const fileId = await storeFile(tx, actor, now, {
			room: 'papers',
			name,
			mime: 'application/zip',
			content: Buffer.from(content.buffer, content.byteOffset, content.byteLength)
		});
		await tx
			.updateTable('papers.batch')
			.set({ file_id: fileId })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', batchId)
			.execute();
		note({ batchId });
		return { fileId };
	},
	{ summary: 'Keep the archive of a batch of letters' }
);
