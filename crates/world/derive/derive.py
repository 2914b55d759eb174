#!/usr/bin/env python3
"""Derive the packaged world, 1980 to 2016, and the tables of the 1997 mine ban.

Usage:  python3 derive.py INPUT_DIR OUTPUT_DIR

INPUT_DIR holds two folders of source tables, `world/` (state system, ties,
covariates) and `norms/` (who joined what and when).  Their origin, version,
citation and terms of use are stated in OUTPUT_DIR/SOURCES.md and in
`src/catalogue/`.  OUTPUT_DIR receives small tables as CSV and large ones as
column files (`ColumnFile` below, `src/columns.rs` reads them).

Only the Python standard library is needed.  The output is a function of the
input alone: rows are sorted, numbers have a fixed number of digits, lines end
in LF.  At the end the script recomputes published reference figures for 1997
and prints them beside the expected values.

Conventions of every table
  id         three letters, unique over time (see `States`)
  dates      ISO; a spell is [from, until): `until` is the first day after it
  spells     clipped to the life of the states and to 1980-01-01 on; a source
             that knows years only starts on 1 January of the first year and
             ends on 1 January after the last one; what still holds in the last
             year that a source observes is open and holds on
  missing    empty cell
"""

import csv
import gzip
import io
import math
import os
import sys
import zlib
from collections import defaultdict

FIRST, LAST = 1980, 2016          # years of the packaged world
COV_FIRST, COV_LAST = 1979, 2016  # years of covariates; a lagged one needs the year before
THREAT_LAST = 2014                # the last year of which all parts of the threat terms are known
FIT_FIRST, FIT_LAST = 1985, 2000  # years from which democracy is read off freedom
CLIP_FROM, OPEN = "1980-01-01", "9999-12-31"

# The last year that each source observes: what holds then holds on.
OBSERVED = {"contiguity": 2016, "cow": 2012, "atop": 2018, "igo": 2014}

# COW number -> id where the ISO code is not unique over time.  West Germany
# (260) and Germany (255) are one actor, the USSR and Russia (365) are one
# number in COW already; the two Yemens before 1990 are two actors of their own.
ID_OF_COW = {255: "DEU", 260: "DEU", 678: "YAR", 680: "YMD", 679: "YEM"}

# A successor inherits the position of its predecessor only where it continued
# its legal obligations and the bulk of its territory and government.  Not the
# republics that left the USSR or Yugoslavia, which began anew, nor Namibia and
# Eritrea, which became independent.
PREDECESSOR = {"CZE": "CSK", "SVK": "CSK", "YEM": "YAR", "SRB": "YUG"}

# One COW number, two actors: Serbia (345) follows on the state union with
# Montenegro on the day on which it declared itself its heir.  Inside this
# script it is YUG throughout; what is written is cut at the date.
SPLIT = {"YUG": ("2006-06-05", "SRB")}

REGION_GAPS = {"TWN": ("Asia", "Eastern Asia"), "XKX": ("Europe", "Southern Europe")}

# Coordinates of capitals that the input has wrong: (lat, lng), general
# knowledge.  They are those of the middle of the country there (found by the
# distances between capitals of CEPII).
CAPITAL_FIXES = {"Brasilia": (-15.794, -47.882), "Tunis": (36.807, 10.181),
                 "Riyadh": (24.690, 46.720)}

