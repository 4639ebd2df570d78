#!/usr/bin/env python3
"""Judges `churn-risk cross-validate` beside the usual libraries on the same folds of the same tables.

Usage: python tables.py PROGRAM TABLE.csv.gz [TABLE.csv.gz ...]

A table has features, `churn` (0/1) and `fold`: rows of a fold >= 0 are predicted by a model of all other rows of
fold >= -1, fold -2 is never used. A panel also has `customer` and `landmark`, which are no features.

  lr         one-hot + standardised logistic regression, C = 1
  hgb        scikit-learn's histogram gradient boosting, defaults
  lgb_d      LightGBM, defaults, 100 rounds
  lgb_small  1,000 x 0.03, 8 leaves, 60 rows a leaf, L2 5, bagging 0.75, early stopping by five inner folds,
             the mean of the five models' log-odds
  xgb_d      XGBoost hist, defaults, 100 rounds
  cb_d       CatBoost, defaults

Printed for each table: AUC and log-loss (means over folds) of each with its seconds, the paired difference of log-loss
between churn-risk and the best peer with its standard error (over folds; over customers on panels), and at the end
the mean rank by log-loss. Rows with an exact twin among those trained on reward memorising: a table that is no panel
and has some is judged once more on the others, and there it is ranked. Versions: requirements.txt beside it.
"""

import os
import subprocess
import sys
import tempfile
import time
import warnings

import catboost
import lightgbm
import numpy
import pandas
import xgboost
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
THREADS = 2


def logit(p):
    p = numpy.clip(p, 1e-12, 1 - 1e-12)
    return numpy.log(p / (1 - p))


def sigmoid(z):
    return 1 / (1 + numpy.exp(-z))


class Table:
    def __init__(self, path):
        self.path = path
        self.name = os.path.basename(path).split(".")[0]
        frame = pandas.read_csv(path)
        self.y, self.fold = frame["churn"].to_numpy(), frame["fold"].to_numpy()
        self.is_panel = {"customer", "landmark"} <= set(frame.columns)
        self.group = frame["customer"].to_numpy() if self.is_panel else numpy.arange(len(frame))
        x = frame.drop(columns=[c for c in ("churn", "fold", "customer", "landmark") if c in frame])
        self.levels = [c for c in x.columns if not pandas.api.types.is_numeric_dtype(x[c])]
        self.x = x.assign(**{c: x[c].astype("category") for c in self.levels})
        self.folds = sorted(set(self.fold[self.fold >= 0]))
        self.has_twin = self.twins()

    def twins(self):
        """Whether a judged row equals, in every feature, a row that its fold learns from."""
        number = self.x.groupby(list(self.x.columns), dropna=False, observed=True, sort=False).ngroup().to_numpy()
        found = numpy.zeros(len(number), bool)
        for fold in self.folds:
            train, test = self.split(fold)
            found[test] = numpy.isin(number[test], number[train])
        return found

    def split(self, fold):
        return numpy.flatnonzero((self.fold >= -1) & (self.fold != fold)), numpy.flatnonzero(self.fold == fold)


def lr(t, train, test):
    wide = pandas.get_dummies(t.x, columns=t.levels, dummy_na=True, dtype=float)
    wide = wide.fillna(wide.iloc[train].median()).fillna(0)
    keep = wide.columns[wide.iloc[train].std() > 0]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1, max_iter=5000))
    return model.fit(wide.iloc[train][keep], t.y[train]).predict_proba(wide.iloc[test][keep])[:, 1]


def hgb(t, train, test):
    # At most 255 levels: rarer ones are one level.
    x = t.x.copy()
    for c in t.levels:
        common = x[c].value_counts().index[:250]
        x[c] = x[c].where(x[c].isin(common)).astype(object).fillna("other").astype("category")
    model = HistGradientBoostingClassifier(categorical_features=t.levels or None, random_state=1)
    return model.fit(x.iloc[train], t.y[train]).predict_proba(x.iloc[test])[:, 1]


def lgb_d(t, train, test):
    data = lightgbm.Dataset(t.x.iloc[train], t.y[train])
    model = lightgbm.train({"objective": "binary", "verbose": -1, "num_threads": THREADS, "seed": 1}, data, 100)
    return model.predict(t.x.iloc[test], num_threads=THREADS)


def lgb_small(t, train, test):
    parameters = {
        "objective": "binary", "learning_rate": 0.03, "num_leaves": 8, "min_data_in_leaf": 60, "lambda_l2": 5,
        "bagging_fraction": 0.75, "bagging_freq": 1, "verbose": -1, "num_threads": THREADS}
    inner = StratifiedGroupKFold(5, shuffle=True, random_state=1)
    sum_of_logits = numpy.zeros(len(test))
    for number, (a, b) in enumerate(inner.split(train, t.y[train], t.group[train])):
        data = lightgbm.Dataset(t.x.iloc[train[a]], t.y[train[a]])
        watched = lightgbm.Dataset(t.x.iloc[train[b]], t.y[train[b]], reference=data)
        model = lightgbm.train(
            {**parameters, "seed": number}, data, 1000, valid_sets=[watched],
            callbacks=[lightgbm.early_stopping(100, verbose=False)])
        sum_of_logits += logit(model.predict(t.x.iloc[test], num_threads=THREADS))
    return sigmoid(sum_of_logits / 5)


