#!/usr/bin/env python3
"""Writes survival.json: what lifelines gives for Kaplan–Meier curves with delayed entry.

Usage: python3 survival.py > survival.json

Needs lifelines; its version is in the file. Subjects are made by SplitMix64 with whole numbers, so the tests
rebuild the same ones without Python. An entry of −1 is "followed from the start on"; lifelines is given
ages + 1, because it wants entries of at least 0 that lie before the exit.
"""

import json
import sys

import lifelines
from lifelines import KaplanMeierFitter

MASK = (1 << 64) - 1


class SplitMix64:
    """Steele, Lea & Flood 2014; constants of https://prng.di.unimi.it/splitmix64.c"""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return (z ^ (z >> 31)) % limit


def subjects(seed, count, longest, late_per_ten):
    """(entry, exit, lost); every late one enters at an age below its exit."""
    random = SplitMix64(seed)
    made = []
    for _ in range(count):
        exit_age = random.below(longest)
        is_late = random.below(10) < late_per_ten and exit_age > 0
        entry = random.below(exit_age) if is_late else -1
        made.append((entry, exit_age, random.below(3) == 0))
    return made


def curve(made):
    fitter = KaplanMeierFitter(alpha=0.05)
    fitter.fit(
        [exit_age + 1 for _, exit_age, _ in made], event_observed=[lost for _, _, lost in made],
        entry=[entry + 1 for entry, _, _ in made])
    table, bands = fitter.event_table, fitter.confidence_interval_survival_function_
    steps = []
    for age, row in table.iterrows():
        if row["observed"] == 0:
            continue
        survival = float(fitter.survival_function_.loc[age].iloc[0])
        low, high = (float(value) for value in bands.loc[age])
        alone = survival == 0
        # Its table counts those who enter at an age among those at risk there; its curve does not.
        steps.append({
            "age": int(age) - 1, "atRisk": int(row["at_risk"] - row["entrance"]),
            "lost": int(row["observed"]),
            "survival": survival, "low": None if alone else low, "high": None if alone else high})
    return steps


CASES = [(1, 40, 60, 0), (2, 200, 90, 0), (3, 300, 120, 4), (4, 500, 45, 7)]

json.dump(
    {
        "versions": {"python": sys.version.split()[0], "lifelines": lifelines.__version__},
        "cases": [
            {"seed": seed, "count": count, "longest": longest, "latePerTen": late,
             "steps": curve(subjects(seed, count, longest, late))}
            for seed, count, longest, late in CASES
        ],
    },
    sys.stdout, indent=1)
print()
