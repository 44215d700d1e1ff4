/** A device on which somebody turned notices on, as its push service and its browser need it. */
export type Device = { id: string; endpoint: string; p256dh: string; auth: string };

/** What a device shows. Encrypted for its browser: the push service carries what it cannot read. */
export type PushNote = {
	title: string;
	body: string;
	/** Path of the page it leads to. */
	href: string;
	language: string;
	/** A newer note of the same thing takes the place of the older, under way and on the screen. */
	tag: string;
};

/**
 * How it went at one device; `why` is a message key. `gone`: nobody is there any more, and it is forgotten. `refused`:
 * this note is taken neither now nor later. `later`: this note not now. `away`: its service takes nothing for now, and
 * is not asked before `retryAt`.
 */
export type Pushed =
	| { outcome: 'sent' }
	| { outcome: 'gone' }
	| { outcome: 'refused'; why: string }
	| { outcome: 'later'; why: string; retryAt?: Date }
	| { outcome: 'away'; why: string; retryAt: Date };

export type Pusher = {
	/** What browsers are told when they subscribe: only who holds its other half may send to them. */
	publicKey: string;
	/** Whether an address can be a push service's at all. */
	takes: (endpoint: string) => boolean;
	/** Never rejects. `ttl`: seconds for which the service keeps it for a device that is off. */
	send: (device: Device, note: PushNote, options: { ttl: number; now: Date }) => Promise<Pushed>;
	close: () => void;
};

let current: Pusher | null = null;

/** Set once at start by an installation that pushes. */
export function usePusher(pusher: Pusher | null): void {
	current = pusher;
}

/** Null: this installation does not push, and nobody is offered it. */
export const pusher = (): Pusher | null => current;
