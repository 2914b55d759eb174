#!/usr/bin/env python3
"""Derive the compact tables of the world and of the 1997 mine ban.

Usage:  python3 derive.py INPUT_DIR OUTPUT_DIR

INPUT_DIR holds two folders of source tables, `world/` (state system, ties,
covariates) and `norms/` (who joined what and when).  Their origin, version,
citation and terms of use are stated per output table in OUTPUT_DIR/SOURCES.md.
OUTPUT_DIR receives CSV files in the format of this project.

Only the Python standard library is needed.  The output is a function of the
input alone: rows are sorted, numbers are printed with a fixed number of
digits, lines end in LF.  At the end the script recomputes published reference
figures for 1997 and prints them beside the expected values.

Conventions of every table
  id         three letters, unique over time (see `states`)
  dates      ISO; a spell is [from, until): `until` is the first day after it
  spells     clipped to 1985-01-01 .. 2002-01-01 and to the life of the states;
             a source that knows years only starts on 1 January of the first
             year and ends on 1 January after the last one
  missing    empty cell
"""

import csv
import gzip
import io
import math
import os
import sys
from collections import defaultdict

FIRST, LAST = 1985, 2001          # years kept in spells
COV_FIRST, COV_LAST = 1985, 2000  # years kept in yearly tables
CLIP_FROM, CLIP_UNTIL = "1985-01-01", "2002-01-01"

# COW number -> id where the ISO code is not unique over time.  West Germany
# (260) and Germany (255) are one actor, the USSR and Russia (365) are one
# number in COW already; the two Yemens before 1990 are two actors of their own.
ID_OF_COW = {255: "DEU", 260: "DEU", 678: "YAR", 680: "YMD", 679: "YEM"}

# A successor inherits the position of its predecessor only where it continued
# its legal obligations and the bulk of its territory and government.  Not the
# republics that left the USSR or Yugoslavia, which began anew, nor Namibia and
# Eritrea, which became independent.
PREDECESSOR = {"CZE": "CSK", "SVK": "CSK", "YEM": "YAR"}

REGION_GAPS = {"TWN": ("Asia", "Eastern Asia")}

# Terms of accession candidacy, day by day.  The input knows years only; days
# from general knowledge (European Commission and NATO chronologies), not
# checked against a document here.  (organisation, id, from, until, note)
CANDIDACIES = [
    ("EU", "AUT", "1989-07-17", "1995-01-01", "acceded"),
    ("EU", "BGR", "1995-12-14", "", "acceded after the period"),
    ("EU", "CHE", "1992-05-26", "1992-12-06", "frozen after the referendum"),
    ("EU", "CYP", "1990-07-03", "", "acceded after the period"),
    ("EU", "CZE", "1996-01-17", "", "acceded after the period"),
    ("EU", "EST", "1995-11-24", "", "acceded after the period"),
    ("EU", "FIN", "1992-03-18", "1995-01-01", "acceded"),
    ("EU", "HUN", "1994-03-31", "", "acceded after the period"),
    ("EU", "LTU", "1995-12-08", "", "acceded after the period"),
    ("EU", "LVA", "1995-10-13", "", "acceded after the period"),
    ("EU", "MAR", "1987-07-20", "1987-10-01", "rejected"),
    ("EU", "MLT", "1990-07-16", "1996-11-01", "suspended"),
    ("EU", "MLT", "1998-09-10", "", "renewed; acceded after the period"),
    ("EU", "NOR", "1992-11-25", "1994-11-28", "rejected by referendum"),
    ("EU", "POL", "1994-04-05", "", "acceded after the period"),
    ("EU", "ROU", "1995-06-22", "", "acceded after the period"),
    ("EU", "SVK", "1995-06-27", "", "acceded after the period"),
    ("EU", "SVN", "1996-06-10", "", "acceded after the period"),
    ("EU", "SWE", "1991-07-01", "1995-01-01", "acceded"),
    ("EU", "TUR", "1987-04-14", "", "not acceded"),
    ("NATO", "CZE", "1997-07-08", "1999-03-12", "invited at Madrid; acceded"),
    ("NATO", "HUN", "1997-07-08", "1999-03-12", "invited at Madrid; acceded"),
    ("NATO", "POL", "1997-07-08", "1999-03-12", "invited at Madrid; acceded"),
]

GROUPS = ["ASEAN", "Arab_League", "CARICOM", "CIS", "Commonwealth",
          "Council_of_Europe", "ECOWAS", "EU", "Francophonie", "GCC",
          "MERCOSUR", "NAM", "NATO", "OAS", "OAU_AU", "OECD", "OIC", "OSCE",
          "SAARC", "SADC", "UN", "WEU"]

# The paper lists eleven core states; the implementation unit of the convention
# names ten of them in its page on the strategy conference (Germany is on the
# longer list of its history page).
CORE_GROUP = ["AUT", "BEL", "CAN", "CHE", "DEU", "IRL", "MEX", "NLD", "NOR",
              "PHL", "ZAF"]

# Treaties of humanitarian, disarmament, human-rights and environmental law
# that were open before 1996: a state's record of binding itself before the
# mine ban was on the table.  (The mine ban and its CCW protocol of 1996 are
# not in it.)  Year = opened for signature.
RECORD = {"geneva_protocol_1925": 1925, "genocide": 1948,
          "refugee_convention": 1951, "icerd": 1966, "iccpr": 1966,
          "icescr": 1966, "npt": 1968, "bwc": 1972, "ccw": 1981, "cat": 1985,
          "montreal_protocol": 1987, "crc": 1989,
          "iccpr_op2_deathpenalty": 1989, "cbd": 1992, "unfccc": 1992,
          "cwc": 1993}
