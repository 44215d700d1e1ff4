import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const LONGEST = 1000;
/** Names that belong to nobody in the world, or to the house network. */
const INSIDE =
	/(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|invalid|test|example|arpa)$/;

/**
 * Whether this can be the address of a push service: https at its own port on a host with a public name. The browser
 * hands it to us, so whoever sits there could as well hand us the address of a machine in the server room. `allowed` is
 * an origin that the installation names itself.
 */
export function isPushAddress(endpoint: string, allowed: string | null = null): boolean {
	if (endpoint.length > LONGEST || !URL.canParse(endpoint)) return false;
	const url = new URL(endpoint);
	if (url.username !== '' || url.password !== '' || url.hash !== '') return false;
	if (allowed !== null && url.origin === allowed) return true;
	// URL has made 127.1 and 0x7f000001 into 127.0.0.1 by now, and 443 into no port.
	const host = url.hostname.replace(/\.$/, '');
	return (
		url.protocol === 'https:' &&
		url.port === '' &&
		!host.startsWith('[') &&
		isIP(host) === 0 &&
		/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host) &&
		!INSIDE.test(host)
	);
}

const closed = new BlockList();
for (const [net, bits] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 3]
] as const)
	closed.addSubnet(net, bits, 'ipv4');

const open = new BlockList();
// All that is given out to the world today; addresses that carry an IPv4 one inside are not in question.
open.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
	['2001::', 23],
	['2001:db8::', 32],
	['2002::', 16],
	['3fff::', 20]
] as const)
	closed.addSubnet(net, bits, 'ipv6');

/** Whether an address lies in the open internet. */
export function isPublicIp(address: string): boolean {
	const family = isIP(address);
	if (family === 4) return !closed.check(address, 'ipv4');
	return family === 6 && open.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

export const NOT_PUBLIC = 'EASAHINSIDE';

/**
 * Looks a name up at the moment of connecting, and refuses when any of its addresses lies inside: a name may point
 * elsewhere today than when it was subscribed.
 */
export const publicLookup: LookupFunction = (host, options, done) => {
	lookup(host, { ...options, all: true }, (error, found) => {
		if (error) return done(error, '');
		const [first] = found;
		if (first === undefined || !found.every(({ address }) => isPublicIp(address)))
			return done(Object.assign(new Error('not in the open internet'), { code: NOT_PUBLIC }), '');
		if (options.all === true) done(null, found);
		else done(null, first.address, first.family);
	});
};
