import { formatDate, formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';

/** As much of a control as its own browser has judged. */
export type Judged = {
	type: string;
	validity: Partial<ValidityState>;
	min?: string;
	max?: string;
	step?: string;
	minLength?: number;
};

/** What the browser sees wrong with a control, in our words: the limit is named, as the server would name it. */
export function whatIsWrong({
	type,
	validity,
	min = '',
	max = '',
	step = '',
	minLength = 0
}: Judged): string {
	if (validity.valueMissing) return m['kernel.field.required']();
	if (validity.tooShort) return m['kernel.field.tooShort']({ minimum: minLength });
	if (type === 'number') {
		if (validity.badInput) return m['kernel.field.number']();
		if (validity.rangeUnderflow) return m['kernel.field.tooSmall']({ minimum: formatNumber(Number(min), 2) });
		if (validity.rangeOverflow) return m['kernel.field.tooBig']({ maximum: formatNumber(Number(max), 2) });
		if (validity.stepMismatch)
			return ['', '1'].includes(step)
				? m['kernel.field.whole']()
				: m['kernel.field.step']({ step: formatNumber(Number(step), 2) });
	}
	if (type === 'date') {
		if (validity.badInput) return m['kernel.field.date']();
		if (validity.rangeUnderflow) return m['kernel.field.tooEarly']({ date: formatDate(min) });
		if (validity.rangeOverflow) return m['kernel.field.tooLate']({ date: formatDate(max) });
	}
	if (type === 'url' && validity.typeMismatch) return m['kernel.field.address']();
	if (type === 'email' && validity.typeMismatch) return m['kernel.field.email']();
	return m['kernel.field.invalid']();
}
