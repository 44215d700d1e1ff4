import { getContext, setContext } from 'svelte';

/** What a field and a button need to know of the form around them. */
export type FormAround = {
	id: string;
	readonly busy: boolean;
	/** What is wrong with this field, in words; undefined when nothing is. */
	issue: (name: string) => string | undefined;
	/** The form came back refused: what was left empty then is empty on purpose. */
	readonly refused: boolean;
	/** What was typed into it when the form was refused; undefined when it was not. */
	given: (name: string) => string | string[] | undefined;
	/** A field tells its label, so that the summary can name it. */
	named: (name: string, label: string) => void;
};

/** What a control needs to know of the field around it. */
export type FieldAround = {
	id: string;
	name: string;
	readonly required: boolean;
	readonly describedBy: string | undefined;
	readonly invalid: boolean;
	readonly given: string | string[] | undefined;
};

const FORM = Symbol('form');
const FIELD = Symbol('field');

export const setForm = (form: FormAround): FormAround => setContext(FORM, form);
export const formAround = (): FormAround | undefined => getContext<FormAround | undefined>(FORM);
export const setField = (field: FieldAround): FieldAround => setContext(FIELD, field);
export const fieldAround = (): FieldAround | undefined => getContext<FieldAround | undefined>(FIELD);

/** `seats:number`, `rate:whole` and `choices[]` say how to read a field; refusals name it without that. */
export const issuePath = (name: string): string => name.replace(/(\[\])?(:(number|whole|boolean))?$/, '');

/** An address inside the page for a field: what HTML allows in an id and a selector needs no escape for. */
export const fieldId = (form: string, name: string): string =>
	`${form}-${issuePath(name).replace(/[^\w-]/g, '-')}`;

/** The typed text, for controls that hold one. */
export const oneOf = (given: string | string[] | undefined): string | undefined =>
	Array.isArray(given) ? given[0] : given;

/** The typed texts, for controls that hold several. */
export const allOf = (given: string | string[] | undefined): string[] | undefined =>
	typeof given === 'string' ? [given] : given;
