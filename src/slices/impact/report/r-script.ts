import type { Estimated } from '../estimate.ts';
import type { Covariate, Design } from '../model.ts';

const HEAD = String.raw`# Mengulang studi dampak ini dengan R saja, tanpa paket.
# Jalankan di folder ini: Rscript ulang.R
options(digits = 10)
d <- read.csv("data.csv", stringsAsFactors = FALSE)
whole <- d[d$indicator_role == "utama", ]
main <- whole[whole$counted == 1, ]
main$d <- main$treated * main$post
# Galat dihitung menurut kelompok: unit itu sendiri, atau dalam studi tentang orang kolom cluster.
by_group <- function(x) if ("cluster" %in% names(x)) x$cluster else x$unit
cat("baris:", nrow(main), " unit:", length(unique(main$unit)), "\n")

told <- function(b, se, df) c(estimate = unname(b), se = unname(se), df = unname(df),
  lower = unname(b - qt(.975, df) * se), upper = unname(b + qt(.975, df) * se), p = unname(2 * pt(-abs(b / se), df)))
# Angka R di sebelah angka Asah (juga di hasil.json). Berhenti dengan galat bila berbeda.
compare <- function(found) {
  names <- names(asah)
  print(data.frame(R = unname(found[names]), Asah = unname(asah), row.names = names))
  apart <- abs(found[names] - asah) > 1e-6 * pmax(1e-3, abs(asah))
  if (any(is.na(apart)) || any(apart)) stop("BERBEDA: ", paste(names[is.na(apart) | apart], collapse = ", "))
  cat("SAMA dengan Asah\n")
}
start <- min(main$month_index[main$d == 1])
`;

const TWO_WAY_OF = String.raw`
# Kuadrat terkecil dengan efek unit dan bulan; galat terkelompok per unit (CR1), t dengan G - 1 derajat bebas.
# Efek unit tidak ikut dalam K, karena bersarang di kelompoknya (Cameron & Miller 2015, III.B; seperti fixest dan xtreg, fe).
# Hanya unit yang terukur sebelum dan sesudah mulai yang dihitung.
two_way <- function(x) {
  late <- ifelse(x$treated == 1, x$post, as.integer(x$month_index >= start))
  seen <- tapply(late, x$unit, function(v) any(v == 1) && any(v == 0))
  x <- x[x$unit %in% names(seen)[seen], ]
  fit <- lm(value ~ factor(unit) + factor(month) + d, data = x)
  keep <- !is.na(coef(fit))
  X <- model.matrix(fit)[, keep, drop = FALSE]
  bread <- solve(crossprod(X))
  scores <- rowsum(X * residuals(fit), by_group(x))
  G <- nrow(scores); n <- nrow(X); k <- ncol(X) - (length(unique(x$unit)) - 1)
  V <- bread %*% crossprod(scores) %*% bread * G / (G - 1) * (n - 1) / (n - k)
  at <- which(colnames(X) == "d")
  told(coef(fit)[keep][at], sqrt(V[at, at]), G - 1)
}
`;

const UNITS = String.raw`
# Rata-rata setiap unit sebelum dan sesudah mulai.
means <- function(x, start) {
  before <- with(x[x$month_index < start, ], tapply(value, unit, mean))
  after <- with(x[x$month_index >= start, ], tapply(value, unit, mean))
  units <- intersect(names(before), names(after))
  data.frame(unit = units, before = as.numeric(before[units]), after = as.numeric(after[units]),
    t = as.numeric(tapply(x$treated, x$unit, max)[units]), group = tapply(by_group(x), x$unit, function(v) v[1])[units])
}
# Galat terkelompok (Liang & Zeger 1986) dengan faktor CR1 G/(G - 1) x (n - 1)/(n - k), t dengan G - 1 derajat bebas.
clustered <- function(fit, group, name) {
  X <- model.matrix(fit); bread <- solve(crossprod(X))
  scores <- rowsum(X * residuals(fit), group); G <- nrow(scores); n <- nrow(X)
  V <- bread %*% crossprod(scores) %*% bread * G / (G - 1) * (n - 1) / (n - ncol(X))
  told(coef(fit)[name], sqrt(V[name, name]), G - 1)
}
`;

const WELCH = String.raw`
welch <- function(u) {
  if ("cluster" %in% names(main)) return(clustered(lm(after ~ t, data = u), u$group, "t"))
  found <- t.test(u$after[u$t == 1], u$after[u$t == 0])
  told(diff(rev(found$estimate)), found$stderr, found$parameter)
}
`;

