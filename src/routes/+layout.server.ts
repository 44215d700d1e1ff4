import { menuOf } from '#app/server/menu.ts';
import { publicPage } from '#platform/http/page.ts';
import { getLocale } from '#platform/i18n/messages.ts';
import { say } from '#platform/i18n/say.server.ts';

export const load = publicPage(async ({ locals: { ctx }, url, cookies }) => ({
	agencyName: ctx.agency?.name ?? null,
	timeZone: ctx.agency?.timeZone ?? null,
	language: getLocale(),
	unread: ctx.unread,
	theme: cookies.get('asah_theme') ?? 'auto',
	actor: ctx.actor && {
		name: ctx.actor.name,
		hatKey: ctx.actor.hat?.key ?? null,
		hats: ctx.hats.map((hat) => ({ key: hat.key, label: `${say(`app.role.${hat.role}`)} · ${hat.unitName}` }))
	},
	menu: ctx.actor
		? menuOf(ctx.actor, url.pathname).map((item) => ({ ...item, label: say(`app.menu.${item.room}`) }))
		: []
}));
