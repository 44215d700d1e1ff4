import { invalidField, missing } from '#kernel/errors.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { storeFile } from '#platform/files/store-file.ts';
import { withoutMetadata } from '#platform/files/strip-metadata.ts';
import { personByNip } from '#slices/people/public.server.ts';
import { command } from '#platform/work/command.ts';
import { canIssue } from '../../access.ts';
import { logoProof } from '../../document/logo-proof.ts';
import { AddSignatory, EndSignatory, SetLetterhead, SetNumbering } from '../../input.ts';
import { logoSvg, MOST_LOGO_BYTES } from '../../logo.ts';
import { pictureSize } from '#platform/files/picture-size.ts';
import { letterheadOn } from '../settings.ts';

/**
 * The letterhead from a day on; the former stays for papers of before. Refuses: a logo that is neither PNG nor JPEG
 * by its content, larger than 1 MB, or that can't be printed.
 */
export const setLetterhead = command(
	'papers.setLetterhead',
	SetLetterhead,
	async ({ tx, actor, now, permit, note }, { logo, removeLogo, validFrom, ...lines }) => {
		permit(canIssue(actor));
		const kept = removeLogo ? null : ((await letterheadOn(tx, validFrom))?.logoId ?? null);
		const id = newId(now.getTime());
		await tx
			.insertInto('papers.letterhead')
			.values({
				agency_id: actor.agencyId,
				id,
				valid_from: validFrom,
				government: lines.government,
				office: lines.office,
				address: lines.address,
				city: lines.city,
				postal_code: lines.postalCode,
				phone: lines.phone,
				email: lines.email,
				website: lines.website,
				logo_id: logo === undefined ? kept : await storeLogo(tx, actor, now, logo),
				set_by: actor.accountId,
				set_by_name: actor.name,
				set_at: now
			})
			.execute();
		note({ letterheadId: id });
		return { letterheadId: id };
	},
	{ summary: 'Set the letterhead from a day on' }
);

async function storeLogo(
	tx: Tx,
	actor: Actor,
	now: Date,
	logo: { name: string; base64: string }
): Promise<string> {
	const content = Buffer.from(withoutMetadata(Buffer.from(logo.base64, 'base64')));
	const size = pictureSize(content);
	const svg = logoSvg(content);
	if (size === null || svg === null) throw invalidField('logo', 'papers.logo.wrongKind');
	if (content.length > MOST_LOGO_BYTES) throw invalidField('logo', 'papers.logo.tooLarge');
	if (!(await logoProof(svg))) throw invalidField('logo', 'papers.logo.unprintable');
	return storeFile(tx, actor, now, { room: 'papers', name: logo.name, mime: size.mime, content });
}

/** How papers of a kind are numbered from a day on, and who gets a copy. */
export const setNumbering = command(
	'papers.setNumbering',
	SetNumbering,
	async ({ tx, actor, now, permit, note }, { kind, validFrom, pattern, series, copies }) => {
		permit(canIssue(actor));
		const id = newId(now.getTime());
		await tx
			.insertInto('papers.numbering')
			.values({
				agency_id: actor.agencyId,
				id,
				kind,
				valid_from: validFrom,
				pattern,
				series: series ?? kind,
				copies,
				set_by: actor.accountId,
				set_by_name: actor.name,
				set_at: now
			})
			.execute();
		note({ numberingId: id });
		return { numberingId: id };
	},
	{ summary: 'Set the numbering of a kind of paper from a day on' }
);

/** Somebody who signs, from a day on. Refuses: nobody who works here under this NIP. */
export const addSignatory = command(
	'papers.addSignatory',
	AddSignatory,
	async ({ tx, actor, now, permit, note }, input) => {
		permit(canIssue(actor));
		const personId = await personByNip(tx, actor.agencyId, input.nip);
		if (personId === undefined) throw invalidField('nip', 'papers.field.unknownNip');
		const id = newId(now.getTime());
		await tx
			.insertInto('papers.signatory')
			.values({
				agency_id: actor.agencyId,
				id,
				kind: input.kind ?? null,
				person_id: personId,
				capacity: input.capacity,
				post: input.post,
				own_post: input.ownPost,
				basis: input.basis,
				valid_from: input.validFrom,
				valid_to: input.validTo ?? null,
				set_by: actor.accountId,
				set_by_name: actor.name,
				set_at: now
			})
			.execute();
		note({ signatoryId: id, personId });
		return { signatoryId: id };
	},
	{ summary: 'Add somebody who signs papers' }
);

/** Until which day somebody signs; papers already signed stay as they are. Refuses: missing, a day before the first. */
export const endSignatory = command(
	'papers.endSignatory',
	EndSignatory,
	async ({ tx, actor, permit, note }, { signatoryId, validTo }) => {
		const row = await tx
			.selectFrom('papers.signatory')
			.select(['id', 'valid_from'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', signatoryId)
			.executeTakeFirst();
		if (!row) throw missing();
		permit(canIssue(actor));
		if (validTo <= row.valid_from) throw invalidField('validTo', 'papers.signatory.endsBefore');
		await tx
			.updateTable('papers.signatory')
			.set({ valid_to: validTo, ended_by_name: actor.name })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', signatoryId)
			.execute();
		note({ signatoryId });
		return { signatoryId };
	},
	{ summary: 'End the right of somebody to sign papers' }
);
