#!/usr/bin/env python3
"""Search for the strengths of the landmine-ban case, and score its forecasts.

Usage:  OMP_NUM_THREADS=1 python3 ottawa.py WORLD_DATA OUT

WORLD_DATA  folder with the tables of the world (crates/world/data)
OUT         folder that receives fits.csv, forecasts.csv, check.csv, check_counts.csv,
            history.csv and search.log (crates/cases/data/ottawa)

Needs Python 3.10 or later with numpy and scipy (`pip install numpy scipy`; last run with
Python 3.11, numpy 2.4.6 and scipy 1.17.1). Takes about six minutes on one core.

Nine numbers, shared by all states, are found by maximum a posteriori on a mean field of the
model, for the full sample and without each of the ten folds of folds.csv. They are rounded to
two decimals; the rounded values are the ones that are simulated and scored. Every forecast of
a state comes from a fit that has not seen its fold. Seeds are fixed, so a second run writes
the same files.

README.md beside this file says what was searched, what was looked at on the way, and how to
read the result.
"""

import calendar
import copy
import csv
import os
import sys
import time
from collections import defaultdict
from types import SimpleNamespace

import numpy as np
from scipy.optimize import minimize
from scipy.stats import rankdata

# Shared numbers of the model: name, start of the search, mean and standard deviation of the
# normal prior, largest value; the least is 0. The two steps have a tight prior because the data
# say little about how their sum is divided between them.
PARAMETERS = [
    ("sovereignty", 5.0, 2.0, 3.0, None),
    ("partial_bindingness", 0.3, 0.4, 3.0, 1),
    ("security", 1.2, 1.0, 3.0, None),
    ("border", 1.7, 1.0, 3.0, None),
    ("patron", 0.7, 1.0, 3.0, None),
    ("moral", 4.0, 3.0, 3.0, None),
    ("ottawa", 1.5, 2.0, 1.0, None),
    ("brussels", 3.0, 2.0, 1.0, None),
    ("network", 0.7, 1.0, 3.0, None),
]
NAMES = [p[0] for p in PARAMETERS]
START, PRIOR_MEAN, PRIOR_SD = (np.array([p[c] for p in PARAMETERS]) for c in (1, 2, 3))

LAYERS = ("igo", "defence", "contiguity", "trade", "diplomatic", "visibility")
ATTRIBUTES = ("democracy", "record", "border", "patron")
# A state that holds or advocates m supports k by SUPPORT[m, k]: positions are graded.
SUPPORT = np.array([[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]])
MAX_GAIN = 11.0  # of the security environment
REVIEW = 1 - np.exp(-1.0)  # share of governments that review in a month (12 a year)
REPLICATES = 400

# Advocacy of a total ban: 1/4 founded or first meeting of experts, 1/2 international
# conferences, 1 public campaign for a total ban. Dates by key of the timeline, which lacks the
# ICRC's campaign: that one is general knowledge, not checked against a document.
CAMPAIGN = {
    "ICBL": [("icbl", 0.25), ("ngo_london", 0.5), ("ccw_review_stalls", 1.0)],
    "ICRC": [("icrc_montreux", 0.25), ("icrc_campaign", 1.0)],
}
ICRC_CAMPAIGN = "1995-11-22"

MORATORIUM = {"export_moratorium", "export_moratorium_by", "export_ban_permanent",
              "export_stopped", "national_ban_law", "production_moratorium"}
CONSENT = {"ratification", "acceptance", "approval", "accession", "succession"}
MORATORIA_KNOWN = "1995-10-15"  # the list of moratoria is of this day
SIGNED_BY = "1997-12-31"

CHECK_MONTHS = "1992-10 1995-12 1996-10 1997-04 1997-06 1997-09 1997-12".split()
CHECK_STATES = """AND BRA CAN CHN CSK CUB CZE DEU ERI EST FIN FRA GBR IND ISR NOR POL PRK RUS SVK
    TUR TWN USA YEM YUG ZAF""".split()


# ------------------------------------------------------------------------ the world by month


