import type { Design } from '../model.ts';

const HEAD = String.raw`# Mengulang studi dampak ini dengan R (base R; untuk rancangan giliran: paket did).
# Jalankan di folder ini: Rscript ulang.R
d <- read.csv("data.csv", stringsAsFactors = FALSE)
main <- d[d$indicator_role == "utama" & d$counted == 1, ]
main$d <- main$treated * main$post
cat("baris:", nrow(main), " unit:", length(unique(main$unit)), "\n")

# Kuadrat terkecil dengan efek unit dan bulan; galat terkelompok per unit (CR1), t dengan G - 1 derajat bebas.
two_way <- function(x) {
  fit <- lm(value ~ factor(unit) + factor(month) + d, data = x)
  keep <- !is.na(coef(fit))
  X <- model.matrix(fit)[, keep, drop = FALSE]
  bread <- solve(crossprod(X))
  scores <- rowsum(X * residuals(fit), x$unit)
  G <- nrow(scores); n <- nrow(X); k <- ncol(X)
  V <- bread %*% crossprod(scores) %*% bread * G / (G - 1) * (n - 1) / (n - k)
  at <- which(colnames(X) == "d")
  b <- coef(fit)[keep][at]; se <- sqrt(V[at, at])
  c(estimate = unname(b), se = se, lower = unname(b - qt(.975, G - 1) * se), upper = unname(b + qt(.975, G - 1) * se),
    p = unname(2 * pt(-abs(b / se), G - 1)))
}
# Hanya unit yang terukur sebelum dan sesudah mulai yang dihitung.
start <- min(main$month_index[main$d == 1])
main$late <- ifelse(main$treated == 1, main$post, as.integer(main$month_index >= start))
seen <- tapply(main$late, main$unit, function(v) any(v == 1) && any(v == 0))
`;

const TWO_WAY = String.raw`
cat("Beda-dari-beda dua arah:\n")
print(two_way(main[main$unit %in% names(seen)[seen], ]))
`;

const LOTTERY = String.raw`
# Undian: rata-rata sesudah mulai, disesuaikan dengan rata-rata sebelum mulai (Lin 2013), galat HC2.
before <- with(main[main$month_index < start, ], tapply(value, unit, mean))
after <- with(main[main$month_index >= start, ], tapply(value, unit, mean))
units <- intersect(names(before), names(after))
t <- tapply(main$treated, main$unit, max)[units]
y <- after[units]; x <- before[units] - mean(before[units])
fit <- lm(y ~ t * x)
X <- model.matrix(fit); bread <- solve(crossprod(X))
h <- rowSums((X %*% bread) * X)
V <- bread %*% crossprod(X * (residuals(fit) / sqrt(1 - h))) %*% bread
b <- coef(fit)["t"]; se <- sqrt(V["t", "t"]); df <- fit$df.residual
cat("Undian, disesuaikan (Lin, HC2):\n")
print(c(estimate = unname(b), se = se, lower = unname(b - qt(.975, df) * se), upper = unname(b + qt(.975, df) * se),
  p = unname(2 * pt(-abs(b / se), df))))
cat("Undian, beda rata-rata (Welch):\n")
print(t.test(y[t == 1], y[t == 0]))
`;

const STAGGERED = String.raw`
# Giliran: Callaway & Sant'Anna. Asah memakai t dengan (unit - 1) derajat bebas; did memakai normal atau bootstrap.
if (requireNamespace("did", quietly = TRUE)) {
  main$id <- as.integer(factor(main$unit))
  first <- tapply(ifelse(main$d == 1, main$month_index, Inf), main$unit, min)
  main$g <- first[main$unit]; main$g[is.infinite(main$g)] <- 0
  found <- did::att_gt(yname = "value", tname = "month_index", idname = "id", gname = "g", data = main,
    control_group = "notyettreated", bstrap = FALSE, cband = FALSE)
  for (type in c("group", "simple", "dynamic", "calendar")) print(did::aggte(found, type = type, bstrap = FALSE, cband = FALSE))
} else cat("Pasang paket did untuk mengulang: install.packages(\"did\")\n")
`;

const MATCHED = String.raw`
# Padanan: kolom counted menandai unit yang berpadanan menurut Asah (lihat cara.txt); beda-dari-beda pada unit itu.
`;

const CHANGE = String.raw`
# Sebelum-sesudah saja: tidak dinilai sebagai dampak.
before <- with(main[main$month_index < start, ], tapply(value, unit, mean))
after <- with(main[main$month_index >= start, ], tapply(value, unit, mean))
units <- intersect(names(before), names(after))
print(t.test(after[units] - before[units]))
`;

/** A script of base R that makes the same estimate from the bundle's CSV; a staggered one needs the package did. */
export function rScript(followed: Design): string {
	switch (followed) {
		case 'lottery':
			return HEAD + LOTTERY + TWO_WAY;
		case 'staggered_start':
			return HEAD + STAGGERED;
		case 'matched':
			return HEAD + MATCHED + TWO_WAY;
		case 'before_after':
			return HEAD + CHANGE;
		default:
			return HEAD + TWO_WAY;
	}
}
