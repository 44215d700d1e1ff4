/** Offices that more than one page of the plan names. */
export const SCHOOLS = 'Dinas Pendidikan dan Kebudayaan';
export const HEALTH = 'Dinas Kesehatan';
export const MARELAN = 'Kecamatan Medan Marelan';
export const ONE_STOP = 'Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu';