class World:
    """The tables as arrays by month and state.

    A month is one tick. Whatever is dated inside a month counts in it, so spells are read on
    its last day.
    """

    def __init__(self, folder):
        self.folder = folder
        self.days = [f"{y}-{m:02d}-{calendar.monthrange(y, m)[1]}"
                     for y in range(1990, 2001) for m in range(1, 13)]
        states = {r["id"]: r for r in self.table("states")}
        self.ids = sorted(states)
        self.index = {s: i for i, s in enumerate(self.ids)}
        self.n = len(self.ids)
        self.alive = np.array([[holds(states[s], d) for s in self.ids] for d in self.days])
        self.born = {t: np.where(self.alive[t] & ~self.alive[t - 1])[0]
                     for t in range(1, len(self.days))}
        self.heir_of = {self.index[s]: self.index[r["predecessor"]]
                        for s, r in states.items() if r["predecessor"]}
        self.region = np.array([states[s]["un_region"] for s in self.ids])
        self.subregion = np.array([states[s]["un_subregion"] for s in self.ids])
        self.fold = np.full(self.n, -1)
        for r in self.table("folds"):
            self.fold[self.index[r["id"]]] = int(r["fold"])
        self.read_attributes()
        self.read_events()
        self.read_outcomes()
        self.exposure = self.sum_of_layers()

    def table(self, name):
        with open(os.path.join(self.folder, name + ".csv"), newline="") as f:
            return list(csv.DictReader(f))

    @staticmethod
    def month(date):
        """Tick of a date, or of a month written YYYY-MM."""
        return (int(date[:4]) - 1990) * 12 + int(date[5:7]) - 1

    def read_attributes(self):
        """A row holds from its date until the next row of the state."""
        self.attribute = {a: np.zeros((len(self.days), self.n)) for a in ATTRIBUTES}
        for r in self.table("attributes"):
            since = np.array([r["from"] <= day for day in self.days])
            for a in ATTRIBUTES:
                self.attribute[a][since, self.index[r["id"]]] = float(r[a] or 0)

    def read_events(self):
        """Ticks of the offers and steps, and mean advocacy of the two campaigners."""
        self.date = {r["key"]: r["date"] for r in self.table("mine_ban_timeline")}
        self.date["icrc_campaign"] = ICRC_CAMPAIGN
        at = {key: self.month(date) for key, date in self.date.items()}
        self.offer_partial, self.offer_ban = at["us_moratorium"], at["axworthy"]
        self.step = {"ottawa": at["ottawa"], "brussels": at["brussels"]}
        self.moratoria_known, self.end = self.month(MORATORIA_KNOWN), self.month(SIGNED_BY)
        self.core_decided = self.month("1996-12")
        self.advocacy = np.zeros(len(self.days))
        for levels in CAMPAIGN.values():
            level = np.zeros(len(self.days))
            for key, x in levels:
                level[at[key]:] = x
            self.advocacy += level / len(CAMPAIGN)

    def read_outcomes(self):
        """What states did: moratorium, core group, signature; and the UN vote of 1996."""
        self.moratorium, self.core, self.signed = np.zeros((3, self.n), bool)
        self.vote = np.full(self.n, "absent", dtype=object)
        for r in self.table("mine_ban"):
            i, event = self.index.get(r["id"]), r["event"]
            if i is None:
                continue
            self.signed[i] |= event == "signature" and r["date"] <= SIGNED_BY
            self.moratorium[i] |= event in MORATORIUM and r["date"] <= MORATORIA_KNOWN
            self.core[i] |= event == "core_group"
            if event.startswith("unga_51"):
                self.vote[i] = event.rsplit("_", 1)[1]
        self.system = self.alive[self.end]  # the states that are scored
        self.y = self.signed[self.system].astype(float)

    def sum_of_layers(self):
        """Exposure[sender, target] by month: ties of each layer, normalised over the living
        senders of a target, then added up, because the layers share one strength."""
        missions = self.waves("diplomatic", "host", lambda rank: float(rank in "123"))
        layers = {
            "igo": self.joint_membership(),
            "defence": self.pairs("defence", lambda r: r["source"] == "cow"),
            "contiguity": self.pairs("contiguity", lambda r: r["class"] in "1234"),
            "trade": self.waves("trade", "target", float),
            "diplomatic": missions,
            "visibility": [0.5 + 0.5 * ((m + m.T) > 0) for m in missions],
        }
        total = np.zeros((len(self.days), self.n, self.n))
        for name in LAYERS:
            for t, strength in enumerate(layers[name]):
                w = strength * self.alive[t][:, None]
                np.fill_diagonal(w, 0)
                in_strength = w.sum(0)
                total[t] += np.where(in_strength > 0, w / np.maximum(in_strength, 1e-300), 0)
        return total

    def pairs(self, name, keep):
        """Mutual ties of strength 1."""
        rows = [(self.index[r["a"]], self.index[r["b"]], r) for r in self.table(name) if keep(r)]
        out = np.zeros((len(self.days), self.n, self.n))
        for t, day in enumerate(self.days):
            for a, b, r in rows:
                if holds(r, day):
                    out[t, a, b] = out[t, b, a] = 1
        return out

    def waves(self, name, target, strength):
        """Directed ties that were observed in some years only."""
        rows, by_wave = self.table(name), {}
        waves = [w for w in self.table("waves") if w["table"] == name]
        for wave in (w["wave"] for w in waves):
            by_wave[wave] = np.zeros((self.n, self.n))
            for r in rows:
                at = self.index[r["sender"]], self.index[r[target]]
                by_wave[wave][at] = strength(r["w" + wave])
        return [next(by_wave[w["wave"]] for w in waves if holds(w, day)) for day in self.days]

    def joint_membership(self):
        """Sum over shared organisations of 1 / (members - 1): small ones bind more."""
        rows = self.table("igo_membership")
        orgs = {o: k for k, o in enumerate(sorted({r["igo"] for r in rows}))}
        out, last = [], None
        for day in self.days:
            member = np.zeros((len(orgs), self.n))
            for r in rows:
                if holds(r, day):
                    member[orgs[r["igo"]], self.index[r["id"]]] = 1
            if last is None or not np.array_equal(member, last):
                size = member.sum(1)
                weight = np.where(size > 1, 1 / np.maximum(size - 1, 1), 0)
                joint, last = (member * weight[:, None]).T @ member, member
            out.append(joint)
        return out


