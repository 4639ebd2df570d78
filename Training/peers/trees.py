#!/usr/bin/env python3
"""One task of boosted trees by a library.

Usage: python trees.py LIBRARY training|scoring|attributions FILE FOLD SCORED MODEL EXPLAINED COLUMNS THREADS SETTING

FILE holds 32-bit floats, column after column and the labels behind them. 100 trees of 31 leaves, 255 bins, rate 0.1.
The FOLD-th run of SCORED rows is scored, the others are learned from.
"""

import json
import sys
import tempfile
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


class Lleaves(LightGBM):
    def __init__(self, threads, setting):
        super().__init__(threads, setting)
        import importlib.metadata
        self.version = importlib.metadata.version("lleaves")
        self.call = f"lleaves.Model.compile of LightGBM's trees; predict(n_jobs={threads})"

    def fit(self, x, y):
        import lleaves
        with tempfile.NamedTemporaryFile(suffix=".txt") as file:
            super().fit(x, y).save_model(file.name)
            model = lleaves.Model(model_file=file.name)
            model.compile()
        return model

    def score(self, model, x):
        return model.predict(x, n_jobs=self.threads)


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


def main(library, task, file, fold, scored, of_model, explained, columns, threads, setting):
    first, count, of_model = int(fold) * int(scored), int(scored), int(of_model)
    explained, columns = int(explained), int(columns)
    numbers = numpy.fromfile(file, dtype="<f4").reshape(columns + 1, -1)
    held_out = numpy.zeros(numbers.shape[1], dtype=bool)
    held_out[first:first + count] = True
    rows, seen = numpy.ascontiguousarray(numbers[:-1, ~held_out].T), numbers[-1, ~held_out]
    later, labels = numpy.ascontiguousarray(numbers[:-1, held_out].T), numbers[-1, held_out]
    del numbers
    peers = {"LightGBM": LightGBM, "lleaves": Lleaves, "XGBoost": XGBoost, "CatBoost": CatBoost}
    peer = peers[library](int(threads), setting)
    if task == "training":
        model, answer = measure(lambda: peer.fit(rows, seen))
    else:
        model = peer.fit(rows[:of_model], seen[:of_model])
        part = later if task == "scoring" else later[:explained]
        work = peer.score if task == "scoring" else peer.explain
        _, answer = measure(lambda: work(model, part))
    p = peer.score(model, later).astype(float)
    loss = -numpy.log(numpy.where(labels == 1, p, 1 - p)).mean()
    print(json.dumps(answer | {"logLoss": float(loss), "version": peer.version, "call": peer.call}))


if __name__ == "__main__":
    main(*sys.argv[1:])
