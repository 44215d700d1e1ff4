/** First match wins: Edge and Opera also call themselves Chrome, Chrome calls itself Safari. */
const BROWSERS: readonly [RegExp, string][] = [
	[/Edg(?:e|A|iOS)?\//, 'Edge'],
	[/OPR\/|Opera/, 'Opera'],
	[/SamsungBrowser\//, 'Samsung Internet'],
	[/UCBrowser\//, 'UC Browser'],
	[/Firefox\/|FxiOS\//, 'Firefox'],
	[/Chrome\/|CriOS\//, 'Chrome'],
	[/Version\/[\d.]+ .*Safari\//, 'Safari']
];
const SYSTEMS: readonly [RegExp, string][] = [
	[/Android/, 'Android'],
	[/iPhone|iPad|iPod/, 'iOS'],
	[/Windows/, 'Windows'],
	[/Mac OS X|Macintosh/, 'macOS'],
	[/CrOS/, 'ChromeOS'],
	[/Linux/, 'Linux']
];

const firstOf = (names: readonly [RegExp, string][], text: string): string | undefined =>
	names.find(([pattern]) => pattern.test(text))?.[1];

/** better-auth keeps the network of an IPv6 address only, written out in full: '2001:db8:0:1::' reads easier. */
export function shownAddress(address: string): string {
	const written = `http://[${address}]`;
	return address.includes(':') && URL.canParse(written) ? new URL(written).hostname.slice(1, -1) : address;
}

/** 'Chrome · Android' for a browser's own description of itself; null when it says nothing we know. */
export function deviceOf(userAgent: string | null): string | null {
	const parts = [firstOf(BROWSERS, userAgent ?? ''), firstOf(SYSTEMS, userAgent ?? '')];
	return parts.filter((part) => part !== undefined).join(' · ') || null;
}