def holds(spell, day):
    return spell["from"] <= day and (spell["until"] == "" or day < spell["until"])


# ------------------------------------------------------------------------ the model


def pressures(world, x, t, held, off=()):
    """Pressure toward status quo, partial and ban, three arrays (sets, states).

    `x` (sets, 9) are parameter sets; `held` (sets, 3, states) is the probability that each
    state holds each position.
    """
    at = {a: values[t] for a, values in world.attribute.items()}
    p = {name: x[:, j:j + 1] for j, name in enumerate(NAMES)}
    # What a fully binding position costs; a threat raises the cost of giving up the weapon.
    gain = np.minimum(1 + p["border"] * at["border"] + p["patron"] * at["patron"], MAX_GAIN)
    cost = p["sovereignty"] * (1 - at["record"]) + p["security"] * gain
    # The public's weight in the selectorate is the gain of moral pressure.
    ban = p["moral"] * world.advocacy[t] * at["democracy"]
    for step, first in world.step.items():
        if t >= first and step not in off:
            ban = ban + p[step]
    out = [cost,
           cost * (1 - p["partial_bindingness"]) + SUPPORT[2, 1] * ban,
           SUPPORT[2, 2] * ban + 0 * cost]
    living = held * world.alive[t]
    for k in range(3):
        signal = sum(SUPPORT[m, k] * living[:, m] for m in range(3) if SUPPORT[m, k])
        out[k] = out[k] + p["network"] * (signal @ world.exposure[t])
    return out