# Terms of accession candidacy, day by day.  The input knows years only; days
# from general knowledge (European Commission and NATO chronologies), not
# checked against a document here.  (organisation, id, from, until, note)
CANDIDACIES = [
    ("EU", "ALB", "2009-04-28", "", "not acceded by 2016"),
    ("EU", "AUT", "1989-07-17", "1995-01-01", "acceded"),
    ("EU", "BGR", "1995-12-14", "2007-01-01", "acceded"),
    ("EU", "BIH", "2016-02-15", "", "not acceded by 2016"),
    ("EU", "CHE", "1992-05-26", "1992-12-06", "frozen after the referendum"),
    ("EU", "CYP", "1990-07-03", "2004-05-01", "acceded"),
    ("EU", "CZE", "1996-01-17", "2004-05-01", "acceded"),
    ("EU", "ESP", "1977-07-28", "1986-01-01", "acceded"),
    ("EU", "EST", "1995-11-24", "2004-05-01", "acceded"),
    ("EU", "FIN", "1992-03-18", "1995-01-01", "acceded"),
    ("EU", "GRC", "1975-06-12", "1981-01-01", "acceded"),
    ("EU", "HRV", "2003-02-21", "2013-07-01", "acceded"),
    ("EU", "HUN", "1994-03-31", "2004-05-01", "acceded"),
    ("EU", "ISL", "2009-07-16", "2015-03-12", "withdrawn"),
    ("EU", "LTU", "1995-12-08", "2004-05-01", "acceded"),
    ("EU", "LVA", "1995-10-13", "2004-05-01", "acceded"),
    ("EU", "MAR", "1987-07-20", "1987-10-01", "rejected"),
    ("EU", "MKD", "2004-03-22", "", "not acceded by 2016"),
    ("EU", "MLT", "1990-07-16", "1996-11-01", "suspended"),
    ("EU", "MLT", "1998-09-10", "2004-05-01", "renewed; acceded"),
    ("EU", "MNE", "2008-12-15", "", "not acceded by 2016"),
    ("EU", "NOR", "1992-11-25", "1994-11-28", "rejected by referendum"),
    ("EU", "POL", "1994-04-05", "2004-05-01", "acceded"),
    ("EU", "PRT", "1977-03-28", "1986-01-01", "acceded"),
    ("EU", "ROU", "1995-06-22", "2007-01-01", "acceded"),
    ("EU", "SRB", "2009-12-22", "", "not acceded by 2016"),
    ("EU", "SVK", "1995-06-27", "2004-05-01", "acceded"),
    ("EU", "SVN", "1996-06-10", "2004-05-01", "acceded"),
    ("EU", "SWE", "1991-07-01", "1995-01-01", "acceded"),
    ("EU", "TUR", "1987-04-14", "", "not acceded by 2016"),
    ("NATO", "ALB", "2008-04-03", "2009-04-01", "invited at Bucharest; acceded"),
    ("NATO", "BGR", "2002-11-21", "2004-03-29", "invited at Prague; acceded"),
    ("NATO", "CZE", "1997-07-08", "1999-03-12", "invited at Madrid; acceded"),
    ("NATO", "ESP", "1981-12-10", "1982-05-30", "protocol of accession signed; acceded"),
    ("NATO", "EST", "2002-11-21", "2004-03-29", "invited at Prague; acceded"),
    ("NATO", "HRV", "2008-04-03", "2009-04-01", "invited at Bucharest; acceded"),
    ("NATO", "HUN", "1997-07-08", "1999-03-12", "invited at Madrid; acceded"),
    ("NATO", "LTU", "2002-11-21", "2004-03-29", "invited at Prague; acceded"),
    ("NATO", "LVA", "2002-11-21", "2004-03-29", "invited at Prague; acceded"),
    ("NATO", "MNE", "2015-12-02", "", "invited; acceded in 2017"),
    ("NATO", "POL", "1997-07-08", "1999-03-12", "invited at Madrid; acceded"),
    ("NATO", "ROU", "2002-11-21", "2004-03-29", "invited at Prague; acceded"),
    ("NATO", "SVK", "2002-11-21", "2004-03-29", "invited at Prague; acceded"),
    ("NATO", "SVN", "2002-11-21", "2004-03-29", "invited at Prague; acceded"),
]

GROUPS = ["ASEAN", "Arab_League", "CARICOM", "CIS", "Commonwealth",
          "Council_of_Europe", "ECOWAS", "EU", "Francophonie", "GCC",
          "MERCOSUR", "NAM", "NATO", "OAS", "OAU_AU", "OECD", "OIC", "OSCE",
          "SAARC", "SADC", "UN", "WEU", "WTO"]

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

TRADE_WINDOWS = list(range(1976, 2013, 3))   # mean of the year +- 1
DIPLOMATIC_WAVES = [1980, 1985, 1990, 1995, 2000]

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


class ColumnFile:
    """A file of deflated columns, read by `src/columns.rs`.

    The head is text: a line with the format's name, a line with the columns
    (`name:kind`), a line with all words that occur (sorted), one line per block
    with its key, the dates between which its rows hold (`-` = no limit), the
    number of rows, the decimal digits of its values and its length in bytes,
    and an empty line.  The blocks follow, each deflated by itself, so that one
    can be read without the others.

    In a block all cells of the first column come first, then those of the
    second.  A cell is a number in base 128, low digits first, the high bit set
    on all bytes but the last:
      word   difference from the row before, d -> 2d or -2d - 1; a word is its
             place in the list
      int    0 if missing, else 1 more than n -> 2n or -2n - 1
      date   0 if open, else the number yyyymmdd
      value  as int, of the value times ten to the block's digits
    """

    def __init__(self, columns):
        self.columns = [column.split(":") for column in columns]
        self.blocks = []

    def block(self, key, rows, digits=0, since="-", until="-"):
        rows = sorted(set(rows), key=lambda row: [(c is None, c) for c in row])
        self.blocks.append((key, since, until, digits, rows))

    def write(self, out_dir, name):
        kinds = [kind for _, kind in self.columns]
        words = sorted({row[i] for *_, rows in self.blocks for row in rows
                        for i, kind in enumerate(kinds) if kind == "word"})
        place = {word: i for i, word in enumerate(words)}
        heads, bodies = [], []
        for key, since, until, digits, rows in self.blocks:
            raw = bytearray()
            for i, kind in enumerate(kinds):
                before = 0
                for row in rows:
                    cell = row[i]
                    if kind == "word":
                        code = zigzag(place[cell] - before)
                        before = place[cell]
                    elif kind == "date":
                        code = 0 if cell in ("", OPEN) else int(cell.replace("-", ""))
                    elif cell is None:
                        code = 0
                    elif kind == "int":
                        code = 1 + zigzag(int(cell))
                    else:
                        scaled = round(cell * 10 ** digits)
                        assert scaled / 10 ** digits == cell, (key, cell, digits)
                        code = 1 + zigzag(scaled)
                    base128(raw, code)
            packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
            body = packer.compress(bytes(raw)) + packer.flush()
            heads.append(f"{key} {since} {until} {len(rows)} {digits} {len(body)}")
            bodies.append(body)
        head = ["normwave columns 1", " ".join(":".join(c) for c in self.columns),
                " ".join(words), *heads, "", ""]
        data = "\n".join(head).encode() + b"".join(bodies)
        with open(os.path.join(out_dir, name), "wb") as handle:
            handle.write(data)
        n = sum(len(rows) for *_, rows in self.blocks)
        print(f"{name}: {len(self.blocks)} blocks, {n} rows, {len(data)} bytes")


