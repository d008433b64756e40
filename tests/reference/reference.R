# What R says about the data sets in a folder: one line per figure, "set statistic value", read by compare.py.
suppressMessages({
  library(psych)
  library(lme4)
  library(MASS)
})
folder <- commandArgs(trailingOnly = TRUE)[1]
sets <- function(kind) list.files(folder, pattern = paste0("^", kind, "-.*\\.csv$"), full.names = TRUE)
name <- function(path) sub("\\.csv$", "", basename(path))
say <- function(path, statistic, value) cat(name(path), statistic, format(value, digits = 15), "\n")

for (path in sets("ratings")) {
  table <- as.matrix(read.csv(path))
  found <- ICC(table, lmer = FALSE)$results
  for (row in seq_len(nrow(found))) {
    say(path, found$type[row], found$ICC[row])
    say(path, paste0(found$type[row], "-low"), found[row, "lower bound"])
    say(path, paste0(found$type[row], "-high"), found[row, "upper bound"])
  }
  long <- data.frame(
    ratee = factor(c(row(table))), rater = factor(c(col(table))), value = c(table)
  )
  fitted <- as.data.frame(VarCorr(lmer(value ~ (1 | ratee) + (1 | rater), long)))
  for (part in c("ratee", "rater", "Residual")) say(path, part, fitted$vcov[fitted$grp == part])
}

for (path in sets("sparse")) {
  long <- read.csv(path)
  fitted <- as.data.frame(VarCorr(lmer(value ~ (1 | ratee) + (1 | rater), long)))
  for (part in c("ratee", "rater", "Residual")) say(path, part, fitted$vcov[fitted$grp == part])
}

for (path in sets("items")) {
  items <- na.omit(read.csv(path))
  found <- suppressMessages(alpha(items, check.keys = FALSE))$total$raw_alpha
  say(path, "alpha", found)
  ends <- alpha.ci(found, n.obs = nrow(items), n.var = ncol(items), digits = 15)
  say(path, "alpha-low", ends$lower.ci)
  say(path, "alpha-high", ends$upper.ci)
  loadings <- factanal(items, 1, control = list(opt = list(factr = 10)))$loadings[, 1] * sapply(items, sd)
  say(path, "omega", sum(loadings)^2 / sum(cov(items)))
}

for (path in sets("readings")) {
  found <- suppressWarnings(cohen.kappa(read.csv(path)))
  say(path, "kappa", found$kappa)
  say(path, "kappa-low", found$confid[1, "lower"])
  say(path, "kappa-high", found$confid[1, "upper"])
  say(path, "weighted", found$weighted.kappa)
}

for (path in sets("dif")) {
  people <- read.csv(path)
  answer <- factor(people$item, ordered = TRUE)
  # polr needs numbers of one size to find its start; the models are the same.
  total <- as.numeric(scale(people$total))
  alone <- polr(answer ~ total, method = "logistic", control = list(reltol = 1e-14))
  both <- polr(answer ~ total * factor(people$group), method = "logistic", control = list(reltol = 1e-14))
  nothing <- polr(answer ~ 1, method = "logistic", control = list(reltol = 1e-14))
  say(path, "chi2", 2 * (logLik(both) - logLik(alone))[1])
  say(path, "delta_mcfadden", (logLik(alone) - logLik(both))[1] / logLik(nothing)[1])
  say(path, "loglik", logLik(alone)[1])
  say(path, "slope", coef(alone)[["total"]] / sd(people$total))
  high <- people$item > median(people$item)
  common <- names(which(tapply(people$group, people$total, function(g) length(unique(g))) > 1))
  kept <- as.character(people$total) %in% common
  found <- mantelhaen.test(high[kept], people$group[kept], factor(people$total[kept]), correct = FALSE)
  say(path, "mantel", found$statistic)
}
