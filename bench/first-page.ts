import { loadavg } from 'node:os';
import type { Browser, BrowserContext } from 'playwright-core';
import { openBrowser } from '../tests/make/browser.ts';
import { serveCity } from './served-city.ts';

// What a phone fetches for a page it opens for the first time: nothing in its cache, 360 px wide, the built app. Counted
// are the bytes of HTML, CSS and JavaScript as they arrive (compressed), until the page is quiet; the typeface waits and
// is told apart, and so are the headers, which a proxy with HTTP/2 squeezes.
const BUDGET_KB = 75;

type Kind = 'HTML' | 'CSS' | 'JS' | 'font' | 'other';
const KINDS: Record<string, Kind> = { Document: 'HTML', Stylesheet: 'CSS', Script: 'JS', Font: 'font' };
type Weight = Record<Kind, number> & { requests: number; headers: number };
type Row = Record<string, string | number | boolean>;

const city = await serveCity();
const browser = await openBrowser();
const rows: Row[] = [];
let tooHeavy = false;

try {
	await weighed('sign-in page', '/sign-in', undefined, true);
	const state = await signedIn(browser);
	await weighed('employee’s first page', '/', state, true);
	await weighed('learning', '/learning', state);
	const course = await linkOn('/learning', /^\/learning\/[0-9a-f-]{36}$/, state);
	await weighed('a course', course, state);
	await weighed('a lesson', await linkOn(course, /\/lesson\//, state), state);
	await weighed('a quiz being taken', await linkOn('/learning', /\/attempt\//, state), state);
	await weighed('self rating', '/needs/rate', state);
	await weighed('list of classes', '/classes', state);
	await weighed('a class', await linkOn('/classes', /^\/classes\/[0-9a-f-]{36}$/, state), state);
	await weighed('own certificates', '/credentials', state);
} finally {
	await browser.close();
	await city.stop();
}
console.table(rows);
console.log(`load afterwards: ${(loadavg()[0] ?? 0).toFixed(1)}`);
if (tooHeavy) process.exitCode = 1;

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

/** `isFirst`: a page on which a person arrives, so that it must keep the budget; the others are shown against it. */
async function weighed(what: string, path: string, state?: State, isFirst = false): Promise<void> {
	const weight = await weightOf(path, state);
	const all = weight.HTML + weight.CSS + weight.JS;
	if (isFirst && all > BUDGET_KB) tooHeavy = true;
	const kb = (value: number) => Number(value.toFixed(1));
	rows.push({
		page: what,
		HTML: kb(weight.HTML),
		CSS: kb(weight.CSS),
		JS: kb(weight.JS),
		'together, KB': kb(all),
		'at most': BUDGET_KB,
		ok: all <= BUDGET_KB,
		requests: weight.requests,
		headers: kb(weight.headers),
		font: kb(weight.font)
	});
}

async function weightOf(path: string, state?: State): Promise<Weight> {
	const context = await phone(state);
	const page = await context.newPage();
	const network = await context.newCDPSession(page);
	await network.send('Network.enable');
	const weight: Weight = { HTML: 0, CSS: 0, JS: 0, font: 0, other: 0, requests: 0, headers: 0 };
	const under: Record<string, { kind: Kind; headers: number }> = {};
	network.on('Network.responseReceived', ({ requestId, type, response }) => {
		if (!response.url.startsWith('http')) return;
		under[requestId] = { kind: KINDS[type] ?? 'other', headers: response.encodedDataLength };
	});
	network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		const request = under[requestId];
		if (!request) return;
		weight[request.kind] += (encodedDataLength - request.headers) / 1024;
		weight.headers += request.headers / 1024;
		weight.requests += 1;
	});
	const answer = await page.goto(`${city.url}${path}`, { waitUntil: 'networkidle' });
	if (answer?.status() !== 200) throw new Error(`${path} answered ${String(answer?.status())}`);
	await context.close();
	return weight;
}

async function linkOn(path: string, wanted: RegExp, state: State): Promise<string> {
	const context = await phone(state);
	const page = await context.newPage();
	await page.goto(`${city.url}${path}`);
	const links = await page
		.locator('main a')
		.evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
	await context.close();
	const found = links.find((href) => wanted.test(href));
	if (found === undefined) throw new Error(`${path} leads nowhere like ${String(wanted)}`);
	return found;
}

async function signedIn(browserOfAll: Browser): Promise<State> {
	const context = await browserOfAll.newContext();
	const page = await context.newPage();
	const { username, password } = city.account('Pegawai');
	await page.goto(`${city.url}/sign-in`, { waitUntil: 'networkidle' });
	await page.fill('[name=username]', username);
	await page.fill('[name=password]', password);
	await page.click('main button[type=submit]');
	await page.waitForURL(`${city.url}/`);
	const state = await context.storageState();
	await context.close();
	return state;
}

function phone(state?: State): Promise<BrowserContext> {
	return browser.newContext({
		viewport: { width: 360, height: 740 },
		...(state === undefined ? {} : { storageState: state })
	});
}