def zigzag(n):
    return 2 * n if n >= 0 else -2 * n - 1


def base128(raw, n):
    while n >= 128:
        raw.append(n & 127 | 128)
        n >>= 7
    raw.append(n)


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
            until = OPEN if r["end"] >= "2016-12-31" else next_day(r["end"])
            start = self.life[sid][0] if sid in self.life else r["start"]
            self.life[sid] = (start, until)
            region, sub = REGION_GAPS.get(sid, (r["un_region"], r["un_subregion"]))
            self.info[sid] = dict(name=r["name"], cow=cow, region=region, sub=sub)
        # one row per id: the later COW number and name win (Germany: 255)

    def spell(self, ids, first_year, last_year, observed=None):
        """Years inclusive -> spell clipped to the life of the states, or None.
        It is open if it lasts to the end of what the source observes."""
        start, until = max(f"{first_year}-01-01", CLIP_FROM), f"{last_year + 1}-01-01"
        if observed is not None and last_year >= observed or last_year >= LAST:
            until = OPEN
        for sid in ids:
            born, died = self.life[sid]
            start, until = max(start, born), min(until, died)
        return (start, until) if start < until else None

    def alive(self, sid, date):
        born, died = self.life[sid]
        return born <= date < died


def heirs(ids, start, until):
    """The actors behind COW numbers over time: [(ids, start, until)].  A spell
    is cut where one of them gives way to its heir; what a source ends in the
    year of that day was the predecessor's."""
    pieces = [(tuple(ids), start, until)]
    for old, (day, new) in SPLIT.items():
        cut = []
        for who, a, b in pieces:
            if old not in who or b <= day:
                cut.append((who, a, b))
                continue
            if a < day:
                cut.append((who, a, day))
            if b > f"{int(day[:4]) + 1}-01-01" or a >= day:
                later = tuple(new if sid == old else sid for sid in who)
                cut.append((later, max(a, day), b))
        pieces = cut
    return pieces


def heirs_of_year(ids, year):
    """The actors behind COW numbers in a year; both where one follows the other."""
    out = [tuple(ids)]
    for old, (day, new) in SPLIT.items():
        if old in ids and str(year) >= day[:4]:
            later = tuple(new if sid == old else sid for sid in ids)
            out = [later] if str(year) > day[:4] else out + [later]
    return out


def merge(spells):
    """Join touching or overlapping spells."""
    out = []
    for start, until in sorted(spells):
        if out and start <= out[-1][1]:
            out[-1][1] = max(out[-1][1], until)
        else:
            out.append([start, until])
    return [tuple(s) for s in out]


def spells_from_years(states, ids, years, observed):
    """A set of years -> merged clipped spells."""
    spells = (states.spell(ids, year, year, observed) for year in years)
    return merge([spell for spell in spells if spell])


