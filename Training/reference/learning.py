#!/usr/bin/env python3
"""Writes learning.json: what independent tools give for the Learning room's algorithms.

Usage: python3 learning.py > learning.json

Needs numpy, scipy, scikit-learn and statsmodels; the versions used are in the file. Inputs are made by the
generator SplitMix64 with exact arithmetic, so the tests rebuild the same bits without Python.
"""

import json
import sys

import numpy as np
import scipy
import sklearn
import statsmodels
import statsmodels.api as sm
from scipy import optimize, special, stats
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

MASK = (1 << 64) - 1


class SplitMix64:
    """Steele, Lea & Flood 2014; constants of https://prng.di.unimi.it/splitmix64.c"""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def unit(self):
        return (self.next() >> 11) * 2.0**-53

    def units(self, count):
        return np.array([self.unit() for _ in range(count)])


def design(seed, rows, columns, mixing):
    """x_ij = 2u - 1, row by row; columns after the first get `mixing` times the first added."""
    x = (2 * SplitMix64(seed).units(rows * columns) - 1).reshape(rows, columns)
    x[:, 1:] += mixing * x[:, :1]
    return x


def labels(seed, log_odds):
    return (SplitMix64(seed).units(len(log_odds)) < special.expit(log_odds)).astype(int)


def bits(y):
    return "".join(str(int(v)) for v in y)


def logistic_problems():
    problems = []
    cases = [
        # name, rows, columns, lambda, mixing of the first column, intercept of the truth
        ("small", 60, 3, 0.1, 0, 0.3),
        ("weak penalty", 500, 8, 1e-3, 0, -1.0),
        ("two blocks of rows", 5000, 20, 1e-2, 0.5, -1.0),
        ("strong penalty, more columns", 200, 30, 1.0, 0, 0.0),
        ("nearly collinear", 400, 6, 1e-3, 20, 0.5),
        ("two percent positives", 3000, 5, 1e-2, 0, -4.5),
        ("more columns than rows", 40, 60, 0.05, 0, 0.0),
    ]
    for seed, (name, rows, columns, penalty, mixing, intercept) in enumerate(cases, start=1):
        x = design(seed, rows, columns, mixing)
        truth = 1.5 * np.cos(np.arange(columns))
        y = labels(1000 + seed, x @ truth / np.sqrt(columns) * 2 + intercept)
        fit = LogisticRegression(
            C=1 / (penalty * rows), solver="newton-cholesky", tol=1e-10, max_iter=10000
        ).fit(x, y)
        problems.append(
            dict(
                name=name, seed=seed, rows=rows, columns=columns, mixing=mixing, penalty=penalty,
                labels=bits(y), coefficients=fit.coef_[0].tolist(), intercept=fit.intercept_[0],
            )
        )
    return problems


def elastic_net_problems():
    problems = []
    cases = [
        # name, rows, columns, lambda, mixing of the penalty, mixing of the first column, intercept of the truth
        ("half and half", 300, 10, 0.05, 0.5, 0, -1.0),
        ("absolute alone", 300, 10, 0.03, 1.0, 0, 0.5),
        ("collinear columns", 400, 8, 0.02, 0.5, 3, -0.5),
        ("more columns than rows", 40, 60, 0.1, 0.5, 0, 0.0),
    ]
    for seed, (name, rows, columns, penalty, share, mixing, intercept) in enumerate(cases, start=51):
        x = design(seed, rows, columns, mixing)
        truth = 1.5 * np.cos(np.arange(columns))
        y = labels(1000 + seed, x @ truth / np.sqrt(columns) * 2 + intercept)
        fit = LogisticRegression(
            C=1 / (penalty * rows), l1_ratio=share, solver="saga", tol=1e-13, max_iter=2_000_000,
            random_state=0,
        ).fit(x, y)
        problems.append(
            dict(
                name=name, seed=seed, rows=rows, columns=columns, mixing=mixing, penalty=penalty,
                share=share, labels=bits(y), coefficients=fit.coef_[0].tolist(),
                intercept=fit.intercept_[0],
            )
        )
    return problems


