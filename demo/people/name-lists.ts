/** Common given and family names of each people; nobody's own name, only the words names are made of. */

export type NameList = {
	faiths: readonly (readonly [faith: string, weight: number])[];
	male: { first: readonly string[]; second: readonly string[] };
	female: { first: readonly string[]; second: readonly string[] };
	/** Marga, mado, fam; empty where people carry none. */
	families: readonly string[];
	/** Chance of a second given name before a family name, and of carrying the family name. */
	second: number;
	family: number;
};

const words = (text: string): readonly string[] => text.trim().split(/\s+/);
const ISLAM = [['Islam', 1]] as const;
const CHRISTIAN = [
	['Kristen', 8],
	['Katolik', 2]
] as const;

const BATAK_GIVEN = {
	male: {
		first:
			words(`Hotman Parulian Togar Maruli Sahat Tumpal Ramot Binsar Jonatan Daniel Samuel Andreas Rikardo Ferdinand
			Hendrik Marolop Poltak Bonar Manahan Saut Pardamean Gomgom Lamhot Jogi Benny Edward Robert Frans Juanda Mangasi Pintor
			Sabar Tohap Riduan Charles Jefri Josua Markus Lukas Yosef Martin Rudolf Albert Wesly Holong Haposan Hasiholan Efendi`),
		second:
			words(`Parsaoran Parlindungan Hamonangan Martua Halomoan Mangatur Hasudungan Oloan Monang Pardomuan Tua Sahala
			Roganda Fernando Alexander Immanuel Kristian Antonius Gabriel Juniper Tulus Saputra`)
	},
	female: {
		first:
			words(`Tiurma Rotua Lasma Riama Hotmaida Rosmawati Dameria Ester Novita Kristina Melva Roslinda Marlina Duma Santi
			Ruth Debora Yohana Tetty Nurhaida Bunga Lamria Sondang Elisabet Maria Magdalena Rohani Tioria Rumondang
			Friska Desi Juliana Lenny Mariana Nelly Ria Rosinta Tamaria Veronika Yunita Agustina Herlina Hotma Lastri Masriani`),
		second:
			words(`Uli Romauli Natalia Theresia Sintauli Meriana Juliana Kristiani Hotmauli Veronika Lestari Oktaviana Nauli
			Maduma Rotua Elisabeth Angelina Marisi Yanti Pratiwi Tiodora`)
	}
} as const;

const MUSLIM_GIVEN = {
	male: {
		first:
			words(`Ahmad Muhammad Abdul Rahmat Syahrial Zulkifli Fauzi Irwan Ridwan Faisal Arif Hamdan Iqbal Reza Rizki Fahmi
			Ilham Yusuf Ibrahim Idris Sofyan Taufik Zainal Amri Ali Husni Khairul Mahmud Marwan Nasrul Indra Syafrizal Darwin
			Erwin Hasan Irfan Lukman Mukhtar Parlindungan Rusli Saiful Syamsul Usman Wahyu Yusri Azwar Bahrum Chairul Dahlan`),
		second:
			words(`Hakim Rahman Hidayat Akbar Fadli Anwar Syahputra Effendi Arifin Azhar Ramadhan Fikri Siddik Saleh Rasyid
			Fadhil Habibi Ihsan Karim Latif Mukhlis Rizal Sulaiman Yunus Zaki Aulia Bakti Daulat`)
	},
	female: {
		first:
			words(`Nur Siti Khairunnisa Aisyah Fatimah Rahma Nurul Fitri Dewi Yusnita Rosmawati Halimah Zuraida Syarifah Maya
			Laila Nadia Putri Annisa Elvi Erni Leni Yanti Asmah Chairani Darmawati Eliza Farida Hafsah Ida Juliani Kartini Lisda
			Maimunah Nilawati Rahmadani Salmah Tengku Ummi Wardah Yulia Zahara Nurhayati Rosnah Masitah Nurlela Suryani`),
		second:
			words(`Hasanah Hidayati Rahmi Khairani Azizah Sari Yani Wahida Fadilah Zahra Aini Jannah Ramadhani Safitri Mardiah
			Amalia Hafni Syahfitri Nasrah Fauziah Husna Maulida Nabila Rasyidah Wardani Aminah Syakira`)
	}
} as const;