def tastes(n_states, n_points=48):
    """Quasi-random Gumbel tastes for status quo and partial, (points, states) each."""
    point = np.arange(n_points)[:, None] + 0.5
    shift = np.random.default_rng(7).random((2, n_states))

    def gumbel(u):
        return -np.log(-np.log(np.clip(u % 1, 1e-9, 1 - 1e-9)))

    golden = 0.6180339887498949
    return gumbel(point / n_points + shift[0]), gumbel(point * golden + shift[1])


def mean_field(world, x):
    """Probability that a state holds each position, {tick: (sets, 3, states)}.

    Neighbours enter by the probability that they hold a position; own taste is integrated out.
    As taste persists and nobody goes back, what counts is the most favourable month so far: a
    running minimum of what a position still lacks.
    """
    x = np.atleast_2d(x)
    taste0, taste1 = tastes(world.n)
    held = np.zeros((len(x), 3, world.n))
    held[:, 0] = 1
    lack_partial = np.full((len(x), world.n), np.inf)
    partial = lack_ban = None
    usa, out = world.index["USA"], {}
    for t in range(world.offer_partial, world.end + 1):
        for i in world.born[t]:
            if i in world.heir_of:
                held[:, :, i] = held[:, :, world.heir_of[i]]
                lack_partial[:, i] = lack_partial[:, world.heir_of[i]]
        p = pressures(world, x, t, held)
        if t < world.offer_ban:
            lack_partial = np.minimum(lack_partial, p[0] - p[1])
            at_partial = 1 / (1 + np.exp(lack_partial))  # the difference of two Gumbels is logistic
            at_ban = 0 * at_partial
        else:
            if partial is None:
                partial = (taste1 - taste0)[None] >= lack_partial[:, None, :]
                lack_ban = np.full(partial.shape, np.inf)
            v0, v1 = p[0][:, None, :] + taste0[None], p[1][:, None, :] + taste1[None]
            rival = np.where(partial, v1, np.maximum(v0, v1))
            lack_ban = np.minimum(lack_ban, rival - p[2][:, None, :])
            partial = partial | (v1 >= v0)
            ban = -np.expm1(-np.exp(-lack_ban))  # probability that a Gumbel exceeds the lack
            at_ban, at_partial = ban.mean(1), (partial * (1 - ban)).mean(1)
        new = np.stack([1 - at_partial - at_ban, at_partial, at_ban], 1)
        new[:, 0, usa] = 0  # its moratorium is a dated event, not a forecast
        new[:, 1, usa] = 1 - new[:, 2, usa]
        held = held + REVIEW * (new - held)
        out[t] = held
    return out


def simulate(world, x, replicates=REPLICATES, seed=1, off=(), end=None, noise=True, rate=1.0):
    """The model itself: each month a share of governments reviews, and moves up if it pays.

    One Gumbel taste per replicate, state and position, drawn once; `rate` in reviews a month.
    Without noise there is no taste, and everybody reviews.

    Returns by tick: `partial` (or more) and `ban`, shares of replicates by state; `share` of
    the living states that have decided for the ban, by replicate; and for a single replicate
    `start` (positions after the dated event) and `pressure` (states, 3).
    """
    rng, shape, x = np.random.default_rng(seed), (replicates, world.n), np.atleast_2d(x)
    taste = rng.gumbel(size=shape + (3,)) * noise
    position = np.zeros(shape, int)
    row, col = np.indices(shape)
    run = SimpleNamespace(partial={}, ban={}, share={}, start={}, pressure={})
    for t in range(world.offer_partial, (world.end if end is None else end) + 1):
        for i in world.born[t]:
            position[:, i] = position[:, world.heir_of[i]] if i in world.heir_of else 0
        if t == world.offer_partial:
            position[:, world.index["USA"]] = 1
        held = np.stack([(position == k).astype(float) for k in range(3)], 1)
        p = np.stack(pressures(world, x, t, held, off), 2)
        if replicates == 1:
            run.start[t], run.pressure[t] = position[0].copy(), p[0]
        on_offer = np.zeros(shape + (3,), bool)
        on_offer[:, :, 1] = position == 0
        on_offer[:, :, 2] = (position < 2) & (t >= world.offer_ban)
        on_offer[row, col, position] = True
        value = np.where(on_offer, p + taste, -np.inf)
        best = value.argmax(2)
        reviews = world.alive[t] & ((rng.random(shape) < 1 - np.exp(-rate)) | (not noise))
        better = value[row, col, best] > value[row, col, position]
        position = np.where(reviews & better, best, position)
        run.partial[t], run.ban[t] = (position >= 1).mean(0), (position == 2).mean(0)
        run.share[t] = (position[:, world.alive[t]] == 2).mean(1)
    return run