def predictions(seed, rows, levels, stretch):
    """Probabilities rounded to `levels` steps (0: not rounded), and labels from stretched odds."""
    u = SplitMix64(seed).units(rows)
    p = np.floor(u * levels + 0.5) / levels * 0.98 + 0.01 if levels else u * 0.98 + 0.01
    return p, labels(seed + 500, stretch * special.logit(p) - 0.4)


def recalibration(p, y):
    """Slope of the free fit and intercept of the fit with slope 1, by scipy."""
    z = special.logit(p)
    loss = lambda t: np.sum(np.logaddexp(0, t[0] * z + t[1]) - y * (t[0] * z + t[1]))
    grad = lambda t: np.array(
        [np.sum((special.expit(t[0] * z + t[1]) - y) * z), np.sum(special.expit(t[0] * z + t[1]) - y)]
    )
    start = optimize.minimize(loss, [1.0, 0.0], jac=grad, method="BFGS").x
    slope = optimize.root(grad, start, tol=1e-13).x[0]
    intercept = optimize.brentq(lambda a: np.sum(special.expit(z + a) - y), -20, 20, xtol=1e-14)
    return slope, intercept


def metric_cases():
    cases = []
    for seed, rows, levels, stretch in [(11, 250, 0, 1.0), (12, 257, 8, 0.6), (13, 1000, 40, 1.4)]:
        p, y = predictions(seed, rows, levels, stretch)
        slope, intercept = recalibration(p, y)
        cases.append(
            dict(
                probabilities=p.tolist(), labels=bits(y),
                logLoss=log_loss(y, p), brierScore=brier_score_loss(y, p),
                areaUnderROC=roc_auc_score(y, p), averagePrecision=average_precision_score(y, p),
                calibrationSlope=slope, calibrationIntercept=intercept,
                observedExpectedRatio=y.sum() / p.sum(),
            )
        )
    return cases


def calibration_cases():
    cases = []
    # The third relation falls, so that a bound of beta calibration is active.
    for seed, rows, stretch in [(21, 400, 0.6), (22, 2000, 1.5), (23, 300, -0.3)]:
        p, y = predictions(seed, rows, 0, stretch)
        z = special.logit(p)
        n1, n0 = y.sum(), (1 - y).sum()
        t = np.where(y == 1, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))
        platt = lambda q: np.sum(np.logaddexp(0, q[0] * z + q[1]) - t * (q[0] * z + q[1]))
        a = optimize.minimize(
            platt, [1.0, 0.0], method="L-BFGS-B", bounds=[(0, None), (None, None)],
            options=dict(ftol=1e-15, gtol=1e-9, maxiter=10000),
        )
        s, r = -np.logaddexp(0, -z), np.logaddexp(0, z)
        eta = lambda q: q[0] * s + q[1] * r + q[2]
        beta = lambda q: np.sum(np.logaddexp(0, eta(q)) - t * eta(q))
        b = optimize.minimize(
            beta, [1.0, 1.0, 0.0], method="L-BFGS-B", bounds=[(0, None), (0, None), (None, None)],
            options=dict(ftol=1e-15, gtol=1e-9, maxiter=10000),
        )
        # Scores with ties, so that pooling of equal scores is tested.
        score = np.floor(z * 8) / 8
        isotonic = IsotonicRegression(out_of_bounds="clip").fit(score, y)
        grid = np.linspace(-6, 6, 61)
        cases.append(
            dict(
                logOdds=z.tolist(), labels=bits(y), plattObjective=a.fun, platt=a.x.tolist(),
                betaObjective=b.fun, beta=b.x.tolist(), tiedScores=score.tolist(),
                grid=grid.tolist(), isotonic=isotonic.predict(grid).tolist(),
            )
        )
    return cases


