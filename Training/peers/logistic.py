#!/usr/bin/env python3
"""A logistic regression by a library, to a given gradient.

Usage: python logistic.py SOLVER FILE TRAINING COLUMNS THREADS LAMBDA GRADIENT

FILE holds 32-bit floats, column after column and the labels behind them. Columns are standardised, which is not timed.
The objective is mean log-loss + LAMBDA/2 |coefficients|^2, the intercept free. The loosest tolerance of the library
counts that ends at max |gradient| <= GRADIENT.
"""

import json
import sys
import time

import numpy


def scikit_learn(solver, x, y, penalty, tolerance):
    from sklearn.linear_model import LogisticRegression
    model = LogisticRegression(
        C=1 / (penalty * len(y)), solver=solver, tol=tolerance, max_iter=10_000).fit(x, y)
    return model.coef_[0], model.intercept_[0]


def glum(_, x, y, penalty, tolerance):
    from glum import GeneralizedLinearRegressor
    model = GeneralizedLinearRegressor(
        family="binomial", alpha=penalty, l1_ratio=0, gradient_tol=tolerance, max_iter=10_000).fit(x, y)
    return model.coef_, model.intercept_


def gradient(x, y, penalty, coefficients, intercept):
    rest = 1 / (1 + numpy.exp(-(x @ coefficients + intercept))) - y
    return max(numpy.abs(x.T @ rest / len(y) + penalty * coefficients).max(), abs(rest.mean()))


def main(solver, file, training, columns, threads, penalty, bound):
    training, columns, penalty, bound = int(training), int(columns), float(penalty), float(bound)
    numbers = numpy.fromfile(file, dtype="<f4").reshape(columns + 1, -1)[:, :training].astype(float)
    x, y = numbers[:-1].T, numbers[-1].copy()
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    # The layout that each library asks for.
    x = numpy.asfortranarray(x) if solver == "glum" else numpy.ascontiguousarray(x)
    fit = glum if solver == "glum" else scikit_learn
    for tolerance in [10 ** -(k / 2) for k in range(6, 25)]:
        start, processor_start = time.monotonic(), time.process_time()
        coefficients, intercept = fit(solver, x, y, penalty, tolerance)
        seconds, processor_seconds = time.monotonic() - start, time.process_time() - processor_start
        reached = float(gradient(x, y, penalty, coefficients, intercept))
        if reached <= bound:
            break
    library = __import__("glum" if solver == "glum" else "sklearn")
    print(json.dumps({
        "seconds": seconds, "processorSeconds": processor_seconds, "memory": 0, "gradient": reached,
        "version": library.__version__, "call": f"{solver}, tolerance {tolerance:.1e}"}))


if __name__ == "__main__":
    main(*sys.argv[1:])
