import { expect, test } from 'vitest';
import { z } from 'zod';
import { shaped } from './shape.ts';

const Shape = z.object({ lines: z.array(z.object({ said: z.string() })), file: z.instanceof(Uint8Array) });
const input = (said: string) => ({ lines: [{ said: 'Antre' }, { said }], file: new Uint8Array([0]) });

test('a character that no database keeps is refused beside its field, and bytes of a file are not text', () => {
	expect(shaped(Shape, input('lama'))).toMatchObject({ lines: [{ said: 'Antre' }, { said: 'lama' }] });
	expect(() => shaped(Shape, input('la\0ma'))).toThrow(
		expect.objectContaining({
			kind: 'invalid',
			issues: [{ path: 'lines.1.said', code: 'kernel.field.invalid', params: {} }]
		})
	);
});