def least_threat(world, state):
    """The same world, in which a state has no exposed border and no ally to protect."""
    other = copy.copy(world)
    other.attribute = {a: v.copy() for a, v in world.attribute.items()}
    for a in ("border", "patron"):
        other.attribute[a][:, world.index[state]] = 0
    return other


# ------------------------------------------------------------------------ the search


def objective(world, x, train, prior_sd=PRIOR_SD):
    """Minus log posterior of each parameter set in `x`, up to a constant.

    Three snapshots of the training states, of weight 1 each: moratorium or more in October
    1995 (without the USA, whose moratorium is put in), ban decided by the core group in 1996,
    ban decided by the signers in 1997.
    """
    held = mean_field(world, x)
    not_usa = np.arange(world.n) != world.index["USA"]

    def misfit(p, outcome, t, among):
        m = train & world.alive[t] & among
        p = np.clip(p[:, m], 1e-9, 1 - 1e-9)
        return -np.where(outcome[m], np.log(p), np.log(1 - p)).sum(1)

    t1, t2, t3 = world.moratoria_known, world.core_decided, world.end
    return (misfit(1 - held[t1][:, 0], world.moratorium, t1, not_usa)
            + misfit(held[t2][:, 2], world.core, t2, True)
            + misfit(held[t3][:, 2], world.signed, t3, True)
            + (((np.atleast_2d(x) - PRIOR_MEAN) / prior_sd) ** 2).sum(1) / 2)


def fit(world, train, start=START, without=(), prior_sd=PRIOR_SD, steps=(1e-2, 1e-4), limit=100):
    """Maximum a posteriori of the training states; parameters in `without` stay 0.

    L-BFGS-B with forward differences, first coarse ones, because the running minima put small
    kinks into the objective, then fine ones from there.
    """
    x = np.where(np.isin(NAMES, without), 0.0, start)
    bounds = [(0, 0 if p[0] in without else p[4]) for p in PARAMETERS]
    for h in steps:

        def value_and_slope(z, h=h):
            v = objective(world, np.vstack([z, z + h * np.eye(len(z))]), train, prior_sd)
            return v[0], (v[1:] - v[0]) / h

        found = minimize(value_and_slope, x, jac=True, method="L-BFGS-B", bounds=bounds,
                         options={"maxiter": limit})
        if found.fun <= objective(world, x, train, prior_sd)[0]:
            x = found.x
    return x


def as_probability(share, replicates=REPLICATES):
    """(n + 1/2) / (R + 1): n of R replicates never give a forecast of 0 or 1."""
    return (share * replicates + 0.5) / (replicates + 1)


def forecast_by_fold(world, start, without=(), digits=None):
    """Fits without each fold, and the forecasts of its states: simulated, mean field."""
    fits, simulated, field = [], np.zeros(world.n), np.zeros(world.n)
    for k in range(10):
        out = world.fold == k
        x = fit(world, ~out, start, without)
        fits.append(x if digits is None else x.round(digits))
        simulated[out] = simulate(world, fits[k], seed=100 + k).ban[world.end][out]
        field[out] = mean_field(world, fits[k])[world.end][0, 2][out]
    return fits, as_probability(simulated), field


def forecast_by_subregion(world, start, replicates=200):
    """Forecast of each state from a fit without its sub-region."""
    p = np.zeros(world.n)
    for name in sorted(set(world.subregion)):
        out = world.subregion == name
        x = fit(world, ~out, start, steps=(1e-2,), limit=40)
        p[out] = simulate(world, x, replicates, seed=5).ban[world.end][out]
    return as_probability(p, replicates)