const LOTTERY = String.raw`
# Undian: rata-rata sesudah mulai, disesuaikan dengan rata-rata sebelum mulai (Lin 2013), galat HC2.
lin <- function(u) {
  u$x <- u$before - mean(u$before)
  fit <- lm(after ~ t * x, data = u)
  if ("cluster" %in% names(main)) return(clustered(fit, u$group, "t"))
  X <- model.matrix(fit); bread <- solve(crossprod(X))
  h <- rowSums((X %*% bread) * X)
  V <- bread %*% crossprod(X * (residuals(fit) / sqrt(1 - h))) %*% bread
  told(coef(fit)["t"], sqrt(V["t", "t"]), fit$df.residual)
}
u <- means(main, start)
`;

const STAGGERED = String.raw`
# Giliran: Callaway & Sant'Anna (2021), pembanding: unit yang belum atau tidak pernah dilatih; t dengan (unit - 1) derajat
# bebas. Paket did memberi taksiran dan galat yang sama pada data tanpa lubang (ia memakai normal, bukan t).
times <- sort(unique(main$month_index)); units <- sort(unique(main$unit))
Y <- matrix(NA_real_, length(units), length(times))
Y[cbind(match(main$unit, units), match(main$month_index, times))] <- main$value
# Bulan mulai menurut rencana (first_treated), bukan bulan pertama yang terukur: lubang bukan mulai yang lebih lambat.
planned <- as.numeric(tapply(main$first_treated, main$unit, min)[units])
g <- sapply(planned, function(p) if (is.na(p) || p > max(times)) Inf else min(times[times >= p]))
# Yang sudah dilatih sejak bulan pertama tidak punya "sebelum".
group_of <- tapply(by_group(main), main$unit, function(v) v[1])[units][g > times[1]]
Y <- Y[g > times[1], , drop = FALSE]; g <- g[g > times[1]]; n <- length(g)
# Pengaruh tiap unit dijumlahkan per kelompok dulu.
G <- length(unique(group_of))
share <- function(group) sum(g == group) / n
effects <- list()
for (group in sort(unique(g[is.finite(g)]))) for (at in 2:length(times)) {
  before <- max(which(times < group))
  from <- if (at > before) before else at - 1
  change <- Y[, at] - Y[, from]
  own <- g == group; others <- g > max(times[from], times[at]) & g != group
  a <- own & !is.na(change); b <- others & !is.na(change)
  if (!any(a) || !any(b)) next
  # Lubang menyisakan satu unit saja di satu sisi: bulan ini tidak ikut, karena galatnya tidak dapat dihitung.
  if (min(sum(a), sum(b)) < 2 && sum(own) > 1 && sum(others) > 1) next
  psi <- numeric(n)
  psi[a] <- n / sum(a) * (change[a] - mean(change[a]))
  psi[b] <- -n / sum(b) * (change[b] - mean(change[b]))
  effects[[length(effects) + 1]] <- list(group = group, time = times[at], att = mean(change[a]) - mean(change[b]), psi = psi)
}
# Rata-rata menurut besar kelompok; bahwa besar itu sendiri ditaksir ikut dalam galat (dalil 2).
weighted <- function(list) {
  w <- sapply(list, function(e) share(e$group)); att <- sapply(list, function(e) e$att)
  mean <- sum(w * att) / sum(w)
  psi <- numeric(n)
  for (k in seq_along(list)) psi <- psi + (w[k] * list[[k]]$psi + (g == list[[k]]$group) * (att[k] - mean)) / sum(w)
  list(att = mean, psi = psi)
}
plain <- function(list) list(att = mean(sapply(list, function(e) e$att)), psi = Reduce("+", lapply(list, function(e) e$psi)) / length(list))
by <- function(list, key) lapply(split(list, sapply(list, key)), weighted)
since <- Filter(function(e) e$time >= e$group, effects)
groups <- lapply(split(since, sapply(since, function(e) e$group)), function(of) c(weighted(of), group = of[[1]]$group))
said <- function(e) told(e$att, sqrt(sum(rowsum(e$psi, group_of)^2)) / n, G - 1)
answers <- list(groups = weighted(groups), simple = weighted(since),
  dynamic = plain(by(since, function(e) e$time - e$group)), calendar = plain(by(since, function(e) e$time)))
cat("Callaway & Sant'Anna, empat cara merata-ratakan:\n"); print(t(sapply(answers, said)))
`;

const MATCHED = String.raw`
# Padanan: kolom counted menandai unit yang berpadanan menurut Asah. Beda-dari-beda dihitung pada unit itu saja.
`;