# The depositary's list has Serbia with dates from 1992 or 2001 on; the actor YUG
# is the federation that had joined before.  Dates of the Socialist Federal
# Republic from general knowledge (notes of the depositary), not checked here.
YUGOSLAV_RECORD = {"geneva_protocol_1925": "1929-04-12", "genocide": "1950-08-29",
                   "refugee_convention": "1959-12-15", "icerd": "1967-10-02",
                   "iccpr": "1971-06-02", "icescr": "1971-06-02",
                   "npt": "1970-03-04", "bwc": "1973-10-25", "ccw": "1983-05-24",
                   "cat": "1991-09-10", "montreal_protocol": "1991-01-03",
                   "crc": "1991-01-03"}
CONSENT = {"ratification", "accession", "succession", "acceptance", "approval",
           "consent_to_be_bound", "ratification_or_accession", "confirmation"}

TRADE_WINDOWS = [1988, 1991, 1994, 1997, 2000]   # mean of the year +- 1
DIPLOMATIC_WAVES = [1985, 1990, 1995, 2000]

# Events that the mine-ban timeline of the input lacks.  Source
# STUSTER-2023 = the paper names event and date; `general-knowledge` = a
# well-known date, not checked against a document.
EXTRA_EVENTS = [
    ("1981-04-10", "day", "treaty", "CCW and its first landmine protocol opened for signature (concluded 10 October 1980)", "general-knowledge", "high", "ccw_opens"),
    ("1992-10-23", "day", "state", "US one-year export moratorium signed into law (Leahy amendment)", "general-knowledge", "medium", "us_moratorium"),
    ("1993-07-01", "year", "state", "US State Department report on landmine contamination (the paper: the year after the moratorium)", "STUSTER-2023", "medium", "state_department_report"),
    ("1994-09-26", "day", "state", "Clinton calls for the eventual elimination of anti-personnel mines at the UN General Assembly", "STUSTER-2023", "high", "clinton_unga"),
    ("1995-10-13", "day", "conference", "CCW Review Conference, first session in Vienna, ends without agreement (the paper: October 1995)", "STUSTER-2023", "medium", "ccw_review_stalls"),
    ("1996-03-01", "month", "state", "Albright letter for a ban leaked to the press", "STUSTER-2023", "medium", "albright_letter"),
    ("1996-06-07", "month", "conference", "OAS General Assembly resolution for an anti-personnel-mine-free hemisphere", "STUSTER-2023", "medium", "oas_resolution"),
    ("1996-07-01", "day", "state", "Ireland takes the presidency of the EU Council (to 31 December 1996)", "STUSTER-2023", "high", "irish_presidency"),
    ("1997-01-01", "day", "state", "The Netherlands take the presidency of the EU Council (to 30 June 1997)", "STUSTER-2023", "high", "dutch_presidency"),
    ("1997-05-01", "day", "domestic", "Labour wins the British general election", "STUSTER-2023", "high", "labour"),
    ("1997-06-01", "day", "domestic", "Socialists win the French parliamentary election", "STUSTER-2023", "high", "french_socialists"),
    ("1997-07-01", "month", "conference", "Regional conferences in Eastern Europe, Central Asia and Southeast Asia (May and July 1997)", "STUSTER-2023", "medium", "regional_conferences_july"),
    ("1997-07-08", "day", "state", "NATO invites the Czech Republic, Hungary and Poland (Madrid)", "general-knowledge", "high", "nato_madrid"),
    ("1997-07-15", "month", "domestic", "Leahy bill for a unilateral US ban on use meets resistance from Republicans and the Department of Defense", "STUSTER-2023", "medium", "leahy_bill"),
    ("1997-08-31", "day", "domestic", "Death of Diana, Princess of Wales", "STUSTER-2023", "high", "diana"),
    ("1997-09-01", "day", "conference", "Oslo diplomatic conference opens (to 18 September)", "general-knowledge", "high", "oslo_opens"),
    ("1997-09-17", "day", "state", "The US withdraws its proposals at Oslo and declines to sign", "general-knowledge", "medium", "us_declines"),
    ("1997-10-10", "day", "ngo", "Nobel Peace Prize announced for ICBL and Jody Williams", "general-knowledge", "high", "nobel"),
]
# Short keys for the events of the input timeline, by (date, first words).
EVENT_KEYS = {
    ("1991-11-01", "ICBL"): "icbl",
    ("1993-04-01", "ICRC"): "icrc_montreux",
    ("1993-05-01", "First"): "ngo_london",
    ("1994-05-01", "Second"): "ngo_geneva",
    ("1995", "Third"): "ngo_phnom_penh",
    ("1995-03-02", "Belgium"): "belgian_ban",
    ("1995-11-03", "UN"): "sg_report",
    ("1996-04-22", "CCW"): "ccw_review_resumes",
    ("1996-05-03", "CCW"): "ccw_protocol",
    ("1996-10-03", "Ottawa"): "ottawa",
    ("1996-10-05", "Axworthy"): "axworthy",
    ("1996-11-01", "First"): "austrian_draft",
    ("1996-12-10", "UNGA"): "unga_51_45s",
    ("1997-02-12", "Expert"): "vienna_experts",
    ("1997-02-25", "Fourth"): "ngo_maputo",
    ("1997-03-07", "Budapest"): "budapest_seminar",
    ("1997-04-21", "ICRC"): "harare_seminar",
    ("1997-04-24", "Experts"): "bonn_experts",
    ("1997-05-19", "OAU"): "kempton_park",
    ("1997-05-23", "Debate"): "angolan_debate",
    ("1997-06-24", "Brussels"): "brussels_opens",
    ("1997-06-27", "Brussels"): "brussels",
    ("1997-09-18", "Convention"): "oslo_adopts",
    ("1997-12-03", "Opened"): "ottawa_signing",
    ("1999-03-01", "Entry"): "entry_into_force",
}