def xgb_d(t, train, test):
    a = xgboost.DMatrix(t.x.iloc[train], t.y[train], enable_categorical=True)
    b = xgboost.DMatrix(t.x.iloc[test], enable_categorical=True)
    model = xgboost.train(
        {"objective": "binary:logistic", "tree_method": "hist", "nthread": THREADS, "seed": 1}, a, 100)
    return model.predict(b).astype(float)


def cb_d(t, train, test):
    x = t.x.assign(**{c: t.x[c].astype(object).fillna("unknown").astype(str) for c in t.levels})
    model = catboost.CatBoostClassifier(
        verbose=0, thread_count=THREADS, random_seed=1, cat_features=t.levels, allow_writing_files=False)
    return model.fit(x.iloc[train], t.y[train]).predict_proba(x.iloc[test])[:, 1]


PEERS = [lr, hgb, lgb_d, lgb_small, xgb_d, cb_d]


def ours(program, table):
    with tempfile.TemporaryDirectory() as folder:
        predictions = os.path.join(folder, "predictions.csv")
        words = [
            program, "cross-validate", table.path, "--label", "churn", "--fold-column", "fold", "--quiet",
            "--predictions", predictions]
        if table.is_panel:
            words += ["--group", "customer", "--time", "landmark"]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        frame = pandas.read_csv(predictions)
    p = numpy.full(len(table.y), numpy.nan)
    p[frame["row"]] = frame["probability"]
    return p


def losses(y, p):
    p = numpy.clip(p, 1e-15, 1 - 1e-15)
    return -(y * numpy.log(p) + (1 - y) * numpy.log(1 - p))


def difference(table, judged, p, q):
    """Of the mean log-loss of p and q over the judged rows, with its standard error."""
    d = losses(table.y[judged], p[judged]) - losses(table.y[judged], q[judged])
    if table.is_panel:
        sums = numpy.bincount(numpy.unique(table.group[judged], return_inverse=True)[1], d - d.mean())
        return d.mean(), numpy.sqrt((sums ** 2).sum()) / len(d)
    means = [d[table.fold[judged] == fold].mean() for fold in table.folds]
    return numpy.mean(means), numpy.std(means, ddof=1) / numpy.sqrt(len(means))


def report(table, judged, what, predicted, seconds):
    """Prints the figures of the judged rows; returns the names by log-loss."""
    rows = {}
    for name, p in predicted.items():
        by_fold = [judged & (table.fold == fold) for fold in table.folds]
        rows[name] = (
            numpy.mean([roc_auc_score(table.y[m], p[m]) for m in by_fold]),
            numpy.mean([log_loss(table.y[m], numpy.clip(p[m], 1e-15, 1 - 1e-15)) for m in by_fold]))
    order = sorted(rows, key=lambda name: rows[name][1])
    print(f"\n{table.name}: {int(judged.sum())} {what}")
    for name in order:
        auc, loss = rows[name]
        print(f"  {name:10}  AUC {auc:.4f}  log-loss {loss:.4f}  {seconds[name]:7.1f} s")
    best = next(name for name in order if name != "churn-risk")
    mean, error = difference(table, judged, predicted["churn-risk"], predicted[best])
    verdict = "within one standard error or better" if mean <= error else "WORSE"
    print(f"  against {best}: {mean:+.4f} ± {error:.4f}, {verdict}", flush=True)
    return order


def main(program, paths):
    ranks = {}
    for path in paths:
        table = Table(path)
        started = time.monotonic()
        predicted = {"churn-risk": ours(program, table)}
        seconds = {"churn-risk": time.monotonic() - started}
        for peer in PEERS:
            started = time.monotonic()
            p = numpy.full(len(table.y), numpy.nan)
            for fold in table.folds:
                train, test = table.split(fold)
                p[test] = peer(table, train, test)
            predicted[peer.__name__] = p
            seconds[peer.__name__] = time.monotonic() - started
        judged = table.fold >= 0
        order = report(table, judged, "rows judged", predicted, seconds)
        if not table.is_panel and table.has_twin.any():
            order = report(table, judged & ~table.has_twin, "of them without a twin", predicted, seconds)
        for rank, name in enumerate(order, 1):
            ranks.setdefault(name, []).append(rank)
    print("\nMean rank by log-loss:")
    for name, r in sorted(ranks.items(), key=lambda item: numpy.mean(item[1])):
        print(f"  {name:10}  {numpy.mean(r):.2f}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