def preparation_case():
    """The preparation's definition, written again in numpy; unknown is written as null."""
    generator = SplitMix64(31)
    rows = 300
    plain = generator.units(rows) * 10 - 5
    skewed = np.floor(np.exp(9 * generator.units(rows)))
    holes = np.where(generator.units(rows) < 0.2, np.nan, np.floor(generator.units(rows) * 6))
    flag = (generator.units(rows) < 0.3).astype(float)
    train = np.arange(200)

    def columns_of(x):
        known = x[train][~np.isnan(x[train])]
        if stats.skew(known) > 2:
            x = np.sign(x) * np.log1p(np.abs(x))
            known = x[train][~np.isnan(x[train])]
        low, high = np.quantile(known, [0.01, 0.99])
        known = np.clip(known, low, high)
        filled = np.where(np.isnan(x), np.median(known), np.clip(x, low, high))
        made = [filled]
        if len(np.unique(known)) >= 4:
            knots = np.unique(np.quantile(known, np.arange(1, 6) / 6))
            made += [np.maximum(filled - k, 0) for k in knots if low < k < high]
        if np.isnan(x[train]).sum() >= 20:
            made.append(np.isnan(x).astype(float))
        return made

    raw = [plain, skewed, holes, flag]
    made = [c for x in raw for c in columns_of(x)]
    matrix = np.array(made).T
    matrix = (matrix - matrix[train].mean(0)) / matrix[train].std(0)
    return dict(
        columns=[[None if np.isnan(v) else v for v in x] for x in raw], trainRows=len(train),
        counts=[len(columns_of(x)) for x in raw],
        design=matrix[[0, 7, 150, 200, 299]].tolist(), designRows=[0, 7, 150, 200, 299],
        skewness=[stats.skew(x[~np.isnan(x)]) for x in raw],
    )


def clustered_roc_error(p, y, g):
    """Standard error of the area under the ROC curve by structural components added up by group.

    Obuchowski 1997, Nonparametric analysis of clustered ROC curve data, Biometrics 53:567-578.
    """
    n1, n0 = y.sum(), (1 - y).sum()
    wins = (p[y == 1][:, None] > p[y == 0]) + 0.5 * (p[y == 1][:, None] == p[y == 0])
    area = wins.mean()
    v1, v0 = np.zeros(len(y)), np.zeros(len(y))
    v1[y == 1], v0[y == 0] = wins.mean(1) - area, wins.mean(0) - area
    groups = np.unique(g)
    with1 = len(np.unique(g[y == 1]))
    with0 = len(np.unique(g[y == 0]))
    t1 = np.array([v1[g == k].sum() for k in groups])
    t0 = np.array([v0[g == k].sum() for k in groups])
    variance = (
        with1 / ((with1 - 1) * n1**2) * (t1**2).sum() + with0 / ((with0 - 1) * n0**2) * (t0**2).sum()
        + 2 * len(groups) / ((len(groups) - 1) * n1 * n0) * (t1 * t0).sum()
    )
    return np.sqrt(variance)


def interval_cases():
    """Cluster-robust standard errors by statsmodels, with G/(G - 1) for few groups."""
    cases = []
    for seed, rows, groups, spread in [(41, 600, 90, 1.5), (42, 2000, 400, 0.5), (43, 150, 12, 1.0)]:
        p, _ = predictions(seed, rows, 0, 1.0)
        p = p**2
        g = np.floor(SplitMix64(seed + 100).units(rows) * groups).astype(int)
        z = special.logit(p)
        # Rows of a group share a part of their odds.
        shared = spread * (2 * SplitMix64(seed + 200).units(groups) - 1)
        y = labels(seed + 300, 0.8 * z + 0.2 + shared[g])
        few = np.sqrt(len(np.unique(g)) / (len(np.unique(g)) - 1))
        robust = dict(cov_type="cluster", cov_kwds=dict(groups=g, use_correction=False))
        ones = np.ones(rows)
        loss = -np.where(y == 1, np.log(p), np.log1p(-p))
        mean = sm.OLS(loss, ones).fit(**robust)
        line = sm.GLM(y, np.column_stack([z, ones]), family=sm.families.Binomial()).fit(tol=1e-13, **robust)
        shift = sm.GLM(y, ones, family=sm.families.Binomial(), offset=z).fit(tol=1e-13, **robust)
        ratio = sm.GLM(y, ones, family=sm.families.Poisson(), offset=np.log(p)).fit(tol=1e-13, **robust)
        cases.append(
            dict(
                probabilities=p.tolist(), labels=bits(y), groups=g.tolist(),
                logLoss=[mean.params[0], few * mean.bse[0]],
                calibrationSlope=[line.params[0], few * line.bse[0]],
                calibrationIntercept=[shift.params[0], few * shift.bse[0]],
                logObservedExpected=[ratio.params[0], few * ratio.bse[0]],
                areaUnderROC=[roc_auc_score(y, p), clustered_roc_error(p, y, g)],
            )
        )
    return cases


