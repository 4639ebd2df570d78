#!/usr/bin/env python3
"""How far a model of a simulated partner's exports is from who knows the generator's own probabilities.

Usage: python truth.py PANEL.csv[.gz] PREDICTIONS.csv DIR/truth-hazard.csv DAYS

The panel is of `churn-risk features`, the predictions of `churn-risk cross-validate --predictions` on it, the
truth of `churn-risk simulate`; DAYS, 28 or 91, is the horizon of the panel. Rows that are judged and of
which the generator wrote down a probability are compared, both sides on the same rows. Nobody can know more
than the generator in the long run; it does not know the draws to come.
"""

import json
import sys

import numpy
import polars as pl
from sklearn.metrics import log_loss, roc_auc_score


def figures(labels, probabilities):
    clipped = numpy.clip(probabilities, 1e-6, 1 - 1e-6)
    return {"logLoss": round(float(log_loss(labels, clipped)), 5),
            "areaUnderROC": round(float(roc_auc_score(labels, probabilities)), 5)}


def main(panel, predictions, truth, days):
    keys = ["subscriptionId", "landmark"]
    rows = pl.read_csv(panel, columns=keys + ["churn", "fold"]).with_row_index("row")
    hazards = pl.read_csv(truth)
    column = f"churnWithin{days}Days"
    judged = rows.join(pl.read_csv(predictions).select(pl.col("row").cast(pl.UInt32), "probability"), on="row")
    judged = judged.join(hazards.select(*keys, pl.col(column).alias("truth")), on=keys)
    labels = judged["churn"].to_numpy()
    rate = rows.filter(pl.col("fold") == -1)["churn"].mean()
    model, known = (figures(labels, judged[name].to_numpy()) for name in ("probability", "truth"))
    print(json.dumps({
        "rows": judged.height, "churned": int(labels.sum()),
        "baseRate": figures(labels, numpy.full(len(labels), rate)), "model": model, "generator": known,
        "gap": {name: round(model[name] - known[name], 5) for name in model}}))


if __name__ == "__main__":
    if len(sys.argv) != 5:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
