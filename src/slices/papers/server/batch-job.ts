import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { DB } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { zipOf, type ZipEntry } from '#platform/documents/zip.ts';
import { run } from '#platform/work/run.ts';
import { paperPdf } from '../document/paper-pdf.ts';
import { readFacts } from '../facts.ts';
import { OneBatch } from '../input.ts';
import { keepArchive } from './archive.ts';
import { issueNext } from './commands/batch.ts';
import { logoOf } from './settings.ts';

type Work = {
	jobId: string;
	actor: Actor;
	input: unknown;
	kysely: Kysely<DB>;
	progress: (done: number, total: number) => Promise<void>;
};

/**
 * The job of a batch: letters by transactions of fifty, then one archive of them all. Killed anywhere it goes on where
 * it was; only the archive is begun again. Progress counts each letter twice: issued, and set.
 */
export async function issueBatch({
	jobId,
	actor,
	input,
	kysely,
	progress
}: Work): Promise<{ letters: number }> {
	const { batchId } = OneBatch.parse(input);
	const options = { actor, input: { batchId }, kysely, requestId: jobId };
	for (;;) {
		const { done, total, left } = await run(issueNext, options);
		await progress(done, total * 2);
		if (left === 0) break;
	}
	const letters = await reading(actor.agencyId, (db) => lettersOf(db, batchId), kysely);
	const entries: ZipEntry[] = [];
	for (const { name, stored } of letters) {
		const facts = readFacts(stored);
		const { logoId } = facts.letterhead;
		const logo = await logos(actor.agencyId, logoId, kysely);
		entries.push({ name, content: await paperPdf(facts, logo) });
		if (entries.length % 25 === 0) await progress(letters.length + entries.length, letters.length * 2);
	}
	const kept = { batchId, content: zipOf(entries), name: 'surat.zip' };
	await run(keepArchive, { actor, input: kept, kysely, requestId: jobId });
	await progress(letters.length * 2, letters.length * 2);
	return { letters: letters.length };
}

const remembered = new Map<string, string | null>();

/** A stored logo never changes, so it is read once for all letters. */
async function logos(agencyId: string, logoId: string | null, kysely: Kysely<DB>): Promise<string | null> {
	if (logoId === null) return null;
	const key = `${agencyId}:${logoId}`;
	const known = remembered.get(key);
	if (known !== undefined) return known;
	const logo = await reading(agencyId, (db) => logoOf(db, logoId), kysely);
	remembered.clear();
	remembered.set(key, logo);
	return logo;
}

async function lettersOf(db: Parameters<Parameters<typeof reading>[1]>[0], batchId: string) {
	const { rows } = await sql<{ name: string; stored: unknown }>`
		select lpad(p.counter::text, 4, '0') || '-' || p.kind || '-' ||
			regexp_replace(left(coalesce(u.name, ''), 60), '[^[:alnum:]]+', '-', 'g') || '.pdf' as name, p.facts as stored
		from papers.paper p left join people.unit u on u.agency_id = p.agency_id and u.id = p.unit_id
		where p.agency_id = platform.current_agency() and p.batch_id = ${batchId} and p.status = 'issued'
		order by p.counter`.execute(db);
	return rows;
}
