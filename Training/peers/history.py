#!/usr/bin/env python3
"""What a careful data scientist does with the panel of `churn-risk features`.

Usage: python history.py panel.csv.gz [panel.csv.gz ...]

Trains on fold -1, judges on fold 0 and prints a table for each panel:

  base rate      the mean label of the training rows
  days unused    the order of daysSinceLastUsage, and a logistic regression on it alone
  hinge logistic signed log1p where skewed, clipped to the 1 and 99 % points, hinges at the sextiles,
                 missing indicators, one-hot levels; the penalty by an inner forward split
  lightgbm       defaults, 100 rounds
  lightgbm small 1,000 x 0.03, 8 leaves, 60 rows a leaf, bagging 0.75, early stopping on an inner
                 forward split, then refitted on all training rows with the rounds found

Everything is fitted on fold -1 alone: its last quarter of landmarks is the inner assessment, less a gap
of the embargo that the panel shows between fold -1 and fold 0. Versions: requirements.txt beside it.
"""

import sys
import warnings

import lightgbm
import numpy
import pandas
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, log_loss, roc_auc_score

KEYS = ["subscriptionId", "landmark", "churn", "fold"]


def is_level(rows, name):
    """Whether a column holds levels: texts, or ids that may look like numbers."""
    return name == "partnerId" or not pandas.api.types.is_numeric_dtype(rows[name])


def inner_split(rows):
    """Masks of the earlier and the later training rows, with the panel's own gap between them."""
    days = pandas.to_datetime(rows["landmark"])
    later = days.quantile(0.75, interpolation="nearest")
    gap = rows.attrs["gap"]
    before, after = days <= later - gap, days >= later
    usable = all(rows.loc[mask, "churn"].nunique() == 2 for mask in (before, after))
    return (before.to_numpy(), after.to_numpy()) if usable else None


class Hinges:
    """The preparation of a logistic regression, fitted on some rows."""

    def __init__(self, rows, names):
        self.numbers, self.levels = [], []
        for name in names:
            if is_level(rows, name):
                counts = rows[name].value_counts()
                self.levels.append((name, list(counts[counts >= 20].index)))
                continue
            x = rows[name].astype(float)
            if x.nunique() < 2:
                continue
            skewed = abs(x.skew()) > 2
            x = self.logged(x) if skewed else x
            low, high = x.quantile([0.01, 0.99])
            x = x.clip(low, high)
            knots = numpy.unique(x.quantile(numpy.arange(1, 6) / 6)) if x.nunique() >= 4 else []
            self.numbers.append((name, skewed, low, high, x.median(), knots, x.isna().any()))
        design = self.raw(rows)
        self.mean, self.deviation = design.mean(0), design.std(0)
        self.deviation[self.deviation == 0] = 1

    @staticmethod
    def logged(x):
        return numpy.sign(x) * numpy.log1p(abs(x))

    def raw(self, rows):
        columns = []
        for name, skewed, low, high, median, knots, has_missing in self.numbers:
            x = rows[name].astype(float)
            missing = x.isna()
            x = (self.logged(x) if skewed else x).clip(low, high).fillna(median).to_numpy()
            columns.append(x)
            columns += [numpy.maximum(x - knot, 0) for knot in knots]
            if has_missing:
                columns.append(missing.to_numpy(float))
        for name, levels in self.levels:
            columns += [(rows[name] == level).to_numpy(float) for level in levels]
        return numpy.column_stack(columns)

    def design(self, rows):
        return (self.raw(rows) - self.mean) / self.deviation