/** Matches again from what the bundle holds; people of a unit are not in it, because a size can give a unit away. */
const MATCH_AGAIN = String.raw`
# Memadankan lagi: skor kecenderungan (logit), terdekat, skor tertinggi dulu, tanpa pengembalian, paling jauh 0,2 simpangan baku.
whole$d <- whole$treated * whole$post
u <- means(whole, min(whole$month_index[whole$d == 1]))
u$level <- u$before
u$trend <- sapply(u$unit, function(one) {
  x <- whole[whole$unit == one & whole$month_index < start, ]
  if (nrow(x) < 2) 0 else unname(coef(lm(value ~ month_index, data = x))[2])
})
u <- u[order(u$unit), ]
score <- unname(fitted(glm(reformulate(covariates, "t"), data = u, family = binomial)))
reach <- 0.2 * sd(score); free <- u$t == 0; matched <- rep(FALSE, nrow(u))
for (i in which(u$t == 1)[order(-score[u$t == 1])]) {
  far <- ifelse(free, abs(score - score[i]), Inf)
  j <- which.min(far)
  if (far[j] <= reach) { matched[c(i, j)] <- TRUE; free[j] <- FALSE }
}
alike <- setequal(u$unit[matched], unique(main$unit))
cat("padanan menurut R:", sum(matched) / 2, "pasang;", if (alike) "unit yang sama dengan Asah\n" else "BERBEDA dari Asah\n")
`;

const CHANGE = String.raw`
# Sebelum-sesudah saja: rata-rata perubahan unit yang dilatih; tidak dinilai sebagai dampak.
u <- means(main[main$treated == 1, ], start)
u$change <- u$after - u$before
compare(if ("cluster" %in% names(main)) clustered(lm(change ~ 1, data = u), u$group, "(Intercept)") else
  told(mean(u$change), sd(u$change) / sqrt(nrow(u)), nrow(u) - 1))
`;

const NOTHING = String.raw`# Asah tidak memberi taksiran untuk studi ini (lihat hasil.json), jadi tidak ada yang dapat diulang.
d <- read.csv("data.csv", stringsAsFactors = FALSE)
print(aggregate(value ~ indicator_role + treated + post, data = d, FUN = mean))
`;

/** A script of base R that makes the main estimate again from the bundle's CSV and holds it against the app's own figures. */
export function rScript(
	followed: Design,
	main: Estimated,
	covariates: readonly Covariate[],
	ofPeople = false
): string {
	const { estimate, standardError, df, interval, pValue } = main;
	if (estimate === null || standardError === null || df === null || interval === null || pValue === null)
		return NOTHING;
	const asah = Object.entries({
		estimate,
		se: standardError,
		df,
		lower: interval.lower,
		upper: interval.upper,
		p: pValue
	});
	const head = `${HEAD}asah <- c(${asah.map(([name, value]) => `${name} = ${value}`).join(', ')})\n`;
	switch (followed) {
		case 'lottery':
			return `${head}${UNITS}${WELCH}${LOTTERY}compare(${main.method === 'means' ? 'welch' : 'lin'}(u))
cat("Beda rata-rata tanpa penyesuaian (Welch):\\n"); print(welch(u))
${TWO_WAY_OF}cat("Beda-dari-beda dua arah:\\n"); print(two_way(main))
`;
		case 'staggered_start':
			return `${head}${STAGGERED}compare(said(answers$groups))\n`;
		case 'matched':
			return `${head}${TWO_WAY_OF}${MATCHED}compare(two_way(main))\n${matchAgain(covariates, ofPeople)}`;
		case 'before_after':
			return `${head}${UNITS}${CHANGE}`;
		default:
			return `${head}${TWO_WAY_OF}compare(two_way(main))\n`;
	}
}

function matchAgain(covariates: readonly Covariate[], ofPeople: boolean): string {
	if (ofPeople && covariates.some((one) => one !== 'level' && one !== 'trend'))
		return 'cat("Dipadankan juga menurut keterangan orang, yang tidak dimuat di sini: padanannya tidak diulang.\\n")\n';
	if (covariates.includes('people'))
		return 'cat("Dipadankan juga menurut banyaknya pegawai, yang tidak dimuat di sini: padanannya tidak diulang.\\n")\n';
	const chosen = covariates.length === 0 ? ['level', 'trend'] : covariates;
	return `${UNITS}covariates <- c(${chosen.map((one) => `"${one}"`).join(', ')})${MATCH_AGAIN}`;
}
