import type { CivilDate } from '#kernel/time.ts';
import type { HolidayKind } from './model.ts';

/** A day as the national calendar has it; `sure` is false where the decree for the year is still to come. */
export type NationalHoliday = {
	onDay: CivilDate;
	name: string;
	kind: HolidayKind;
	sure: boolean;
	source: string;
};

const SKB_2026 = 'SKB 3 Menteri No. 1497/2025, 2/2025, 5/2025';
const FIXED = 'Tanggal tetap: Keppres 251/1967, 24/2013, 24/2016';
const RECKONED = 'Perhitungan kalender; menunggu SKB 3 Menteri 2027';

const national = (source: string, sure: boolean, days: readonly (readonly [CivilDate, string])[]) =>
	days.map(([onDay, name]) => ({ onDay, name, kind: 'national' as const, sure, source }));
const jointLeave = (source: string, sure: boolean, days: readonly (readonly [CivilDate, string])[]) =>
	days.map(([onDay, name]) => ({ onDay, name, kind: 'joint_leave' as const, sure, source }));

/**
 * National holidays as data: published ones with their decree, for 2027 the fixed ones and, marked as reckoned, those
 * that follow the moon or Easter. Every agency keeps its own copy, which it may change and add to.
 */
export const NATIONAL_HOLIDAYS: readonly NationalHoliday[] = [
	...national(SKB_2026, true, [
		['2026-01-01', 'Tahun Baru 2026 Masehi'],
		['2026-01-16', 'Isra Mikraj Nabi Muhammad saw.'],
		['2026-02-17', 'Tahun Baru Imlek 2577 Kongzili'],
		['2026-03-19', 'Hari Suci Nyepi (Tahun Baru Saka 1948)'],
		['2026-03-21', 'Idulfitri 1447 Hijriah'],
		['2026-03-22', 'Idulfitri 1447 Hijriah (hari kedua)'],
		['2026-04-03', 'Wafat Yesus Kristus'],
		['2026-04-05', 'Kebangkitan Yesus Kristus (Paskah)'],
		['2026-05-01', 'Hari Buruh Internasional'],
		['2026-05-14', 'Kenaikan Yesus Kristus'],
		['2026-05-27', 'Iduladha 1447 Hijriah'],
		['2026-05-31', 'Hari Raya Waisak 2570 BE'],
		['2026-06-01', 'Hari Lahir Pancasila'],
		['2026-06-16', '1 Muharam Tahun Baru Islam 1448 Hijriah'],
		['2026-08-17', 'Proklamasi Kemerdekaan'],
		['2026-08-25', 'Maulid Nabi Muhammad saw.'],
		['2026-12-25', 'Kelahiran Yesus Kristus (Natal)']
	]),
	...jointLeave(SKB_2026, true, [
		['2026-02-16', 'Cuti bersama Imlek'],
		['2026-03-18', 'Cuti bersama Nyepi'],
		['2026-03-20', 'Cuti bersama Idulfitri'],
		['2026-03-23', 'Cuti bersama Idulfitri'],
		['2026-03-24', 'Cuti bersama Idulfitri'],
		['2026-05-15', 'Cuti bersama Kenaikan Yesus Kristus'],
		['2026-05-28', 'Cuti bersama Iduladha'],
		['2026-12-24', 'Cuti bersama Natal']
	]),
	...national(FIXED, true, [
		['2027-01-01', 'Tahun Baru 2027 Masehi'],
		['2027-05-01', 'Hari Buruh Internasional'],
		['2027-06-01', 'Hari Lahir Pancasila'],
		['2027-08-17', 'Proklamasi Kemerdekaan'],
		['2027-12-25', 'Kelahiran Yesus Kristus (Natal)']
	]),
	...national(RECKONED, false, [
		['2027-01-05', 'Isra Mikraj Nabi Muhammad saw.'],
		['2027-02-06', 'Tahun Baru Imlek 2578 Kongzili'],
		['2027-03-08', 'Hari Suci Nyepi (Tahun Baru Saka 1949)'],
		['2027-03-10', 'Idulfitri 1448 Hijriah'],
		['2027-03-11', 'Idulfitri 1448 Hijriah (hari kedua)'],
		['2027-03-26', 'Wafat Yesus Kristus'],
		['2027-03-28', 'Kebangkitan Yesus Kristus (Paskah)'],
		['2027-05-06', 'Kenaikan Yesus Kristus'],
		['2027-05-17', 'Iduladha 1448 Hijriah'],
		['2027-05-20', 'Hari Raya Waisak 2571 BE'],
		['2027-06-06', '1 Muharam Tahun Baru Islam 1449 Hijriah'],
		['2027-08-15', 'Maulid Nabi Muhammad saw.']
	])
];

export const RAMADANS: readonly { startsOn: CivilDate; endsOn: CivilDate; sure: boolean }[] = [
	{ startsOn: '2026-02-19', endsOn: '2026-03-20', sure: true },
	{ startsOn: '2027-02-08', endsOn: '2027-03-09', sure: false }
];

/** Years for which there is something to take over. */
export const HOLIDAY_YEARS: readonly number[] = [
	...new Set(NATIONAL_HOLIDAYS.map(({ onDay }) => Number(onDay.slice(0, 4))))
];