def logistic(train, test, names, penalties=10.0 ** numpy.linspace(1, -3, 8)):
    def fit(rows, penalty, hinges):
        return LogisticRegression(C=1 / (penalty * len(rows)), max_iter=5_000).fit(
            hinges.design(rows), rows["churn"])

    split, penalty = inner_split(train), 0.01
    if split is not None and len(names) > 1:
        early, late = train[split[0]], train[split[1]]
        hinges = Hinges(early, names)
        losses = [
            log_loss(late["churn"], fit(early, p, hinges).predict_proba(hinges.design(late))[:, 1])
            for p in penalties]
        penalty = penalties[int(numpy.argmin(losses))]
    hinges = Hinges(train, names)
    return fit(train, penalty, hinges).predict_proba(hinges.design(test))[:, 1]


def categorical(rows, names, like=None):
    table = rows[names].copy()
    for name in names:
        if is_level(rows, name):
            levels = pandas.unique(rows[name].dropna()) if like is None else like[name].cat.categories
            table[name] = pandas.Categorical(table[name], categories=levels)
    return table


def boosting(train, test, names, small):
    common = dict(objective="binary", verbose=-1, seed=1, deterministic=True, force_row_wise=True)
    settings, rounds = common, 100
    if small:
        settings = common | dict(
            learning_rate=0.03, num_leaves=8, min_data_in_leaf=60, lambda_l2=5,
            bagging_fraction=0.75, bagging_freq=1)
        rounds, split = 200, inner_split(train)
        if split is not None:
            early, late = train[split[0]], train[split[1]]
            table = categorical(early, names)
            data = lightgbm.Dataset(table, early["churn"])
            judge = lightgbm.Dataset(categorical(late, names, table), late["churn"], reference=data)
            rounds = lightgbm.train(
                settings, data, 1_000, valid_sets=[judge],
                callbacks=[lightgbm.early_stopping(100, verbose=False)]).best_iteration
    table = categorical(train, names)
    model = lightgbm.train(settings, lightgbm.Dataset(table, train["churn"]), rounds)
    return model.predict(categorical(test, names, table))


def lift(labels, scores):
    """Of the first tenth against all; rows tied at its end share the places that are left."""
    count = -(-len(labels) // 10)
    last = numpy.sort(-scores)[count - 1]
    above, tied = -scores < last, -scores == last
    hits = labels[above].sum() + labels[tied].mean() * (count - above.sum())
    return hits / count / labels.mean()


def judge(path):
    panel = pandas.read_csv(path, dtype={"partnerId": str})
    train, test = panel[panel["fold"] == -1].copy(), panel[panel["fold"] == 0]
    if min(train["churn"].nunique(), test["churn"].nunique()) < 2:
        raise SystemExit(f"{path}: folds -1 and 0 must both hold lost and kept rows")
    train.attrs["gap"] = (
        pandas.to_datetime(test["landmark"].min()) - pandas.to_datetime(train["landmark"].max()))
    names = [name for name in panel.columns if name not in KEYS and train[name].nunique() > 1]
    labels = test["churn"].to_numpy()
    print(f"{path}: {len(train):,} rows train, {len(test):,} judge ({labels.sum():,} lost), "
          f"{len(names)} features")
    unused = test["daysSinceLastUsage"].fillna(-1).to_numpy(float)
    days = [name for name in ("daysSinceLastUsage", "neverUsed") if name in names]
    results = {"base rate": numpy.full(len(test), train["churn"].mean())}
    if days:
        results["days unused"] = logistic(train, test, days)
    results["hinge logistic"] = logistic(train, test, names)
    results["lightgbm"] = boosting(train, test, names, small=False)
    results["lightgbm small"] = boosting(train, test, names, small=True)
    print(f"  {'':16} {'AUC':>7} {'log-loss':>9} {'AP':>7} {'lift':>6}")
    for name, p in results.items():
        order = unused if name == "days unused" else p
        print(f"  {name:16} {roc_auc_score(labels, order):7.4f} {log_loss(labels, p):9.4f} "
              f"{average_precision_score(labels, order):7.4f} {lift(labels, order):6.2f}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    warnings.filterwarnings("ignore")
    for argument in sys.argv[1:]:
        judge(argument)