def states_table(inputs, states, out_dir):
    rows = []
    for sid, (born, died) in states.life.items():
        info = states.info[sid]
        for (who,), start, until in heirs([sid], born, died):
            name = "Serbia" if who == "SRB" else info["name"]
            rows.append((who, name, info["cow"], start, "" if until == OPEN else until,
                         PREDECESSOR.get(who, ""), info["region"], info["sub"]))
    write(out_dir, "states.csv",
          ["id", "name", "cow", "from", "until", "predecessor", "un_region",
           "un_subregion"], rows)
    lives = {row[0]: (row[3], row[4] or OPEN) for row in rows}
    places = []
    # West Germany's capital while there is one, then Germany's.
    of_cow = {255: ("1990-10-03", OPEN), 260: ("", "1990-10-03")}
    for r in inputs.rows("world", "capitals.csv"):
        cow = int(r["ccode"])
        sid = states.id_of.get(cow)
        if sid is None or r["lat"] == "" \
                or int(r["enddate"][:4]) < FIRST or int(r["stdate"][:4]) > LAST:
            continue
        until = OPEN if r["enddate"] >= "2016-12-31" else next_day(r["enddate"])
        if cow == 260:
            until = OPEN
        low, high = of_cow.get(cow, ("", OPEN))
        start, until = max(r["stdate"], low), min(until, high)
        for (who,), a, b in heirs([sid], start, until):
            born, died = lives[who]
            a, b = max(a, born), min(b, died)
            if a < b:
                lat, lng = CAPITAL_FIXES.get(r["capital"], (float(r["lat"]), float(r["lng"])))
                places.append([who, a, b, r["capital"], fmt(lat, 3), fmt(lng, 3)])
    # The first capital that is known holds from the state's first day on.
    places.sort(key=lambda row: row[:2])
    seen = set()
    for row in places:
        if row[0] not in seen:
            row[1] = lives[row[0]][0]
        seen.add(row[0])
        row[2] = "" if row[2] == OPEN else row[2]
    assert seen == set(lives), set(lives) - seen
    write(out_dir, "capitals.csv", ["id", "from", "until", "capital", "lat", "lng"], places)


# ---------------------------------------------------------------- covariates

def read_state_years(inputs, states):
    """(id, year) -> merged raw record; Germany: 260 to 1989, 255 from 1990."""
    table = {}
    for r in inputs.rows("world", "state_year.csv"):
        cow, year = int(r["ccode"]), int(r["year"])
        if cow not in states.id_of or not 1975 <= year <= LAST:
            continue
        if cow == 260 and year >= 1990:
            continue
        table[states.id_of[cow], year] = r
    return table


def fill_germany(inputs, raw):
    """The same with what the sources code of Germany under West Germany's
    number in the year of unification."""
    filled = dict(raw)
    for r in inputs.rows("world", "state_year.csv"):
        if r["ccode"] == "260" and r["year"] == "1990":
            united = raw["DEU", 1990]
            filled["DEU", 1990] = {k: united[k] if united[k] != "" else r[k] for k in united}
    return filled


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
    # What the depositary has of Serbia before 2000 is what it took over.
    def of(iso, date):
        return "YUG" if iso == "SRB" and date >= "2000" else iso_to_id.get(iso, iso)
    for r in inputs.rows("norms", "treaties.csv"):
        if r["treaty"] not in RECORD or r["event"] not in CONSENT:
            continue
        date = r["date"]
        key = (of(r["iso3"], date), r["treaty"])
        if r["event"] == "succession":
            succeeded.add(key)
        if key not in first or date < first[key]:
            first[key] = date
    # Succession may be deposited years after the birth of the state, although
    # it takes effect at birth: the predecessor's treaties count from birth.
    for sid, old in PREDECESSOR.items():
        for treaty in RECORD if sid in states.life else ():
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


def fit_freedom(raw):
    """The line that puts freedom on V-Dem's scale."""
    pairs = [(freedom(r), democracy(r)) for (sid, year), r in raw.items()
             if FIT_FIRST <= year <= FIT_LAST
             and freedom(r) is not None and democracy(r) is not None]
    a, b = fit_line(pairs)
    print(f"democracy from Freedom House: {a:.4f} + {b:.4f} x, n = {len(pairs)}")
    return a, b


def filled_democracy(states, raw):
    a, b = fit_freedom(raw)
    filled = {}
    for (sid, year), r in sorted(raw.items()):
        if not COV_FIRST <= year <= COV_LAST or not lives_in(states, sid, year):
            continue
        filled[sid, year] = democracy(r)
        if filled[sid, year] is None and freedom(r) is not None:
            filled[sid, year] = min(max(a + b * freedom(r), 0.0), 1.0)
    return filled


def lives_in(states, sid, year):
    born, died = states.life[sid]
    return born <= f"{year}-12-31" and died > f"{year}-01-01"


def three_digits(text):
    return None if text in ("", None) else float(f"{float(text):.3g}")


def rounded(text, digits):
    return None if text in ("", None) else float(fmt(float(text), digits) or 0)


def population(r):
    pop = number(r["pop_m"])
    if pop is None and number(r["pop_cow_k"]) is not None:
        pop = number(r["pop_cow_k"]) / 1000
    return None if pop is None else float(f"{pop:.4g}")


