import { expect, test } from 'vitest';
import { formCode } from '#slices/programs/public.ts';
import { AddSession } from './input.ts';

const ID = '0190b5a0-0000-7000-8000-000000000001';
const POINT = { latitude: 3.59, longitude: 98.67, radiusM: 150 };
const LINK = { meetingLink: 'https://rapat.contoh.go.id/1' };

/** Every way of learning that the office asks for, as the form of its program and the shape of its sessions. */
const WAYS: [way: string, form: string, session: object][] = [
	['in class', 'KL03', { mode: 'class', roomId: ID }],
	['in the field', 'NK06', { mode: 'field', ...POINT }],
	['online, live', 'NK04', { mode: 'online', ...LINK }],
	['online, at one’s own pace', 'NK03', { mode: 'self_paced' }],
	['blended: in a room and by a link', 'KL03', { mode: 'class', roomId: ID, ...LINK }],
	['workshop', 'KL07', { mode: 'class', roomId: ID }],
	['seminar with a speaker from outside', 'KL06', { mode: 'class', roomId: ID, guests: 'Dr. Contoh, USU' }],
	['coaching in pairs', 'NK01', { mode: 'class', members: '198503122010011004', facilitators: [{ nip: '198503122010011005', kind: 'coach' }] }], // prettier-ignore
	['mentoring in pairs', 'NK02', { mode: 'online', ...LINK, members: '198503122010011004' }],
	['internship', 'NK12', { mode: 'workplace', ...POINT }],
	['benchmarking', 'NK07', { mode: 'field', ...POINT }],
	['community of practice', 'NK10', { mode: 'class', place: 'Aula sekolah' }],
	['self-study', 'NK09', { mode: 'self_paced' }],
	['a night watch', 'NK11', { mode: 'workplace', from: '22:00', to: '05:00', toNextDay: true }]
];

test.each(WAYS)('%s can be said', (_, form, session) => {
	expect(formCode(form)).toBe(form);
	const typed = { classId: ID, topic: 'Antrean', on: '2027-03-02', from: '08:00', to: '10:00', ...session };
	expect(AddSession.safeParse(typed).error?.issues ?? []).toEqual([]);
});

test.each([
	['a room and a point at once', { mode: 'class', roomId: ID, ...POINT }],
	['half a point', { mode: 'field', latitude: 3.59 }],
	['a link that is not safe', { mode: 'online', meetingLink: 'http://rapat.contoh.go.id' }],
	['a link that is a script', { mode: 'online', meetingLink: 'javascript:alert(1)' }],
	['a facilitator who is no such thing', { mode: 'class', facilitators: [{ kind: 'ahli' }] }]
])('%s is refused', (_, session) => {
	const typed = { classId: ID, topic: 'Antrean', on: '2027-03-02', from: '08:00', to: '10:00', ...session };
	expect(AddSession.safeParse(typed).success).toBe(false);
});