# ---------------------------------------------------------------- reading, writing

class Inputs:
    """The folder of source tables."""

    def __init__(self, root):
        self.root = root

    def rows(self, *path):
        name = os.path.join(self.root, *path)
        if os.path.exists(name + ".gz"):
            name += ".gz"
        opener = gzip.open if name.endswith(".gz") else open
        with opener(name, "rt", encoding="utf-8", newline="") as handle:
            yield from csv.DictReader(handle)


def write(out_dir, name, header, rows):
    """Write one table, sorted, and return the number of rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    rows = sorted(set(tuple(str(cell) for cell in row) for row in rows))
    writer.writerows(rows)
    with open(os.path.join(out_dir, name), "w", encoding="utf-8", newline="") as handle:
        handle.write(buffer.getvalue())
    print(f"{name}: {len(rows)} rows, {len(buffer.getvalue().encode())} bytes")
    return len(rows)


def number(text):
    return None if text in ("", None) else float(text)


def fmt(value, digits):
    """Fixed digits without trailing zeros; empty for missing."""
    if value is None:
        return ""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


# ---------------------------------------------------------------- states

def next_day(date):
    import datetime
    return (datetime.date.fromisoformat(date) + datetime.timedelta(days=1)).isoformat()


class States:
    """The state system: id of a COW number, and the life of each id."""

    def __init__(self, inputs):
        spells = [r for r in inputs.rows("world", "states.csv")
                  if r["end"] >= f"{FIRST}-01-01" and r["start"] <= f"{LAST}-12-31"]
        self.id_of = {}
        self.life = {}
        self.info = {}
        for r in sorted(spells, key=lambda r: r["start"]):
            cow = int(r["ccode"])
            sid = ID_OF_COW.get(cow, r["iso3"])
            self.id_of[cow] = sid
            until = "" if r["end"] >= "2016-12-31" else next_day(r["end"])
            start = self.life[sid][0] if sid in self.life else r["start"]
            self.life[sid] = (start, until)
            region, sub = REGION_GAPS.get(sid, (r["un_region"], r["un_subregion"]))
            self.info[sid] = dict(name=r["name"], cow=cow, region=region, sub=sub)
        # one row per id: the later COW number and name win (Germany: 255)

    def spell(self, ids, first_year, last_year):
        """Years inclusive -> clipped ISO spell of states alive, or None."""
        start, until = f"{first_year}-01-01", f"{last_year + 1}-01-01"
        start, until = max(start, CLIP_FROM), min(until, CLIP_UNTIL)
        for sid in ids:
            born, died = self.life[sid]
            start = max(start, born)
            if died:
                until = min(until, died)
        return (start, until) if start < until else None

    def alive(self, sid, date):
        born, died = self.life[sid]
        return born <= date and (not died or date < died)


def merge(spells):
    """Join touching or overlapping spells."""
    out = []
    for start, until in sorted(spells):
        if out and start <= out[-1][1]:
            out[-1][1] = max(out[-1][1], until)
        else:
            out.append([start, until])
    return [tuple(s) for s in out]


def spells_from_years(states, ids, years):
    """A set of years -> merged clipped spells."""
    out = []
    for year in years:
        spell = states.spell(ids, year, year)
        if spell:
            out.append(spell)
    return merge(out)


def states_table(inputs, states, out_dir):
    capitals = {}
    for r in inputs.rows("world", "capitals.csv"):
        cow = int(r["ccode"])
        sid = states.id_of.get(cow)
        if sid is None or r["lat"] == "":
            continue
        # the capital at the middle of 1997, or the last one before
        if r["stdate"] <= "1997-06-30" or sid not in capitals:
            if sid not in capitals or r["stdate"] >= capitals[sid][0]:
                capitals[sid] = (r["stdate"], float(r["lat"]), float(r["lng"]))
    rows = []
    for sid, (born, died) in states.life.items():
        info = states.info[sid]
        _, lat, lng = capitals.get(sid, ("", None, None))
        rows.append((sid, info["name"], info["cow"], born, died,
                     PREDECESSOR.get(sid, ""), info["region"], info["sub"],
                     fmt(lat, 3), fmt(lng, 3)))
    write(out_dir, "states.csv",
          ["id", "name", "cow", "from", "until", "predecessor", "un_region",
           "un_subregion", "lat", "lng"], rows)


# ---------------------------------------------------------------- covariates

def read_state_years(inputs, states):
    """(id, year) -> merged raw record; Germany: 260 to 1989, 255 from 1990."""
    table = {}
    for r in inputs.rows("world", "state_year.csv"):
        cow, year = int(r["ccode"]), int(r["year"])
        if cow not in states.id_of or not 1975 <= year <= 2001:
            continue
        if cow == 260 and year >= 1990:
            continue
        table[states.id_of[cow], year] = r
    return table


def read_ideal(inputs, states):
    ideal = {}
    for r in inputs.rows("world", "un_ideal_points.csv"):
        if r["ccode"] == "":
            continue
        cow, year = int(float(r["ccode"])), int(r["year"])
        if cow not in states.id_of or r["idealpointall"] == "":
            continue
        if cow == 260 and year >= 1990:
            continue
        ideal[states.id_of[cow], year] = float(r["idealpointall"])
    return ideal


def democracy(record):
    """Electoral democracy in [0, 1]: V-Dem polyarchy; where V-Dem has no
    score (states under about 0.5 million people), Freedom House political
    rights and civil liberties, (14 - pr - cl) / 12, put on the V-Dem scale by
    the least-squares line over all state-years 1985-2000 that have both (see
    `fit_fh`)."""
    value = number(record["v2x_polyarchy"])
    return value


def freedom(record):
    pr, cl = number(record["fh_pr"]), number(record["fh_cl"])
    return None if pr is None or cl is None else (14 - pr - cl) / 12


def fit_line(pairs):
    n = len(pairs)
    mx, my = sum(x for x, _ in pairs) / n, sum(y for _, y in pairs) / n
    slope = (sum((x - mx) * (y - my) for x, y in pairs)
             / sum((x - mx) ** 2 for x, _ in pairs))
    return my - slope * mx, slope


def treaty_record(inputs, states):
    """(id, year) -> (joined, open): of the treaties in RECORD opened before
    the year, those to which the state had consented to be bound by its start."""
    first, succeeded = {}, set()
    iso_to_id = {"SUN": "RUS", "DDR": "DDR", "CSK": "CSK", "YMD": "YMD",
                 "YUG": "YUG", "SCG": "YUG"}
    for r in inputs.rows("norms", "treaties.csv"):
        if r["treaty"] not in RECORD or r["event"] not in CONSENT:
            continue
        sid = iso_to_id.get(r["iso3"], r["iso3"])
        key = (sid, r["treaty"])
        date = r["date"]
        if r["event"] == "succession":
            succeeded.add(key)
        if key not in first or date < first[key]:
            first[key] = date
    # Succession may be deposited years after the birth of the state, although
    # it takes effect at birth: the predecessor's treaties count from birth.
    for sid, old in PREDECESSOR.items():
        for treaty in RECORD:
            if (old, treaty) in first:
                born = states.life[sid][0]
                first.setdefault((sid, treaty), max(first[old, treaty], born))
    # Czechoslovakia itself is not in the depositary's list any more: what the
    # Czech Republic succeeded to counts for it throughout (dates unknown).
    for treaty in RECORD:
        if ("CZE", treaty) in succeeded:
            first["CSK", treaty] = f"{RECORD[treaty]}-12-31"
    for treaty, date in YUGOSLAV_RECORD.items():
        first["YUG", treaty] = date
    out = {}
    for sid in states.life:
        for year in range(COV_FIRST, COV_LAST + 1):
            open_ = [t for t, y in RECORD.items() if y < year]
            # in the year of its birth a state is counted at the end of the year
            day = f"{year}-01-01" if states.life[sid][0] < f"{year}-01-01" else f"{year + 1}-01-01"
            joined = [t for t in open_ if first.get((sid, t), "9") < day]
            out[sid, year] = (len(joined), len(open_))
    return out


def covariates_table(inputs, states, out_dir, raw, ideal):
    pairs = [(freedom(r), democracy(r)) for (sid, year), r in raw.items()
             if COV_FIRST <= year <= COV_LAST
             and freedom(r) is not None and democracy(r) is not None]
    a, b = fit_line(pairs)
    print(f"democracy from Freedom House: {a:.4f} + {b:.4f} x, n = {len(pairs)}")
    record = treaty_record(inputs, states)
    rows, filled = [], {}
    for (sid, year), r in sorted(raw.items()):
        if not COV_FIRST <= year <= COV_LAST or states.spell([sid], year, year) is None:
            continue
        poly = democracy(r)
        dem, source = poly, "vdem"
        if dem is None and freedom(r) is not None:
            dem, source = min(max(a + b * freedom(r), 0.0), 1.0), "fh"
        filled[sid, year] = dem
        pop = number(r["pop_m"])
        if pop is None and number(r["pop_cow_k"]) is not None:
            pop = number(r["pop_cow_k"]) / 1000
        joined, open_ = record[sid, year]
        rows.append((sid, year, fmt(poly, 3), fmt(freedom(r), 3), fmt(dem, 3),
                     fmt(number(r["gdppc_2011intl"]), 0),
                     "" if number(r["cinc"]) is None else f"{number(r['cinc']):.3g}",
                     "" if pop is None else f"{pop:.4g}",
                     fmt(ideal.get((sid, year)), 3), r["major_power"],
                     r["regional_power"], fmt(number(r["milper_k"]), 0),
                     fmt(number(r["n_igo_full"]), 0), joined, open_))
    write(out_dir, "covariates.csv",
          ["id", "year", "polyarchy", "freedom", "democracy", "gdppc", "cinc",
           "pop_m", "ideal", "major_power", "regional_power", "milper_k",
           "n_igo", "treaties", "treaties_open"], rows)
    return filled, record


# ---------------------------------------------------------------- ties

def defence_table(inputs, states, out_dir):
    years = defaultdict(set)
    for name, source, column in (("alliances_cow.csv", "cow", "defense"),
                                 ("alliances_atop.csv", "atop", "defense")):
        for r in inputs.rows("world", name):
            year = int(r["year"])
            if r[column] != "1" or not FIRST <= year <= LAST:
                continue
            c1, c2 = int(r["ccode1"]), int(r["ccode2"])
            if c1 not in states.id_of or c2 not in states.id_of:
                continue
            a, b = sorted((states.id_of[c1], states.id_of[c2]))
            if a != b:
                years[a, b, source].add(year)
    rows = []
    for (a, b, source), ys in years.items():
        for start, until in spells_from_years(states, [a, b], ys):
            rows.append((a, b, source, start, until))
    write(out_dir, "defence.csv", ["a", "b", "source", "from", "until"], rows)
    return rows


def contiguity_table(inputs, states, out_dir):
    spells = defaultdict(list)
    for r in inputs.rows("world", "contiguity_spells.csv"):
        c1, c2 = int(r["ccode1"]), int(r["ccode2"])
        if c1 not in states.id_of or c2 not in states.id_of:
            continue
        a, b = sorted((states.id_of[c1], states.id_of[c2]))
        spell = states.spell([a, b], int(r["year_start"]), int(r["year_end"]))
        if spell and a != b:
            spells[a, b, r["conttype"]].append(spell)
    rows = []
    for (a, b, kind), ss in spells.items():
        for start, until in merge(ss):
            rows.append((a, b, kind, start, until))
    write(out_dir, "contiguity.csv", ["a", "b", "class", "from", "until"], rows)
    return rows


def igo_tables(inputs, states, out_dir):
    spells = defaultdict(list)
    for r in inputs.rows("world", "igo_membership_spells.csv"):
        cow = int(r["ccode"])
        if r["status"] != "1" or cow not in states.id_of:
            continue
        sid = states.id_of[cow]
        spell = states.spell([sid], int(r["year_start"]), int(r["year_end"]))
        if spell:
            spells[sid, r["igo"]].append(spell)
    rows = [(igo, sid, start, until) for (sid, igo), ss in spells.items()
            for start, until in merge(ss)]
    write(out_dir, "igo_membership.csv", ["igo", "id", "from", "until"], rows)
    used = {row[0] for row in rows}
    names = [(r["igo"], r["longorgname"] or r["orgname"],
              r["sdate"], r["deaddate"])
             for r in inputs.rows("world", "igo_list.csv") if r["igo"] in used]
    write(out_dir, "igos.csv", ["igo", "name", "founded", "ended"], names)
    return rows


def groups_table(inputs, states, out_dir):
    spells = defaultdict(list)
    for r in inputs.rows("world", "group_membership.csv"):
        cow = int(r["ccode"])
        if r["group"] not in GROUPS or cow not in states.id_of:
            continue
        sid = states.id_of[cow]
        spell = states.spell([sid], int(r["year_start"]), int(r["year_end"]))
        if spell:
            spells[r["group"], sid].append(spell)
    rows = [(g, sid, start, until) for (g, sid), ss in spells.items()
            for start, until in merge(ss)]
    write(out_dir, "groups.csv", ["group", "id", "from", "until"], rows)


def candidates_table(out_dir):
    write(out_dir, "candidates.csv", ["organisation", "id", "from", "until", "note"],
          CANDIDACIES)


def wave_periods(table):
    """When the value of a wave holds: [(wave, from, until)].  No wave is used
    before the last year that it averages is over, except that the first one
    reaches back to the start of the table."""
    if table == "diplomatic":
        starts = DIPLOMATIC_WAVES
    else:
        starts = [FIRST] + [w + 2 for w in TRADE_WINDOWS[1:]]
    waves = DIPLOMATIC_WAVES if table == "diplomatic" else TRADE_WINDOWS
    out = []
    for wave, start, end in zip(waves, starts, starts[1:] + [LAST + 1]):
        end = min(end, LAST + 1)
        if start < end:
            out.append((wave, f"{start}-01-01", f"{end}-01-01"))
    return out


def backfill(states, table, cells):
    """A state that lives in the period of a wave but has no entry in it (born
    after the wave was observed) takes its entries of the next wave."""
    periods = wave_periods(table)
    waves = DIPLOMATIC_WAVES if table == "diplomatic" else TRADE_WINDOWS
    seen = {w: set() for w in waves}
    for (a, b), by in cells.items():
        for w in by:
            seen[w] |= {a, b}
    filled = defaultdict(dict)
    for pair, by in cells.items():
        filled[pair].update(by)
    for wave, start, until in periods:
        later = waves.index(wave) + 1
        if later == len(waves):
            continue
        late = {s for s, (born, died) in states.life.items()
                if born < until and (not died or died > start)} - seen[wave]
        for (a, b), by in cells.items():
            if waves[later] in by and wave not in by and (a in late or b in late):
                if all(states.life[s][0] < until
                       and (not states.life[s][1] or states.life[s][1] > start)
                       for s in (a, b)):
                    filled[a, b][wave] = by[waves[later]]
    return filled


def diplomatic_table(inputs, states, out_dir):
    ranks = defaultdict(dict)
    for r in inputs.rows("world", "diplomatic_cow.csv"):
        year = int(r["year"])
        if year not in DIPLOMATIC_WAVES:
            continue
        c1, c2 = int(r["ccode1"]), int(r["ccode2"])
        if c1 not in states.id_of or c2 not in states.id_of:
            continue
        a, b = states.id_of[c1], states.id_of[c2]
        if a == b:
            continue
        # DR_at_1 is the mission of state 2 hosted by state 1
        for host, sender, cell in ((a, b, r["DR_at_1"]), (b, a, r["DR_at_2"])):
            rank = int(cell or 0)
            if rank > 0:
                ranks[sender, host][year] = max(rank, ranks[sender, host].get(year, 0))
    def rows(cells):
        return [(s, h) + tuple(by.get(w, 0) for w in DIPLOMATIC_WAVES)
                for (s, h), by in cells.items()]

    write(out_dir, "diplomatic.csv",
          ["sender", "host"] + [f"w{w}" for w in DIPLOMATIC_WAVES],
          rows(backfill(states, "diplomatic", ranks)))
    return rows(ranks)


def trade_table(inputs, states, out_dir):
    flows = defaultdict(lambda: defaultdict(float))
    window_of = {y + d: y for y in TRADE_WINDOWS for d in (-1, 0, 1)}
    for r in inputs.rows("world", "trade_cow.csv"):
        window = window_of.get(int(r["year"]))
        if window is None:
            continue
        c1, c2 = int(r["ccode1"]), int(r["ccode2"])
        if c1 not in states.id_of or c2 not in states.id_of:
            continue
        a, b = states.id_of[c1], states.id_of[c2]
        if a == b:
            continue
        total = (number(r["smooth_1_from_2"]) or 0.0) + (number(r["smooth_2_from_1"]) or 0.0)
        if total > 0:
            flows[window][tuple(sorted((a, b)))] += total
    shares = defaultdict(dict)
    for window in TRADE_WINDOWS:
        totals = defaultdict(float)
        for (a, b), value in flows[window].items():
            totals[a] += value
            totals[b] += value
        for (a, b), value in flows[window].items():
            for sender, target in ((a, b), (b, a)):
                share = value / totals[target]
                if share >= 0.01:
                    shares[sender, target][window] = share
    rows = [(s, t) + tuple(fmt(by.get(w, 0.0), 3) for w in TRADE_WINDOWS)
            for (s, t), by in backfill(states, "trade", shares).items()]
    write(out_dir, "trade.csv",
          ["sender", "target"] + [f"w{w}" for w in TRADE_WINDOWS], rows)


def waves_table(out_dir):
    rows = [(table, *row) for table in ("diplomatic", "trade") for row in wave_periods(table)]
    write(out_dir, "waves.csv", ["table", "wave", "from", "until"], rows)


# ---------------------------------------------------------------- threat

def fill_ideal(states, ideal):
    """Ideal point by (id, year): own; else the nearest earlier, then later
    year within five; else the mean of the UN sub-region that year."""
    def lookup(sid, year):
        for step in range(6):
            for y in (year - step, year + step):
                if (sid, y) in ideal:
                    return ideal[sid, y]
        sub = states.info[sid]["sub"]
        values = [ideal[o, year] for o in states.life
                  if states.info[o]["sub"] == sub and (o, year) in ideal]
        return sum(values) / len(values) if values else 0.0
    return lookup


def threat_table(inputs, states, out_dir, raw, ideal, contiguity, defence):
    """Yearly threat terms (0 = none).

    border  max over states joined by land, river or at most 24 miles of water
            of  cinc_j / (cinc_i + cinc_j) * min(|ideal_i - ideal_j|, 3),
            0 where the two have a defence pact (COW): a strong, politically
            distant neighbour that is no ally
    rivals  number of strategic rivalries (Thompson-Sakuwa-Suhas)
    mids    number of militarized disputes begun in the last four years
    civil   1 if the government fought an internal war in the last three years
    own     ln(1 + rivals) + 0.5 ln(1 + mids) + 0.5 civil
    patron  ln(1 + sum over defence partners of whose joint capabilities the
            state holds more than four fifths of ln(1 + their rivals)):
            commitments to protect others who are threatened
    """
    lookup = fill_ideal(states, ideal)

    def cinc(sid, year):
        for step in range(6):
            for y in (year - step, year + step):
                r = raw.get((sid, y))
                if r is not None and number(r["cinc"]) is not None:
                    return number(r["cinc"])
        return 0.0

    rivalries = defaultdict(lambda: defaultdict(set))
    for r in inputs.rows("world", "rivalries_tss.csv"):
        c1, c2 = int(r["ccode1"]), int(r["ccode2"])
        if c1 not in states.id_of or c2 not in states.id_of:
            continue
        a, b = states.id_of[c1], states.id_of[c2]
        for year in range(max(int(r["start"]), 1980), min(int(r["end"]), LAST) + 1):
            rivalries[year][a].add(b)
            rivalries[year][b].add(a)
    onsets = defaultdict(set)
    for r in inputs.rows("world", "mid_dyads.csv"):
        if r["disponset"] == "1" and int(r["ccode1"]) in states.id_of:
            onsets[states.id_of[int(r["ccode1"])], int(r["year"])].add(r["dispnum"])
    wars = set()
    for (sid, year), r in raw.items():
        if (number(r["ucdp_intra_max"]) or 0) > 0:
            wars.add((sid, year))
    rows, table = [], {}
    for year in range(COV_FIRST, COV_LAST + 1):
        day = f"{year}-07-01"
        living = sorted(s for s in states.life if states.spell([s], year, year))
        pacts = {(a, b) for a, b, source, start, until in defence
                 if source == "cow" and start <= day < until}
        pacts |= {(b, a) for a, b in pacts}
        near = defaultdict(set)
        for a, b, kind, start, until in contiguity:
            if kind in "123" and start[:4] <= str(year) and until > f"{year}-01-01":
                near[a].add(b)
                near[b].add(a)
        for sid in living:
            mine = cinc(sid, year)
            border = 0.0
            for other in sorted(near[sid]):
                if (sid, other) in pacts:
                    continue
                theirs = cinc(other, year)
                ratio = theirs / (mine + theirs) if mine + theirs > 0 else 0.5
                gap = min(abs(lookup(sid, year) - lookup(other, year)), 3.0)
                border = max(border, ratio * gap)
            rivals = len(rivalries[year][sid])
            mids = len(set().union(*(onsets[sid, y] for y in range(year - 3, year + 1))))
            civil = int(any((sid, y) in wars for y in range(year - 2, year + 1)))
            own = math.log(1 + rivals) + 0.5 * math.log(1 + mids) + 0.5 * civil
            burden = 0.0
            for other in sorted(o for s, o in pacts if s == sid):
                theirs = cinc(other, year)
                if mine + theirs > 0 and mine / (mine + theirs) > 0.8:
                    burden += math.log(1 + len(rivalries[year][other]))
            patron = math.log(1 + burden)
            table[sid, year] = (border, own, patron)
            rows.append((sid, year, fmt(border, 3), fmt(own, 3), fmt(patron, 3),
                         rivals, mids, civil))
    write(out_dir, "threat.csv",
          ["id", "year", "border", "own", "patron", "rivals", "mids", "civil"], rows)
    return table


def attributes_table(states, out_dir, raw, filled, record, threat):
    """The attributes that the scenario reads, ready for use: one row per state
    and change, valid from the date until the next row of the state.

    The value of year Y holds from 1 January of Y + 1, so that nothing is used
    before it could be known; the first known value of a state also holds from
    its birth (or from the start of the table) on.  A year without a value
    keeps the last one.

    democracy   as in covariates.csv, 0..1
    record      treaties / treaties_open of covariates.csv, 0..1
    border, patron, own   as in threat.csv, >= 0
    wealth      (ln gdppc - ln 500) / (ln 50000 - ln 500), clipped to 0..1
    capability  cinc
    """
    def wealth(r):
        v = number(r["gdppc_2011intl"])
        return None if v is None else min(max(
            (math.log(v) - math.log(500)) / (math.log(50000) - math.log(500)), 0.0), 1.0)

    rows = []
    for sid, (born, died) in states.life.items():
        years = [y for y in range(COV_FIRST, COV_LAST + 1) if (sid, y) in filled]
        values = {}
        for year in years:
            r = raw[sid, year]
            joined, open_ = record[sid, year]
            values[year] = (filled[sid, year], joined / open_, *threat[sid, year],
                            wealth(r), number(r["cinc"]))
        start = max(born, CLIP_FROM)
        for from_year in range(FIRST, LAST + 1):
            date = f"{from_year}-01-01"
            if date <= start:
                date = start
                if f"{from_year + 1}-01-01" <= start:
                    continue
            if died and date >= died:
                break
            row = []
            for column in range(7):
                known = [y for y in years if values[y][column] is not None]
                past = [y for y in known if y < from_year]
                use = past[-1] if past else (known[0] if known else None)
                row.append(None if use is None else values[use][column])
            rows.append((sid, date, *(fmt(v, 3) for v in row[:6]),
                         "" if row[6] is None else f"{row[6]:.3g}"))
    gaps = sum(cell == "" for row in rows for cell in row[2:7])
    assert gaps == 0, f"{gaps} missing cells in the attributes of the model"
    # keep a row only where something changes
    rows.sort()
    kept = []
    for row in rows:
        if kept and kept[-1][0] == row[0] and kept[-1][2:] == row[2:]:
            continue
        kept.append(row)
    write(out_dir, "attributes.csv", ["id", "from", "democracy", "record", "border",
                                      "own", "patron", "wealth", "capability"], kept)


# ---------------------------------------------------------------- the mine ban

def mine_ban_tables(inputs, states, out_dir):
    rows = []
    for r in inputs.rows("norms", "ottawa_apmbc.csv"):
        rows.append((r["iso3"], r["event"], r["date"], r["source"], "high"))
    for r in inputs.rows("norms", "unga_mine_votes.csv"):
        if r["resolution"] == "51/45S":
            sid = "YUG" if r["iso3"] in ("SRB", "SCG") else r["iso3"]
            rows.append((sid, "unga_51_45s_" + r["event"], "1996-12-10", r["source"], "high"))
    keep = {"core_group_extended", "export_moratorium", "export_moratorium_by",
            "export_ban_permanent", "export_stopped", "exporter",
            "major_producer_exporter_before_treaty", "mine_affected",
            "national_ban_law", "policy_review_partial",
            "production_moratorium", "production_stopped"}
    for r in inputs.rows("norms", "mine_ban_facts.csv"):
        if r["event"] in keep and r["iso3"] != "EUE":
            rows.append((r["iso3"], r["event"], r["date"], r["source"], r["confidence"]))
    for r in inputs.rows("norms", "treaties.csv"):
        if r["treaty"] == "ccw_amended_protocol_2" and r["event"] in CONSENT \
                and r["date"] < "2002":
            rows.append((r["iso3"], "ccw_amended_protocol_2_consent", r["date"],
                         r["source"], "high"))
    for sid in CORE_GROUP:
        rows.append((sid, "core_group", "1996-10-05", "STUSTER-2023", "high"))
    rows = [r for r in rows if r[0]]
    write(out_dir, "mine_ban.csv", ["id", "event", "date", "source", "confidence"], rows)
    events = []
    for r in inputs.rows("norms", "mine_ban_timeline.csv"):
        if r["event"].startswith("US one-year"):
            continue  # replaced by the dated entry below
        key = EVENT_KEYS[r["date"], r["event"].split()[0]]
        date = r["date"]
        if len(date) == 4:
            date += "-05-01" if "May" in r["event"] else "-07-01"
        events.append((date, key, r["precision"], r["kind"], r["event"], r["source"],
                       r["confidence"]))
    for date, precision, kind, event, source, confidence, key in EXTRA_EVENTS:
        events.append((date, key, precision, kind, event, source, confidence))
    write(out_dir, "mine_ban_timeline.csv",
          ["date", "key", "precision", "kind", "event", "source", "confidence"], events)
    return rows


def folds_table(states, out_dir):
    """Ten folds of the states that live at the end of 1997, from a seeded
    rule that uses no outcome: states in the order of SHA-256 of
    'normwave-ottawa-folds-1:' + id within their UN region, dealt to the folds
    in turn, regions one after the other."""
    import hashlib

    def key(sid):
        return hashlib.sha256(f"normwave-ottawa-folds-1:{sid}".encode()).hexdigest()

    living = [s for s in states.life if states.alive(s, "1997-12-31")]
    order = sorted(living, key=lambda s: (states.info[s]["region"], key(s)))
    write(out_dir, "folds.csv", ["id", "fold"],
          [(sid, i % 10) for i, sid in enumerate(order)])


# ---------------------------------------------------------------- verification

def verify(states, defence, contiguity, igo, diplomatic, facts):
    day, ok = "1997-07-01", True

    def check(what, got, want):
        nonlocal ok
        good = got == want or (isinstance(want, float) and abs(got - want) < 5e-4)
        ok &= good
        print(f"  {'ok ' if good else 'BAD'} {what}: {got} (expected {want})")

    n = sum(states.alive(s, day) for s in states.life)
    pairs = n * (n - 1) / 2
    check("states alive in 1997", n, 187)
    for source, want, density in (("cow", 1017, .05848), ("atop", 1044, .06003)):
        got = {(a, b) for a, b, s, f, u in defence if s == source and f <= day < u}
        check(f"defence pacts, {source}", len(got), want)
        check(f"  density", round(len(got) / pairs, 5), density)
    land = {(a, b) for a, b, k, f, u in contiguity if k == "1" and f <= day < u}
    check("contiguity by land or river", len(land), 304)
    near = {(a, b) for a, b, k, f, u in contiguity if f <= day < u}
    check("contiguity, classes 1-5", len(near), 536)
    members = defaultdict(set)
    for org, sid, f, u in igo:
        if f <= day < u:
            members[org].add(sid)
    joint = defaultdict(int)
    for ids in members.values():
        ids = sorted(ids)
        for i, a in enumerate(ids):
            for b in ids[i + 1:]:
                joint[a, b] += 1
    check("IGO, joint >= 1", sum(v >= 1 for v in joint.values()), 17375)
    check("IGO, joint >= 30", sum(v >= 30 for v in joint.values()), 6570)
    check("IGO, joint >= 50", sum(v >= 50 for v in joint.values()), 768)
    check("IGO, joint NLD-FRA", joint["FRA", "NLD"], 102)
    w95 = 2 + DIPLOMATIC_WAVES.index(1995)
    arcs = [(r[0], r[1]) for r in diplomatic if 1 <= r[w95] <= 3]
    check("diplomatic 1995, arcs", len(arcs), 7113)
    check("  hosted by USA", sum(h == "USA" for _, h in arcs), 166)
    check("  sent by FRA", sum(s == "FRA" for s, _ in arcs), 150)
    for wave, want in ((1985, 6322), (1990, 6536), (2000, 7431)):
        col = 2 + DIPLOMATIC_WAVES.index(wave)
        check(f"diplomatic {wave}, arcs", sum(1 <= r[col] <= 3 for r in diplomatic), want)
    signed = {r[0] for r in facts if r[1] == "signature" and r[2] <= "1997-12-31"}
    check("signatures by the end of 1997", len(signed), 123)
    check("  of states in the system", sum(
        s in states.life and states.alive(s, "1997-12-31") for s in signed), 120)
    check("core group", sum(r[1] == "core_group" for r in facts), 11)
    print("verification:", "all figures agree" if ok else "SOME FIGURES DIFFER")
    return ok


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    inputs, out_dir = Inputs(sys.argv[1]), sys.argv[2]
    os.makedirs(out_dir, exist_ok=True)
    states = States(inputs)
    states_table(inputs, states, out_dir)
    raw = read_state_years(inputs, states)
    ideal = read_ideal(inputs, states)
    filled, record = covariates_table(inputs, states, out_dir, raw, ideal)
    defence = defence_table(inputs, states, out_dir)
    contiguity = contiguity_table(inputs, states, out_dir)
    igo = igo_tables(inputs, states, out_dir)
    groups_table(inputs, states, out_dir)
    candidates_table(out_dir)
    diplomatic = diplomatic_table(inputs, states, out_dir)
    trade_table(inputs, states, out_dir)
    waves_table(out_dir)
    threat = threat_table(inputs, states, out_dir, raw, ideal, contiguity, defence)
    attributes_table(states, out_dir, raw, filled, record, threat)
    facts = mine_ban_tables(inputs, states, out_dir)
    folds_table(states, out_dir)
    if not verify(states, defence, contiguity, igo, diplomatic, facts):
        sys.exit(1)


if __name__ == "__main__":
    main()
