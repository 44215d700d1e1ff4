type Reader = { detect: (picture: HTMLVideoElement) => Promise<{ rawValue: string }[]> };

/** The browser's own reader of QR codes; null where it has none (Firefox, Safari, most desktops). */
export function barcodeReader(): Reader | null {
	const made: unknown = Reflect.get(globalThis, 'BarcodeDetector');
	if (typeof made !== 'function') return null;
	const reader: unknown = Reflect.construct(made, [{ formats: ['qr_code'] }]);
	return isReader(reader) ? reader : null;
}

const isReader = (value: unknown): value is Reader =>
	typeof value === 'object' && value !== null && 'detect' in value && typeof value.detect === 'function';