# Attribute -> (decimal digits, value of a state-year's row).
COVARIATES = {
    "polyarchy": (3, lambda r: rounded(r["v2x_polyarchy"], 3)),
    "libdem": (3, lambda r: rounded(r["v2x_libdem"], 3)),
    "polity2": (0, lambda r: rounded(r["polity2"], 0)),
    "freedom": (3, lambda r: rounded(freedom(r), 3)),
    "fh_pr": (0, lambda r: rounded(r["fh_pr"], 0)),
    "fh_cl": (0, lambda r: rounded(r["fh_cl"], 0)),
    "gdppc": (0, lambda r: rounded(r["gdppc_2011intl"], 0)),
    "gdp_m": (0, lambda r: rounded(r["rgdp_2017intl_m"], 0)),
    "cinc": (9, lambda r: three_digits(r["cinc"])),
    "pop_m": (7, population),
    "major_power": (0, lambda r: rounded(r["major_power"], 0)),
    "regional_power": (0, lambda r: rounded(r["regional_power"], 0)),
    "milper_k": (0, lambda r: rounded(r["milper_k"], 0)),
    "n_igo": (0, lambda r: rounded(r["n_igo_full"], 0)),
    "imports_m": (0, lambda r: rounded(r["imports_musd"], 0)),
    "exports_m": (0, lambda r: rounded(r["exports_musd"], 0)),
    "leader_tenure": (1, lambda r: rounded(r["leader_tenure_y"], 1)),
    # What happens in a year:
    "leader_change": (0, lambda r: rounded(r["leader_change"], 0)),
    "leader_irregular": (0, lambda r: rounded(r["leader_irregular"], 0)),
    "mid_ongoing": (0, lambda r: rounded(r["mid_ongoing"], 0)),
    "mid_onset": (0, lambda r: rounded(r["mid_onset"], 0)),
    "mid_hostility": (0, lambda r: rounded(r["mid_maxhost"], 0)),
    "ucdp_intra": (0, lambda r: rounded(r["ucdp_intra_max"], 0)),
    "ucdp_inter": (0, lambda r: rounded(r["ucdp_inter_max"], 0)),
}
# Every year counts by itself, so that equal years are kept.
EVENTS = {"leader_change", "leader_irregular", "mid_ongoing", "mid_onset",
          "mid_hostility", "ucdp_intra", "ucdp_inter"}


def yearly_block(out, states, name, digits, values):
    """values: (id, year) -> value.  A row holds from 1 January of its year; a
    year that repeats the value before is left out, and one in which the source
    has no value any more has an empty cell."""
    rows = []
    for sid in sorted(states.life):
        for year in range(FIRST, LAST + 1):
            if lives_in(states, sid, year):
                rows += [(who, year, values.get((sid, year)))
                         for (who,) in heirs_of_year([sid], year)]
    rows.sort(key=lambda row: row[:2])
    kept, last = [], None
    for who, year, value in rows:
        before = last[1] if last and last[0] == who else None
        if value != before or (value is not None and name in EVENTS):
            kept.append((who, f"{year}-01-01", value))
        last = (who, value)
    out.block(name, kept, digits)


def covariates(out, states, raw, ideal, record):
    for name, (digits, value) in COVARIATES.items():
        yearly_block(out, states, name, digits, {key: value(r) for key, r in raw.items()})
    yearly_block(out, states, "ideal", 3,
                 {key: rounded(value, 3) for key, value in ideal.items()})
    for no, name in enumerate(("treaties", "treaties_open")):
        yearly_block(out, states, name, 0,
                     {key: value[no] for key, value in record.items() if key[1] <= THREAT_LAST})


# ---------------------------------------------------------------- ties

def spell_rows(spells):
    """{ids: [(start, until)]} -> rows (ids..., start, until) of actors."""
    rows = []
    for ids, ss in spells.items():
        for start, until in merge(ss):
            rows += [(*who, a, b) for who, a, b in heirs(ids, start, until)]
    return rows


ALLIANCES = {"cow": ("alliances_cow.csv", ["defense", "neutrality", "nonaggression", "entente"]),
             "atop": ("alliances_atop.csv", ["defense", "offense", "neutrality",
                                             "nonaggression", "consultation"])}
SPELLING = {"defense": "defence", "offense": "offence"}


def alliance_blocks(inputs, states, out):
    """COW's pacts have no direction, ATOP's obligations do: the first owes the
    second.  Years become spells."""
    made = {}
    for source, (name, kinds) in ALLIANCES.items():
        years = {kind: defaultdict(set) for kind in kinds}
        for r in inputs.rows("world", name):
            year = int(r["year"])
            c1, c2 = int(r["ccode1"]), int(r["ccode2"])
            if not FIRST <= year <= LAST or c1 not in states.id_of or c2 not in states.id_of:
                continue
            ids = (states.id_of[c1], states.id_of[c2])
            if ids[0] == ids[1]:
                continue
            if source == "cow":
                ids = tuple(sorted(ids))
            for kind in kinds:
                if r[kind] == "1":
                    years[kind][ids].add(year)
        for kind in kinds:
            spells = {ids: spells_from_years(states, ids, ys, OBSERVED[source])
                      for ids, ys in years[kind].items()}
            key = f"{source}-{SPELLING.get(kind, kind)}"
            made[key] = spell_rows(spells)
            out.block(key, made[key])
    return made