# ------------------------------------------------------------------------ other forecasts, scores


def rate_by_group(y, group, fold):
    """Share of signers of the group in the training folds, and one pseudo-state at the base
    rate."""
    p = np.zeros(len(y))
    for k in np.unique(fold):
        train = fold != k
        for g in set(group):
            m = train & (group == g)
            p[~train & (group == g)] = (y[m].sum() + y[train].mean()) / (m.sum() + 1)
    return p


def logit(y, columns, fold, ridge=1.0):
    """Held-out logistic regression on z-scores of the training states."""
    p = np.zeros(len(y))
    for k in np.unique(fold):
        train = fold != k
        z = (columns - columns[train].mean(0)) / (columns[train].std(0) + 1e-9)
        z = np.c_[np.ones(len(y)), z]

        def loss(b, z=z[train], y=y[train]):
            e, slopes = z @ b, np.r_[0, b[1:]]
            value = np.logaddexp(0, e).sum() - y @ e + ridge * slopes @ slopes / 2
            return value, z.T @ (1 / (1 + np.exp(-e)) - y) + ridge * slopes

        b = minimize(loss, np.zeros(z.shape[1]), jac=True).x
        p[~train] = 1 / (1 + np.exp(-z[~train] @ b))
    return p


def baselines(world):
    """Name -> held-out forecast of the scored states that knows nothing of the model."""
    s, y = world.system, world.y
    fold, subregion = world.fold[s], world.subregion[s]
    covariates = np.c_[tuple(world.attribute[a][world.end][s] for a in ATTRIBUTES)]
    return {
        "base_rate": np.array([y[fold != k].mean() for k in fold]),
        "region": rate_by_group(y, world.region[s], fold),
        "subregion": rate_by_group(y, subregion, fold),
        "vote": rate_by_group(y, world.vote[s], fold),
        "logit": logit(y, covariates, fold),
        "logit_subregion": logit(y, covariates, subregion),
    }


def scores(p, y):
    """AUC, Brier score, log loss."""
    p, n1 = np.clip(p, 1e-6, 1 - 1e-6), y.sum()
    auc = (rankdata(p)[y == 1].sum() - n1 * (n1 + 1) / 2) / (n1 * (len(y) - n1))
    return np.array([auc, ((p - y) ** 2).mean(), -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()])


# ------------------------------------------------------------------------ what is written


