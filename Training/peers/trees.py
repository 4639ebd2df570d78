#!/usr/bin/env python3
"""One task of boosted trees by a library.

Usage: python trees.py LIBRARY training|scoring|attributions FILE TRAINING MODEL EXPLAINED COLUMNS THREADS SETTING

FILE holds 32-bit floats, column after column and the labels behind them. 100 trees of 31 leaves, 255 bins, rate 0.1.
"""

import json
import sys
import time

import numpy


def memory(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(name + ":"))


def measure(work):
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")  # the kernel forgets the peak so far
    before = memory("VmRSS")
    start, processor_start = time.monotonic(), time.process_time()
    result = work()
    return result, {
        "seconds": time.monotonic() - start, "processorSeconds": time.process_time() - processor_start,
        "memory": memory("VmHWM") - before}


class LightGBM:
    def __init__(self, threads, setting):
        import lightgbm
        self.library, self.threads, self.version = lightgbm, threads, lightgbm.__version__
        layout = setting if setting.startswith("force") else "force_row_wise"
        self.parameters = {
            "objective": "binary", "num_leaves": 31, "learning_rate": 0.1, "max_bin": 255, "num_threads": threads,
            "verbose": -1, layout: True}
        self.call = f"Dataset + train({self.parameters}, 100); predict(num_threads={threads})"

    def fit(self, x, y):
        return self.library.train(self.parameters, self.library.Dataset(x, y), 100)

    def score(self, model, x):
        return model.predict(x, num_threads=self.threads)

    def explain(self, model, x):
        return model.predict(x, pred_contrib=True, num_threads=self.threads)


class XGBoost:
    def __init__(self, threads, setting):
        import xgboost
        self.library, self.threads, self.version = xgboost, threads, xgboost.__version__
        self.parameters = {
            "objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide", "max_leaves": 31,
            "max_depth": 0, "eta": 0.1, "max_bin": 256, "nthread": threads}
        self.call = f"QuantileDMatrix + train({self.parameters}, 100); inplace_predict; pred_contribs of a DMatrix"

    def fit(self, x, y):
        return self.library.train(
            self.parameters, self.library.QuantileDMatrix(x, y, nthread=self.threads, max_bin=256), 100)

    def score(self, model, x):
        return model.inplace_predict(x)

    def explain(self, model, x):
        return model.predict(self.library.DMatrix(x, nthread=self.threads), pred_contribs=True)


class CatBoost:
    def __init__(self, threads, setting):
        import catboost
        self.library, self.version = catboost, catboost.__version__
        self.parameters = {
            "loss_function": "Logloss", "grow_policy": setting, "max_leaves": 31, "iterations": 100,
            "learning_rate": 0.1, "border_count": 254, "thread_count": threads, "verbose": False,
            "allow_writing_files": False}
        self.call = f"CatBoostClassifier({self.parameters}).fit"

    def fit(self, x, y):
        return self.library.CatBoostClassifier(**self.parameters).fit(x, y)

    def score(self, model, x):
        return model.predict_proba(x)[:, 1]


def main(library, task, file, training, of_model, explained, columns, threads, setting):
    training, of_model, explained, columns = int(training), int(of_model), int(explained), int(columns)
    numbers = numpy.fromfile(file, dtype="<f4").reshape(columns + 1, -1)
    x, y = numpy.ascontiguousarray(numbers[:-1].T), numbers[-1].copy()
    del numbers
    peer = {"LightGBM": LightGBM, "XGBoost": XGBoost, "CatBoost": CatBoost}[library](int(threads), setting)
    if task == "training":
        rows, labels = x[:training], y[:training]
        model, answer = measure(lambda: peer.fit(rows, labels))
    else:
        model = peer.fit(x[:of_model], y[:of_model])
        scored = x[training:] if task == "scoring" else x[training:training + explained]
        work = peer.score if task == "scoring" else peer.explain
        _, answer = measure(lambda: work(model, scored))
    p, labels = peer.score(model, x[training:]).astype(float), y[training:]
    loss = -numpy.log(numpy.where(labels == 1, p, 1 - p)).mean()
    print(json.dumps(answer | {"logLoss": float(loss), "version": peer.version, "call": peer.call}))


if __name__ == "__main__":
    main(*sys.argv[1:])