def contiguity_blocks(inputs, states, out):
    spells = defaultdict(list)
    for r in inputs.rows("world", "contiguity_spells.csv"):
        c1, c2 = int(r["ccode1"]), int(r["ccode2"])
        if c1 not in states.id_of or c2 not in states.id_of:
            continue
        a, b = sorted((states.id_of[c1], states.id_of[c2]))
        spell = states.spell([a, b], int(r["year_start"]), int(r["year_end"]),
                             OBSERVED["contiguity"])
        if spell and a != b:
            spells[r["conttype"], (a, b)].append(spell)
    made = {}
    for kind in "12345":
        made[kind] = spell_rows({ids: ss for (k, ids), ss in spells.items() if k == kind})
        out.block(f"contiguity-{kind}", made[kind])
    return [(a, b, kind, start, until) for kind, rows in made.items()
            for a, b, start, until in rows]


def membership_tables(inputs, states, out_dir):
    out = ColumnFile(["organisation:word", "actor:word", "from:date", "until:date"])
    spells = {"igo": defaultdict(list), "groups": defaultdict(list)}
    for r in inputs.rows("world", "igo_membership_spells.csv"):
        if r["status"] == "1":
            spells["igo"][r["igo"], r["ccode"]].append(r)
    for r in inputs.rows("world", "group_membership.csv"):
        if r["group"] in GROUPS:
            spells["groups"][r["group"], r["ccode"]].append(r)
    made = {}
    for name, found in spells.items():
        by_id = defaultdict(list)
        for (organisation, cow), rs in found.items():
            sid = states.id_of.get(int(cow))
            for r in rs if sid else ():
                spell = states.spell([sid], int(r["year_start"]), int(r["year_end"]),
                                     OBSERVED["igo"])
                if spell:
                    by_id[organisation, sid].append(spell)
        made[name] = [(organisation, who, a, b) for (organisation, sid), ss in by_id.items()
                      for start, until in merge(ss)
                      for (who,), a, b in heirs([sid], start, until)]
        out.block(name, made[name])
    out.write(out_dir, "memberships.columns")
    used = {row[0] for row in made["igo"]}
    names = [(r["igo"], r["longorgname"] or r["orgname"], r["sdate"], r["deaddate"])
             for r in inputs.rows("world", "igo_list.csv") if r["igo"] in used]
    write(out_dir, "igos.csv", ["igo", "name", "founded", "ended"], names)
    return made["igo"]


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
    for wave, start, end in zip(waves, starts, starts[1:] + [None]):
        out.append((wave, f"{start}-01-01", OPEN if end is None else f"{end}-01-01"))
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
                if born < until and died > start} - seen[wave]
        for (a, b), by in cells.items():
            if waves[later] in by and wave not in by and (a in late or b in late):
                if all(states.life[s][0] < until
                       and states.life[s][1] > start
                       for s in (a, b)):
                    filled[a, b][wave] = by[waves[later]]
    return filled


def wave_blocks(out, table, waves, cells, digits):
    """One block per wave: (sender, target, value)."""
    for (wave, start, until), following in zip(wave_periods(table), waves[1:] + [None]):
        rows = []
        for ids, by in cells.items():
            if by.get(wave):
                for who, a, b in heirs(ids, start, until):
                    rows.append((*who, by[wave]))
        out.block(str(wave), rows, digits, start, "-" if until == OPEN else until)


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

    out = ColumnFile(["from:word", "to:word", "value:value"])
    wave_blocks(out, "diplomatic", DIPLOMATIC_WAVES, backfill(states, "diplomatic", ranks), 0)
    out.write(out_dir, "diplomatic.columns")
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
                # Of West Germany's trade the input has that with Belgium and
                # Luxembourg only, so that shares in it are not known.  The
                # window of 1988 is left as the Ottawa case was fitted with it.
                if target == "DEU" and window < 1988:
                    continue
                if share >= 0.01:
                    shares[sender, target][window] = share
    out = ColumnFile(["from:word", "to:word", "value:value"])
    cells = {ids: {wave: rounded(share, 3) for wave, share in by.items()}
             for ids, by in backfill(states, "trade", shares).items()}
    wave_blocks(out, "trade", TRADE_WINDOWS, cells, 3)
    out.write(out_dir, "trade.columns")


def yearly_file(out_dir, name, years, digits):
    """years: year -> {(from, to): value}; the last one holds on."""
    out = ColumnFile(["from:word", "to:word", "value:value"])
    for year in sorted(years):
        rows = [(*who, value) for ids, value in years[year].items()
                for who in heirs_of_year(ids, year)]
        until = "-" if year == max(years) else f"{year + 1}-01-01"
        out.block(str(year), rows, digits, f"{year}-01-01", until)
    out.write(out_dir, name)