def write(folder, name, header, rows):
    with open(os.path.join(folder, name), "w", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


def write_checks(world, x, out):
    """Noise-free values of the model with no government opened, before the decisions of the
    month; and counts of holders after them."""
    run = simulate(world, x, 1, noise=False, end=len(world.days) - 1)
    rows = [[month, s, run.start[t][i], *(f"{v:.6f}" for v in run.pressure[t][i])]
            for month in CHECK_MONTHS for s in sorted(CHECK_STATES)
            for t, i in [(world.month(month), world.index[s])] if world.alive[t, i]]
    write(out, "check.csv", "month id position_at_start P0 P1 P2", rows)
    none = np.zeros(world.n)
    rows = [[day[:7], *(int(c.get(t, none)[world.alive[t]].sum()) for c in (run.partial, run.ban))]
            for t, day in enumerate(world.days)]
    write(out, "check_counts.csv", "month partial_or_more ban", rows)


def write_history(world, out):
    """What is known of what states did, month by month.

    `partial` counts states known to hold a moratorium or national ban, the amended protocol of
    1996, or more (core group, signature, consent to the ban). A year without a day counts at
    its end; such dates, and those that say "by", are upper bounds of the true date, and
    `partial_upper_bound` counts the holders that rest on one.
    """
    partial, signed, consent = defaultdict(list), defaultdict(list), defaultdict(list)
    promoted = {"signature", "core_group", "ccw_amended_protocol_2_consent"}
    for r in world.table("mine_ban"):
        i, event, date = world.index.get(r["id"]), r["event"], r["date"]
        if (r["id"], event) == ("USA", "export_moratorium"):
            date = world.date["us_moratorium"]  # the timeline knows the day
        bound = event.endswith("_by") or len(date) == 4
        date = date + "-12-31" if len(date) == 4 else date
        if event == "signature":
            signed[i].append(date)
        if event in CONSENT:
            consent[i].append(date)
        if event in MORATORIUM | CONSENT | promoted:
            partial[i].append((date, bound, event))
    first = {i: min(dates) for i, dates in partial.items()}
    rows, known = [], set()
    for day, living in zip(world.days, world.alive):
        alive = np.where(living)[0]
        holders = [i for i in alive if i in first and first[i][0] <= day]
        new = [i for i in holders if i not in known]
        known.update(new)
        by_event = defaultdict(list)
        for i in new:
            by_event[first[i][2]].append(world.ids[i])
        note = [f"{event}: {' '.join(ids) if len(ids) <= 4 else f'{len(ids)} states'}"
                for event, ids in sorted(by_event.items())]
        if any(first[i][1] for i in new):
            note.append(f"{sum(first[i][1] for i in new)} dated by an upper bound")
        rows.append([day[:7], len(alive), len(holders), sum(first[i][1] for i in holders),
                     *(sum(min(done[i], default="9") <= day for i in alive)
                       for done in (signed, consent)), "; ".join(note)])
    write(out, "history.csv", "month states partial partial_upper_bound signed consent note", rows)


def log_scores(say, world, forecasts):
    """Scores of every forecast, and bootstrap intervals of the model's lead over it; a forecast
    that leaves sub-regions out is compared with the model that does."""
    y, model = world.y, forecasts["model"]
    draws = np.random.default_rng(1).integers(0, len(y), (2000, len(y)))
    drawn = {name: np.array([scores(p[b], y[b]) for b in draws]) for name, p in forecasts.items()}
    say(f"Held-out forecasts of {len(y)} states; [ ] model minus this, 95 % of 2000 bootstraps")
    for name, p in forecasts.items():
        ours = "model_subregion" if name == "logit_subregion" else "model"
        low, high = np.quantile(drawn[ours] - drawn[name], [0.025, 0.975], axis=0)
        say(f"  {name:22s} AUC %.3f Brier %.4f log loss %.4f " % tuple(scores(p, y)),
            *(f"[{a:+.3f},{b:+.3f}]" for a, b in zip(low, high) if name != ours))
    named = np.isin(np.array(world.ids)[world.system], ["USA", "GBR", "FRA"])
    rest = ~(world.core[world.system] | named)
    say("  model without core group, USA, GBR, FRA:", *scores(model[rest], y[rest]).round(4))
    for low in np.arange(0, 1, 0.2):
        m = (model >= low) & (model < low + 0.2)
        say(f"  forecast {low:.1f}-{low + 0.2:.1f}: {m.sum()} states, mean forecast "
            f"{model[m].mean():.2f}, signed {y[m].mean():.2f}")


def log_runs(say, world, x, full):
    """Full-sample runs: level and time path, counterfactuals, robustness."""
    t, share = world.end, full.share[world.end]
    say("Decided for the ban by 1997-12, share of states: mean %.3f, sd %.3f, 5-95 %% %.3f-%.3f"
        % (share.mean(), share.std(), *np.quantile(share, [0.05, 0.95])),
        f"(signed: {world.y.mean():.3f})")
    for month in "1993-12 1995-10 1996-10 1996-12 1997-05 1997-06 1997-09 2000-12".split():
        u = world.month(month)
        say(f"  {month}: partial or more {full.partial[u][world.alive[u]].mean():.3f},"
            f" ban decided {full.ban[u][world.alive[u]].mean():.3f}")
    t1, t2 = world.moratoria_known, world.core_decided
    say("Expected and known: moratoria 1995-10 %.1f and %d; bans 1996-12 %.1f and %d"
        % (full.partial[t1][world.alive[t1]].sum(), world.moratorium.sum(),
           full.ban[t2][world.alive[t2]].sum(), world.core.sum()))
    for off in (("ottawa",), ("brussels",), ("ottawa", "brussels")):
        mean = simulate(world, x, 200, off=off).share[t].mean()
        say(f"Share without the step {' and '.join(off)}: {mean:.3f}")
    for factor in (0, 0.8, 1.2):
        z = np.where(np.array(NAMES) == "network", factor * x, x)
        say(f"Share with network x {factor}: {simulate(world, z, 200).share[t].mean():.3f}")
    for rate in (0.5, 2.0):
        mean = simulate(world, x, 200, rate=rate).share[t].mean()
        say(f"Share with {rate} reviews a month: {mean:.3f}")
    for s in "TUR YUG RUS FIN IND USA".split():
        before, after = (v[t][world.index[s]] for v in (
            full.ban, simulate(least_threat(world, s), x).ban))
        say(f"Least threat {s}: probability of the ban {before:.2f} -> {after:.2f}")


def log_steps(say, world, x, everyone):
    """How well do the data tell the two steps apart?"""
    steps, flat = np.isin(NAMES, list(world.step)), np.full(len(NAMES), np.inf)
    z = fit(world, everyone, prior_sd=np.where(steps, 3.0, PRIOR_SD))
    gain = objective(world, x, everyone, flat)[0] - objective(world, z, everyone, flat)[0]
    say("With a prior sd of 3 for both steps: ottawa %.2f, brussels %.2f;" % tuple(z[steps]),
        f"log likelihood {gain:+.2f}")
    for off in ((), tuple(world.step)):
        say(f"  share {'without both' if off else 'then'}:",
            f"{simulate(world, z, 200, off=off).share[world.end].mean():.3f}")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    world, out, began, lines = World(sys.argv[1]), sys.argv[2], time.time(), []
    os.makedirs(out, exist_ok=True)

    def say(*words):
        # The clock goes to the terminal only, so that the log is the same every time.
        lines.append(" ".join(str(w) for w in words).rstrip())
        print(f"{time.time() - began:5.0f} s  {lines[-1]}", flush=True)

    everyone, scored = np.ones(world.n, bool), world.system
    exact = fit(world, everyone)
    x = exact.round(2)
    say("Full sample:", *(f"{n} {v:.2f}" for n, v in zip(NAMES, x)),
        f"objective {objective(world, exact, everyone)[0]:.2f}")
    fits, model, field = forecast_by_fold(world, x, digits=2)
    rows = [("full", x, everyone)] + [(k, z, world.fold != k) for k, z in enumerate(fits)]
    write(out, "fits.csv", " ".join(["fold", *NAMES, "objective"]),
          [[k, *(f"{v:.2f}" for v in z), f"{objective(world, z, train)[0]:.3f}"]
           for k, z, train in rows])

    forecasts = {"model": model[scored], "mean_field": field[scored], **baselines(world)}
    forecasts["model_subregion"] = forecast_by_subregion(world, x)[scored]
    z = fit(world, everyone, without=["network"])
    say(f"Refitted without network: objective {objective(world, z, everyone)[0]:.2f}")
    _, p, _ = forecast_by_fold(world, z, ["network"])
    forecasts["model_without_network"] = p[scored]
    log_scores(say, world, forecasts)
    full = simulate(world, x, end=len(world.days) - 1)
    forecasts["model_full"] = as_probability(full.ban[world.end])[scored]
    say("In sample (model_full):", *scores(forecasts["model_full"], world.y).round(4))
    columns = """base_rate region vote logit logit_subregion model_subregion
        model_without_network model model_full"""
    write(out, "forecasts.csv", "id fold signed " + columns,
          [[world.ids[i], world.fold[i], int(world.signed[i])]
           + [f"{forecasts[c][row]:.4f}" for c in columns.split()]
           for row, i in enumerate(np.where(scored)[0])])
    write_checks(world, x, out)
    write_history(world, out)
    log_runs(say, world, x, full)
    log_steps(say, world, x, everyone)
    with open(os.path.join(out, "search.log"), "w") as f:
        f.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