def venn_abers_cases():
    """The two values at each score by a full isotonic regression with one row more."""
    cases = []
    for seed, rows, levels, stretch in [(61, 150, 0, 1.0), (62, 400, 12, 0.7), (63, 80, 5, -0.5), (64, 1, 0, 1.0)]:
        p, y = predictions(seed, rows, levels, stretch)
        z = special.logit(p)
        grid = np.concatenate([np.linspace(-6, 6, 49), z[:40]])
        fit = lambda s, label: IsotonicRegression(out_of_bounds="clip").fit(
            np.append(z, s), np.append(y, label)).predict([s])[0]
        cases.append(
            dict(
                logOdds=z.tolist(), labels=bits(y), grid=grid.tolist(),
                low=[fit(s, 0) for s in grid], high=[fit(s, 1) for s in grid],
            )
        )
    return cases


def hazard_cases():
    """Discrete-time hazards from the written-out table with a row for each period a subject was seen in.

    Without a penalty by statsmodels' GLM; with a ridge on the features alone by Newton's method of scipy,
    on the same table.
    """
    cases = []
    ends = [28, 56, 84, 91, 182]
    for seed, rows, penalty in [(51, 400, 0.0), (52, 400, 0.02), (53, 900, 0.3)]:
        x = design(seed, rows, 3, 0.3)
        generator = SplitMix64(seed + 100)
        exposures = []
        for row in range(rows):
            rate = 0.004 * np.exp(x[row] @ [0.9, -0.6, 0.0])
            event = 1 + int(-np.log1p(-generator.unit()) / rate)
            other = 1 + int(-np.log1p(-generator.unit()) / 0.001)
            seen = int(generator.unit() * 260)
            # An end counts only where it had been seen, or the row would tell of days to come.
            end = min(event, other)
            exposures.append([seen, end if end <= seen else 0, int(event <= other and end <= seen)])
        table, outcomes, periods = [], [], []
        for row, (seen, end, is_event) in enumerate(exposures):
            for k, last in enumerate(ends):
                first = ends[k - 1] if k > 0 else 0
                if last > seen or (end and end <= first):
                    break
                table.append(row)
                periods.append(k)
                outcomes.append(int(is_event and first < end <= last))
        matrix = np.column_stack([x[table], np.eye(len(ends))[periods]])
        y = np.array(outcomes)
        if penalty == 0:
            theta = sm.GLM(y, matrix, family=sm.families.Binomial()).fit(tol=1e-14).params
        else:
            ridge = penalty * np.array([1.0] * 3 + [0.0] * len(ends))
            grad = lambda t: matrix.T @ (special.expit(matrix @ t) - y) / rows + ridge * t

            def jacobian(t):
                h = special.expit(matrix @ t)
                return (matrix.T * (h * (1 - h))) @ matrix / rows + np.diag(ridge)

            theta = optimize.root(
                grad, np.array([0.0] * 3 + [-3.0] * len(ends)), jac=jacobian, tol=1e-14).x
        cases.append(
            dict(
                seed=seed, rows=rows, penalty=penalty, ends=ends, exposures=exposures,
                periodRows=[periods.count(k) for k in range(len(ends))],
                periodEvents=[int(y[np.array(periods) == k].sum()) for k in range(len(ends))],
                coefficients=theta[:3].tolist(), intercepts=theta[3:].tolist(),
            )
        )
    return cases


json.dump(
    dict(
        madeBy=dict(
            numpy=np.__version__, scipy=scipy.__version__, scikitLearn=sklearn.__version__,
            statsmodels=statsmodels.__version__,
        ),
        logistic=logistic_problems(), metrics=metric_cases(), calibration=calibration_cases(),
        preparation=preparation_case(), intervals=interval_cases(),
        hazard=hazard_cases(), vennAbers=venn_abers_cases(),
        elasticNet=elastic_net_problems(),
    ),
    sys.stdout, indent=None, separators=(",", ":"),
)
print()
