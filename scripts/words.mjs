// What the terminal says. Here and not in the message files, because most of it is said before anything is installed,
// built or connected. Indonesian, in plain words: what is so, then what to do.

/** @type {Record<string, string>} */
export const WORDS = {
	'install.begin': 'Memasang paket yang diperlukan (sekali saja, 1-3 menit) …',
	'install.done': 'Paket terpasang dalam {seconds} detik.',
	'install.failed':
		'Pemasangan paket gagal; sebabnya tertulis di atas. Periksa sambungan internet, lalu jalankan lagi: npm start',
	'install.byHand':
		'Paket berubah dan Windows tidak dapat menggantinya selagi dipakai. Jalankan: npm ci\nLalu ulangi perintah ini.',
	'install.noNode':
		'Node.js 26 untuk {platform}-{arch} tidak tersedia sebagai paket. Pasang Node.js 26 dari https://nodejs.org, lalu: npm start',

	'build.begin': 'Membangun aplikasi …',
	'build.done': 'Aplikasi terbangun dalam {seconds} detik.',
	'build.failed': 'Aplikasi tidak dapat dibangun; sebabnya tertulis di atas.',
	'build.notMade': 'Tanpa aplikasi yang terbangun, Asah tidak dapat dijalankan.',
	'build.absent': 'Aplikasi belum dibangun. Jalankan: npm start',
	'build.served':
		'Kode sumber berubah, tetapi Asah masih berjalan dari hasil bangun yang lama di {address}. Hentikan dahulu (Ctrl+C), lalu ulangi.',

	'browser.install': 'Memasang peramban untuk pengujian …',
	'browser.wrongPath':
		'CHROME_PATH={path} bukan peramban yang dapat dijalankan. Contoh: CHROME_PATH=/usr/bin/chromium npm test',
	'browser.debian':
		'Peramban tidak ditemukan dan tidak dapat dipasang tanpa hak root. Jalankan: sudo apt-get install chromium\nLalu ulangi: npm test',
	'browser.none':
		'Peramban tidak ditemukan dan tidak dapat dipasang. Pasang Google Chrome, Chromium atau Microsoft Edge, lalu: CHROME_PATH=/alamat/peramban npm test',

	'test.took': '\nSeluruh pengujian memakan {seconds} detik.',

	'slice.name':
		'Nama ruang harus satu kata huruf kecil, 3-21 huruf: "{name}". Contoh: npm run new:slice coaching',
	'slice.exists': '{folder} sudah ada; tidak ada yang diubah.',
	'slice.next':
		'\nLanjutkan: tempatnya dalam src/slices/order.ts · tabel {name}.item dalam berkas baru db/migrations · npm run types · npm run check',

	'start.already': 'Asah sudah berjalan di {address}',
	'start.ready': '\nAsah siap di {address} ({seconds} detik)',
	'start.firstRun':
		'\nBelum ada instansi. Buka alamat sekali pakai ini untuk membuat instansi dan administrator pertamanya:\n  {address}',
	'start.accounts': '\nAkun contoh (peran · NIP · kata sandi · pekerjaannya):',
	'start.account': '  {role}  {username}  {password}  {does}',
	'access.code':
		'\nKode akses sekali pakai untuk {username}: {code}\n  Berlaku 24 jam. Buka "Saya punya kode akses" di halaman masuk. Lain kali jalankan tanpa ASAH_OPEN_ACCESS.',
	'access.nobody':
		'\nASAH_OPEN_ACCESS={username}: tidak ada akun dengan NIP atau nama masuk itu. Tidak ada kode yang dibuat.',
	'access.left':
		'\nASAH_OPEN_ACCESS={username}: orang ini tidak bekerja di sini lagi. Tidak ada kode yang dibuat.',
	'start.stopHint': '\nHentikan dengan Ctrl+C.',

	'dev.reload': 'Perubahan pada berkas langsung tampak di peramban.',

	'stop.begin': '\nMenghentikan Asah: menunggu permintaan terakhir selesai …',
	'stop.done': 'Asah berhenti; semua data tersimpan.',
	'stop.failed': 'Asah tidak jadi dijalankan.',
	'stop.crash': 'Asah berhenti karena kesalahan di atas.',
	'stop.databaseLost': 'Basis data mati dan tidak dapat dihidupkan kembali.',

	'waiting.title': 'Asah sedang disiapkan',
	'waiting.text': 'Halaman ini terbuka sendiri begitu siap.',

	'settings.wrong': 'Ada pengaturan yang tidak dapat dipakai:',
	'settings.line': '  {name}={value}\n    {why}',
	'settings.port': 'PORT harus bilangan bulat 1-65535. Contoh: PORT=3001 npm start',
	'settings.host':
		'HOST harus nama komputer atau alamat IP, tanpa http:// dan tanpa port. Contoh: HOST=0.0.0.0 npm start',
	'settings.data': 'ASAH_DATA harus sebuah folder. Contoh: ASAH_DATA=/srv/asah npm start',
	'settings.database':
		'DATABASE_URL harus alamat PostgreSQL beserta nama basis datanya. Contoh: DATABASE_URL=postgres://asah:sandi@localhost:5432/asah npm start',
	'settings.demo':
		'ASAH_DEMO hanya 1 (kota contoh bila masih kosong) atau 0 (tanpa kota contoh). Contoh: ASAH_DEMO=0 npm start',
	'settings.virusScan':
		'ASAH_VIRUS_SCAN adalah clamd:HOST:PORT, clamd:/alamat/soket, atau perintah yang membaca berkas dari masukan. Contoh: ASAH_VIRUS_SCAN=clamd:127.0.0.1:3310 npm start',
	'settings.proxy':
		'ASAH_TRUST_PROXY adalah jumlah proxy di depan Asah, 0-5. Contoh di belakang satu nginx: ASAH_TRUST_PROXY=1 npm start',
	'settings.log':
		'ASAH_LOG salah satu dari fatal, error, warn, info, debug, trace, silent. Contoh: ASAH_LOG=warn npm start',
	'settings.smtp':
		'ASAH_SMTP_URL harus alamat server surel. Tanda khusus dalam sandi ditulis dalam bentuk %: @ menjadi %40, / menjadi %2F. Contoh: ASAH_SMTP_URL=smtp://asah:sandi@surel.kota.go.id:587 npm start\n    smtps:// untuk TLS sejak awal (465); ?starttls=off hanya untuk server di komputer sendiri.',
	'settings.mailFrom':
		'ASAH_MAIL_FROM harus satu alamat surel, boleh dengan nama. Contoh: ASAH_MAIL_FROM="Asah Kota Medan <asah@medan.go.id>" npm start',
	'settings.mailRate':
		'ASAH_MAIL_PER_MINUTE adalah jumlah surat paling banyak dalam semenit, 1-6000. Contoh: ASAH_MAIL_PER_MINUTE=30 npm start',
	'settings.address':
		'ASAH_ADDRESS harus alamat Asah seperti ditulis orang di peramban, tanpa apa pun sesudah nama dan portnya. Contoh: ASAH_ADDRESS=https://asah.kota.go.id npm start',
	'settings.mailNeeds':
		'Untuk mengirim surel (ASAH_SMTP_URL), {name} juga harus diisi. Contoh: ASAH_MAIL_FROM=asah@kota.go.id ASAH_ADDRESS=https://asah.kota.go.id npm start',
	'settings.push':
		'ASAH_PUSH hanya 1 (pemberitahuan di perangkat ditawarkan) atau 0 (tidak). Contoh: ASAH_PUSH=0 npm start',
	'settings.pushHost':
		'ASAH_PUSH_HOST harus alamat https layanan pemberitahuan sendiri, tanpa apa pun sesudah nama dan portnya. Contoh: ASAH_PUSH_HOST=https://push.kota.go.id npm start',
	'settings.unknown':
		'{name} bukan pengaturan Asah. Yang ada: ASAH_DATA, ASAH_DEMO, ASAH_TRUST_PROXY, ASAH_LOG, ASAH_VIRUS_SCAN, ASAH_OPEN_ACCESS, ASAH_ADDRESS, ASAH_SMTP_URL, ASAH_MAIL_FROM, ASAH_MAIL_PER_MINUTE, ASAH_PUSH, ASAH_PUSH_HOST. Contoh: ASAH_DEMO=0 npm start',

	'door.taken': 'Port {port} sudah dipakai program lain. Contoh: PORT={next} npm start',
	'door.otherAsah': 'Port {port} sudah dipakai Asah lain dengan data lain. Contoh: PORT={next} npm start',
	'door.privileged': 'Port {port} hanya boleh dibuka root. Contoh: PORT=3000 npm start',
	'door.noHost': 'HOST={host} bukan alamat komputer ini. Contoh: HOST=0.0.0.0 npm start',

	'data.notWritable':
		'Folder data {folder} tidak dapat ditulisi. Pilih folder lain. Contoh: ASAH_DATA=$HOME/asah-data npm start',
	'data.notFolder':
		'{folder} adalah berkas, atau lewat sebuah berkas; ASAH_DATA harus sebuah folder. Contoh: ASAH_DATA=/srv/asah npm start',
	'data.foreign':
		'Data di {folder} milik pengguna lain (uid {uid}). Jalankan Asah sebagai pengguna itu atau root, atau pilih folder lain: ASAH_DATA=$HOME/asah-data npm start',
	'data.inUse':
		'Data di {folder} sedang dipakai Asah lain yang masih berjalan atau baru mulai. Tidak ada yang diubah.',
	'data.version':
		'Data di {folder} dibuat PostgreSQL {version}, sedangkan Asah ini membawa PostgreSQL {wanted}. Buka dengan versi Asah yang lama, atau pilih folder lain: ASAH_DATA=$HOME/asah-data npm start',
	'data.elsewhere':
		'{wished} hanya dapat dimasuki root, sedangkan PostgreSQL tidak boleh berjalan sebagai root. Basis data disimpan di {folder}.',

	'database.noBinary':
		'PostgreSQL bawaan tidak tersedia untuk {platform}-{arch}. Pakai server sendiri: DATABASE_URL=postgres://asah:sandi@localhost:5432/asah npm start',
	'database.links':
		'Berkas PostgreSQL di {native} belum lengkap dan tidak dapat ditulisi. Sebagai pemiliknya jalankan: npm rebuild',
	'database.copy': 'Menyalin PostgreSQL ke {folder}, agar dapat dijalankan tanpa hak root …',
	'database.create': 'Membuat basis data …',
	'database.initFailed': 'Basis data tidak dapat dibuat di {folder}:\n{log}',
	'database.failed': 'PostgreSQL tidak dapat dijalankan. Catatannya ({folder}/log):\n{log}',
	'database.stuck':
		'PostgreSQL (pid {pid}) di {folder} tidak menjawab dan tidak mau berhenti. Lihat {folder}/log, hentikan proses itu, lalu: npm start',
	'database.leftOver': 'Merapikan basis data yang tertinggal dari Asah yang terputus …',
	'database.replaying': 'Memulihkan basis data setelah terputus …',
	'database.recovering': 'Basis data mati mendadak; menghidupkan kembali …',
	'database.recovered': 'Basis data hidup kembali.',
	'database.migrated': 'Basis data diperbarui ({count} langkah).',

	'own.unreachable':
		'PostgreSQL di {address} tidak dapat dihubungi ({reason}). Periksa alamat dan port, dan apakah servernya berjalan. Contoh: DATABASE_URL=postgres://asah:sandi@localhost:5432/asah npm start',
	'own.password': 'PostgreSQL di {address} menolak nama pengguna atau kata sandinya.',
	'own.noDatabase':
		'Basis data {database} belum ada di {address}. Buat dahulu di server itu:\n  create database "{database}" encoding \'UTF8\' template template0;',
	'own.version': 'PostgreSQL di {address} versi {version}; Asah memerlukan versi {oldest} atau lebih baru.',
	'own.readOnly': 'PostgreSQL di {address} hanya dapat dibaca (salinan siaga). Beri alamat server utamanya.',
	'own.encoding':
		"Basis data {database} memakai pengodean {encoding}; Asah memerlukan UTF8. Buat yang baru:\n  create database asah encoding 'UTF8' template template0;",
	'own.extensions':
		'Server PostgreSQL belum memiliki ekstensi {extensions}. Pasang paket contrib di server itu. Contoh di Debian: apt-get install postgresql-contrib',
	'own.rights':
		'Pengguna {user} belum punya hak yang diperlukan di {address}. Jalankan sekali sebagai administrator, dalam basis data {database}:\n{statements}\nLalu ulangi: npm start',

	'demo.begin': 'Membuat kota contoh …',
	'demo.line': '  {line}',
	'demo.again': 'Pembuatan kota contoh tadi terputus; diulangi dari awal.',
	'demo.absent': 'Kota contoh tidak ada dalam salinan Asah ini.',
	'demo.failed': 'Kota contoh tidak dapat dibuat; sebabnya tertulis di atas.',
	'demo.halfLoaded':
		'Pembuatan kota contoh di data ini tadi terputus. Selesaikan dahulu dengan: npm start\nAtau mulai kosong di folder lain: ASAH_DATA=$HOME/asah-data ASAH_DEMO=0 npm start'
};