def trade_flow_table(inputs, states, out_dir):
    """Smoothed flows above 0, exporter to importer, million USD of the year."""
    flows = defaultdict(lambda: defaultdict(float))
    for r in inputs.rows("world", "trade_cow.csv"):
        year, c1, c2 = int(r["year"]), int(r["ccode1"]), int(r["ccode2"])
        if not FIRST <= year <= LAST or c1 not in states.id_of or c2 not in states.id_of:
            continue
        a, b = states.id_of[c1], states.id_of[c2]
        if a == b or not (lives_in(states, a, year) and lives_in(states, b, year)):
            continue
        # smooth_1_from_2 is what 1 imports from 2: exporter 2, importer 1
        for exporter, importer, cell in ((b, a, r["smooth_1_from_2"]), (a, b, r["smooth_2_from_1"])):
            if (number(cell) or 0.0) > 0:
                flows[year][exporter, importer] += number(cell)
    yearly_file(out_dir, "trade-flow.columns", flows, 0)
    return flows


def agreement_table(inputs, states, out_dir):
    """Where two numbers of one actor have votes in a year (260 and 255 in
    1990), the one with more joint votes counts."""
    found = defaultdict(dict)
    for r in inputs.rows("world", "un_agreement.csv"):
        year, c1, c2 = int(r["year"]), int(r["ccode1"]), int(r["ccode2"])
        if not FIRST <= year <= LAST or c1 not in states.id_of or c2 not in states.id_of:
            continue
        ids = tuple(sorted((states.id_of[c1], states.id_of[c2])))
        if ids[0] == ids[1] or not all(lives_in(states, sid, year) for sid in ids):
            continue
        cell = (int(r["n_votes"]), rounded(r["agree"], 4))
        found[year][ids] = max(cell, found[year].get(ids, cell))
    yearly_file(out_dir, "un-agreement.columns",
                {year: {ids: cell[1] for ids, cell in by.items()} for year, by in found.items()}, 4)


def pair_blocks(inputs, states, out_dir):
    """Pairs that do not change: CEPII's are unordered, a colonial ruler comes
    before the state that it ruled.  Rulers that are no more (Austria-Hungary)
    have no ties; the Ottoman Empire is Turkey's number."""
    out = ColumnFile(["from:word", "to:word", "value:value"])
    wanted = {"comlang_off": "language-official", "comlang_ethno": "language-spoken",
              "colony": "colonial-tie", "comcol": "common-coloniser", "distcap": "distance"}
    pairs = {name: {} for name in wanted.values()}
    own = {cow: [who for (who,), *_ in heirs([sid], *states.life[sid])]
           for cow, sid in states.id_of.items()}
    # A pair uses the number of the present state: a predecessor on the same
    # ground takes it over.
    of_cow = own | {679: ["YEM", "YAR"], 316: ["CZE", "CSK"]}
    for r in inputs.rows("world", "ties_cepii.csv"):
        for a in of_cow[int(r["ccode1"])]:
            for b in of_cow[int(r["ccode2"])]:
                if a == b or {a, b} in ({"YUG", "SRB"}, {"YEM", "YAR"}, {"CZE", "CSK"}):
                    continue
                for column, name in wanted.items():
                    if r[column] not in ("", "0", "0.0"):
                        pairs[name][tuple(sorted((a, b)))] = float(r[column])
    for name, found in pairs.items():
        out.block(name, [(*ids, value) for ids, value in found.items()])
    rulers = []
    for r in inputs.rows("world", "colonial_history_icow.csv"):
        ruler, cow = int(r["col_ruler_ccode"]), int(r["ccode"])
        if ruler <= 0:
            continue
        for old in own.get(ruler, ()):
            rulers += [(old, new, 1.0) for new in own.get(cow, ()) if old != new]
    out.block("colonial-ruler", rulers)
    out.write(out_dir, "pairs.columns")


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


def threat_terms(inputs, states, raw, ideal, contiguity, pacts_of):
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
        for year in range(max(int(r["start"]), COV_FIRST), min(int(r["end"]), LAST) + 1):
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
    table = {}
    for year in range(COV_FIRST, THREAT_LAST + 1):
        day = f"{year}-07-01"
        living = sorted(s for s in states.life if lives_in(states, s, year))
        # The spells of ties are cut where an heir takes over, and begin in 1980.
        day = max(day, f"{FIRST}-07-01")
        pacts = {(merged(a), merged(b)) for a, b, start, until in pacts_of
                 if start <= day < until}
        pacts |= {(b, a) for a, b in pacts}
        near = defaultdict(set)
        for a, b, kind, start, until in contiguity:
            if kind in "123" and start[:4] <= day[:4] and until > f"{day[:4]}-01-01":
                near[merged(a)].add(merged(b))
                near[merged(b)].add(merged(a))
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
            table[sid, year] = (border, own, patron, rivals, mids, civil)
    return table


def merged(sid):
    """The actor under whose id a COW number runs throughout."""
    return next((old for old, (_, new) in SPLIT.items() if new == sid), sid)


