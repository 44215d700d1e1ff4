import { crc32, deflateSync } from 'node:zlib';

export type Color = readonly [number, number, number];
export type Canvas = {
	width: number;
	height: number;
	/** Fills a rectangle; what lies outside is cut off. */
	box: (x: number, y: number, width: number, height: number, color: Color) => void;
	png: () => Buffer;
};

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A picture drawn by the demo itself, so that no photograph of anybody has to be carried along. PNG, 8-bit RGB. */
export function canvas(width: number, height: number, ground: Color): Canvas {
	const stride = width * 3 + 1;
	const pixels = Buffer.alloc(stride * height);
	const box: Canvas['box'] = (x, y, w, h, color) => {
		const from = Math.max(0, x);
		const line = Buffer.alloc(Math.max(0, Math.min(width, x + w) - from) * 3);
		for (let at = 0; at < line.length; at++) line[at] = color[at % 3] ?? 0;
		for (let row = Math.max(0, y); row < Math.min(height, y + h); row++)
			line.copy(pixels, row * stride + 1 + from * 3);
	};
	box(0, 0, width, height, ground);
	return {
		width,
		height,
		box,
		png: () => {
			const header = Buffer.alloc(13);
			header.writeUInt32BE(width, 0);
			header.writeUInt32BE(height, 4);
			// 8 bits, colour type 2 = RGB, no interlacing.
			header.set([8, 2, 0, 0, 0], 8);
			return Buffer.concat([
				SIGNATURE,
				chunk('IHDR', header),
				chunk('IDAT', deflateSync(pixels, { level: 9 })),
				chunk('IEND', Buffer.alloc(0))
			]);
		}
	};
}

function chunk(kind: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
}

const PAPER: Color = [250, 248, 243];
const INK: Color = [58, 60, 74];
const NILA: Color = [56, 76, 162];
const KUNYIT: Color = [214, 151, 38];

/** Bars for the hours from 08 to 15: the picture of the lesson on queues. The two busiest stand out. */
export function arrivalsChart(arrivals: readonly number[]): Buffer {
	const picture = canvas(640, 300, PAPER);
	const most = Math.max(...arrivals);
	const busiest = arrivals.toSorted((a, b) => b - a)[1] ?? most;
	const step = Math.floor(580 / arrivals.length);
	arrivals.forEach((count, index) => {
		const height = Math.round((count / most) * 230);
		picture.box(36 + index * step, 262 - height, step - 14, height, count >= busiest ? KUNYIT : NILA);
	});
	picture.box(28, 262, 590, 3, INK);
	return picture.png();
}

const CLOTHES: readonly Color[] = [NILA, KUNYIT, [120, 82, 66], [44, 110, 98]];

/** A counter with chairs and people of blocks: evidence of a check-in that shows nobody. */
export function counterPicture(people: number, open: number): Buffer {
	const picture = canvas(480, 320, [232, 228, 218]);
	picture.box(0, 250, 480, 70, [196, 188, 172]);
	for (let desk = 0; desk < 3; desk++) {
		picture.box(40 + desk * 140, 120, 120, 60, [150, 120, 90]);
		picture.box(52 + desk * 140, 70, 96, 44, desk < open ? [120, 190, 150] : [205, 205, 205]);
	}
	for (let person = 0; person < people; person++) {
		const color = CLOTHES[person % CLOTHES.length] ?? NILA;
		picture.box(48 + person * 42, 212, 22, 60, color);
		picture.box(51 + person * 42, 192, 16, 18, [176, 132, 98]);
	}
	return picture.png();
}