export const NAME_LISTS = {
	toba: {
		...BATAK_GIVEN,
		faiths: CHRISTIAN,
		families:
			words(`Sinaga Siregar Simanjuntak Sihombing Manurung Situmorang Pasaribu Hutapea Hutabarat Sitorus Marpaung Panjaitan
			Napitupulu Nainggolan Simbolon Siahaan Pardede Tampubolon Silalahi Gultom Lumbantobing Hutagalung Pakpahan Sianturi
			Tambunan Aritonang Sirait Butarbutar Manalu Purba Lumbanraja Rajagukguk Simatupang Sitompul Hutasoit Samosir Malau
			Sagala Nababan Simamora Sihotang Panggabean Banjarnahor Lumbangaol Sibarani Silitonga`),
		second: 0.6,
		family: 1
	},
	mandailing: {
		...MUSLIM_GIVEN,
		faiths: ISLAM,
		families: words(
			'Nasution Lubis Harahap Siregar Hasibuan Batubara Rangkuti Dalimunthe Pulungan Daulay Matondang Ritonga Pohan Tanjung Hutasuhut Rambe'
		),
		second: 0.6,
		family: 1
	},
	karo: {
		male: BATAK_GIVEN.male,
		female: BATAK_GIVEN.female,
		faiths: [...CHRISTIAN, ['Islam', 2]],
		families: words(
			'Ginting Sembiring Tarigan Perangin-angin Karo-karo Barus Sitepu Bangun Surbakti Pinem Sinuraya Kaban Singarimbun Keliat Sebayang Depari'
		),
		second: 0.6,
		family: 1
	},
	simalungun: {
		...BATAK_GIVEN,
		faiths: [...CHRISTIAN, ['Islam', 2]],
		families: words('Saragih Purba Damanik Sinaga Girsang Sipayung Sumbayak Garingging Tondang Haloho'),
		second: 0.6,
		family: 1
	},
	nias: {
		male: {
			first: words(
				'Yasato Fatizaro Faigizaro Otoni Yason Sokhiatulo Restu Yulius Arozatulo Firman Idaman Meiman Talizaro'
			),
			second: words('Yusuf Kristian Setiawan Harapan Iman Damai Murni')
		},
		female: {
			first: words(
				'Yaniria Fatina Rosmini Yarniwati Sitinia Mawati Yuliana Agustina Fidar Niatina Rusmina Yanida Serina'
			),
			second: words('Kasih Wati Hati Natalia Kristiani Murni Dewi')
		},
		faiths: CHRISTIAN,
		families: words(
			'Zebua Gulo Halawa Harefa Laia Telaumbanua Mendrofa Zega Lase Waruwu Hulu Zai Daeli Ndraha'
		),
		second: 0.6,
		family: 1
	},
	java: {
		male: {
			first:
				words(`Agus Bambang Budi Eko Dwi Tri Slamet Sugeng Suyono Suparman Joko Wahyu Hendra Rudi Andi Yudi Ari Dedi Heri
				Sugiono Sutrisno Suwarno Tukiman Wagiman Supriadi Mulyadi Didik Edi Gunawan Hadi Imam Kuswanto Legiman Misnan Ngadimin
				Paimin Purwanto Rohmat Sarwono Teguh Untung Wawan Yanto`),
			second:
				words(`Santoso Prasetyo Wibowo Susanto Hartono Setiawan Nugroho Raharjo Kurniawan Saputra Utomo Handoko Purnomo
				Hidayat Irawan Suryadi Cahyono Darmawan Hermanto Kuncoro Mulyono Pranoto Riyadi Subekti Yulianto Wijayanto`)
		},
		female: {
			first:
				words(`Sri Siti Endang Dewi Ratna Wahyuni Tri Dwi Yuni Rina Ika Fitri Ayu Nur Sumiati Suharti Ningsih Tuti Wiwik Yanti
				Lilis Eka Indah Kartika Maryati Novi Puji Retno Sulastri Titik Umi Winarti Yayuk Rahmawati Suswati Misnah Juminah`),
			second:
				words(`Lestari Rahayu Wahyuni Astuti Handayani Ningsih Utami Puspitasari Wulandari Susanti Hartati Kusumawati Setyowati
				Anggraini Purwanti Maharani Rahmawati Indriani Fatimah Yuliana Pertiwi Setianingsih Widyastuti Kurniasih`)
		},
		faiths: [
			['Islam', 94],
			['Kristen', 4],
			['Katolik', 2]
		],
		families: [],
		second: 0.82,
		family: 0
	},
	melayu: { ...MUSLIM_GIVEN, faiths: ISLAM, families: [], second: 0.85, family: 0 },
	minang: {
		...MUSLIM_GIVEN,
		faiths: ISLAM,
		families: words('Chaniago Tanjung Koto Piliang Sikumbang Jambak Guci Caniago Mandailiang Malayu'),
		second: 0.6,
		family: 0.35
	},
	aceh: {
		...MUSLIM_GIVEN,
		faiths: ISLAM,
		families: words('Daud Gade Polem Ismail Hanafiah Jamil Thaib Yakob'),
		second: 0.5,
		family: 0.4
	},
	tionghoa: {
		male: {
			first: words(
				'Hendra Wilson Kevin Susanto Budiman Johan Steven Ricky Andy Jimmy Eddy Herman Vincent Felix Darwin'
			),
			second: words('Wijaya Halim Kurnia Tanu Gunawan Cipta Surya')
		},
		female: {
			first: words(
				'Lily Meilina Vivian Julia Linda Winnie Cindy Fenny Herlina Susan Mei Yenny Jessica Stephanie'
			),
			second: words('Wijaya Halim Kurnia Suryani Chandra Lestari')
		},
		faiths: [
			['Buddha', 7],
			['Kristen', 3],
			['Konghucu', 1],
			['Katolik', 2]
		],
		families: words('Tan Lim Salim Chandra Kosasih Hartono Tjong Wong Lie Ong'),
		second: 0.6,
		family: 0.7
	},
	tamil: {
		male: {
			first: words('Siva Ganesan Rajendran Selvam Kumar Mohan Anand Muniandy Suresh Vijay'),
			second: words('Kumar Raj Nathan Das Pillai')
		},
		female: {
			first: words('Lakshmi Kavitha Mala Shanti Devi Priya Saraswati Sumathi Vasanti Rani'),
			second: words('Devi Kumari Nathan Priya Rani')
		},
		faiths: [
			['Hindu', 6],
			['Kristen', 2],
			['Islam', 2]
		],
		families: [],
		second: 0.8,
		family: 0
	},
	palembang: {
		male: {
			first: [...MUSLIM_GIVEN.male.first, 'Kemas', 'Kiagus', 'Masagus', 'Raden'],
			second: MUSLIM_GIVEN.male.second
		},
		female: {
			first: [...MUSLIM_GIVEN.female.first, 'Nyimas', 'Nyayu', 'Masayu'],
			second: MUSLIM_GIVEN.female.second
		},
		faiths: ISLAM,
		families: [],
		second: 0.9,
		family: 0
	}
} as const satisfies Record<string, NameList>;

export type People = keyof typeof NAME_LISTS;