def model_inputs(out, states, raw, filled, record, threat):
    """Attributes that are ready for use in a model of decisions.

    The value of year Y holds from 1 January of Y + 1, so that nothing is used
    before it could be known; the first known value of a state also holds from
    its birth (or from 1980) on.  A year without a value keeps the last one.

    democracy   polyarchy, or freedom put on its scale, 0..1
    record      treaties / treaties_open, 0..1
    border, patron, own   see `threat_terms`, >= 0
    wealth      (ln gdppc - ln 500) / (ln 50000 - ln 500), clipped to 0..1
    capability  cinc
    """
    def wealth(r):
        v = number(r["gdppc_2011intl"])
        return None if v is None else min(max(
            (math.log(v) - math.log(500)) / (math.log(50000) - math.log(500)), 0.0), 1.0)

    def treaty_share(sid, year):
        joined, open_ = record[sid, year]
        return joined / open_ if year <= THREAT_LAST else None

    def terms(no):
        return lambda sid, year: threat.get((sid, year), (None,) * 6)[no]

    columns = {
        "democracy": (3, lambda sid, year: filled[sid, year]),
        "record": (3, treaty_share),
        "border": (3, terms(0)),
        "own": (3, terms(1)),
        "patron": (3, terms(2)),
        "wealth": (3, lambda sid, year: wealth(raw[sid, year])),
        "capability": (9, lambda sid, year: three_digits(raw[sid, year]["cinc"])),
    }
    for name, (digits, value) in columns.items():
        rows = []
        for sid, (born, died) in states.life.items():
            known = [(year, value(sid, year)) for year in range(COV_FIRST, COV_LAST + 1)
                     if (sid, year) in filled]
            known = [(year, rounded(v, digits)) for year, v in known if v is not None]
            assert known or name in ("wealth",), (sid, name)
            start = max(born, CLIP_FROM)
            before = None
            for from_year in range(FIRST, LAST + 1):
                date = max(f"{from_year}-01-01", start)
                if f"{from_year + 1}-01-01" <= start or date >= died or not known:
                    continue
                past = [v for year, v in known if year < from_year]
                now = past[-1] if past else known[0][1]
                if now != before:
                    rows += [(who, a, now) for (who,), a, _ in
                             heirs([sid], date, min(died, f"{from_year + 1}-01-01"))]
                before = now
            # The heir begins with what holds on its first day.
            if sid in SPLIT:
                day, new = SPLIT[sid]
                if (new, day) not in {(r[0], r[1]) for r in rows}:
                    held = [r for r in rows if r[1] < day and r[0] == sid]
                    rows.append((new, day, max(held, key=lambda r: r[1])[2]))
        out.block(name, rows, digits)
    for no, name in enumerate(("rivals", "mids", "civil")):
        yearly_block(out, states, name, 0, {key: float(v[3 + no]) for key, v in threat.items()})


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

def verify(states, alliances, contiguity, igo, diplomatic, flows, facts):
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
        got = {tuple(sorted((a, b))) for a, b, f, u in alliances[f"{source}-defence"]
               if f <= day < u}
        check(f"defence pacts, {source}", len(got), want)
        check(f"  density", round(len(got) / pairs, 5), density)
    got = {(a, b) for kind in ALLIANCES["cow"][1]
           for a, b, f, u in alliances[f"cow-{SPELLING.get(kind, kind)}"] if f <= day < u}
    check("any alliance, cow", len(got), 1116)
    check("trade, smoothed total > 0", len({tuple(sorted(p)) for p in flows[1997]}), 7171)
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
    spells = ColumnFile(["a:word", "b:word", "from:date", "until:date"])
    alliances = alliance_blocks(inputs, states, spells)
    contiguity = contiguity_blocks(inputs, states, spells)
    spells.write(out_dir, "spells.columns")
    pair_blocks(inputs, states, out_dir)
    igo = membership_tables(inputs, states, out_dir)
    candidates_table(out_dir)
    diplomatic = diplomatic_table(inputs, states, out_dir)
    trade_table(inputs, states, out_dir)
    flows = trade_flow_table(inputs, states, out_dir)
    agreement_table(inputs, states, out_dir)
    record = treaty_record(inputs, states)
    filled = filled_democracy(states, raw)
    threat = threat_terms(inputs, states, raw, ideal, contiguity, alliances["cow-defence"])
    attributes = ColumnFile(["actor:word", "from:date", "value:value"])
    model_inputs(attributes, states, raw, filled, record, threat)
    covariates(attributes, states, fill_germany(inputs, raw), ideal, record)
    attributes.write(out_dir, "attributes.columns")
    facts = mine_ban_tables(inputs, states, out_dir)
    folds_table(states, out_dir)
    if not verify(states, alliances, contiguity, igo, diplomatic, flows, facts):
        sys.exit(1)


if __name__ == "__main__":
    main()
