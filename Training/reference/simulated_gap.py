#!/usr/bin/env python3
"""How far the program is from the best that anybody could do: the generator's own probabilities.

Usage: python3 simulated_gap.py PROGRAM [SEED ...]        (default seeds 1 2 3)

Simulates a partner of 3,000 subscriptions and 78 weeks for each seed, and on each of the last landmarks
whose window has ended trains and scores as of that day. The same rows are then judged by the program's
probabilities, by the base rate of the rows trained on, and by the probabilities in truth-hazard.csv, which
know the hidden state of every subscription but not the draws to come. The outcome is `churned` in
truth.csv. Needs Python alone.
"""

import csv
import datetime
import json
import math
import os
import subprocess
import sys
import tempfile

RECIPES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "recipes")
LANDMARKS = 5


def auc(rows):
    """The chance that a lost row is above a kept one, ties counting half."""
    ordered = sorted(rows)
    ranks, start = 0.0, 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end][0] == ordered[start][0]:
            end += 1
        ranks += (start + 1 + end) / 2 * sum(lost for _, lost in ordered[start:end])
        start = end
    ones = sum(lost for _, lost in ordered)
    zeros = len(ordered) - ones
    return (ranks - ones * (ones + 1) / 2) / (ones * zeros)


def log_loss(rows):
    return -sum(math.log(p if lost else 1 - p) for p, lost in rows) / len(rows)


def days(text, count):
    return (datetime.date.fromisoformat(text) + datetime.timedelta(days=count)).isoformat()


def one(program, seed, recipe, column, horizon):
    """Rows (model, base rate, truth, lost) of all landmarks of one simulated partner."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        def run(*words):
            subprocess.run(
                [program, *words, "--quiet"], cwd=folder, check=True, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL)

        run("simulate", "--subscriptions", "3000", "--weeks", "78", "--seed", str(seed),
            "--output", "exports")
        run("import", "exports")
        with open(f"{folder}/exports/truth.csv") as file:
            churned = {
                row["subscriptionId"]: row["date"] for row in csv.DictReader(file)
                if row["event"] == "churned"}
        truth = {}
        with open(f"{folder}/exports/truth-hazard.csv") as file:
            for row in csv.DictReader(file):
                truth.setdefault(row["landmark"], {})[row["subscriptionId"]] = float(row[column])
        # The larger tenant is exported on the newest day, and every fourth week before.
        newest = max(truth)
        mondays = [day for day in (days(newest, -28 * k) for k in range(20)) if day in truth]
        usable = [day for day in mondays if days(day, horizon) <= newest][:LANDMARKS]
        for day in usable:
            run("train", "--recipe", os.path.join(RECIPES, recipe), "--as-of", day)
            run("score", "--as-of", day)
            with open(f"{folder}/at-risk.json") as file:
                scores = json.load(file)
            with open(f"{folder}/model/model.json") as file:
                training = json.load(file)["training"]
            base = training["churnedRows"] / training["rows"]
            for row in scores["subscriptions"]:
                known = truth[day].get(row["subscriptionId"])
                if known is None or row["churnProbability"] is None:
                    continue
                date = churned.get(row["subscriptionId"], "")
                lost = day < date <= days(day, horizon)
                rows.append((row["churnProbability"], base, min(max(known, 1e-6), 1 - 1e-6), lost))
    return rows


def main(program, seeds):
    program = os.path.abspath(program)
    for recipe, column, horizon in [
        ("cancellation-28d.json", "churnWithin28Days", 28),
        ("cancellation-91d.json", "churnWithin91Days", 91),
    ]:
        print(f"{recipe}, {LANDMARKS} landmarks of each partner")
        print(f"  {'seed':>4} {'rows':>7} {'lost':>5}   AUC {'model':>7} {'truth':>7} {'gap':>7}"
              f"   log-loss {'model':>7} {'base':>7} {'truth':>7} {'gap':>7} {'of it':>6}")
        for seed in seeds:
            rows = one(program, seed, recipe, column, horizon)
            if not any(row[3] for row in rows):
                print(f"  {seed:>4} no row with a probability was lost")
                continue
            model, base, truth = ([(row[i], row[3]) for row in rows] for i in range(3))
            losses = [log_loss(judge) for judge in (model, base, truth)]
            areas = [auc(judge) for judge in (model, truth)]
            share = (losses[1] - losses[0]) / (losses[1] - losses[2])
            print(f"  {seed:>4} {len(rows):>7,} {sum(row[3] for row in rows):>5}       "
                  f"{areas[0]:7.4f} {areas[1]:7.4f} {areas[1] - areas[0]:7.4f}            "
                  f"{losses[0]:7.4f} {losses[1]:7.4f} {losses[2]:7.4f} {losses[0] - losses[2]:7.4f} "
                  f"{share:6.0%}")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(sys.argv[1], [int(seed) for seed in sys.argv[2:]] or [1, 2, 3])
