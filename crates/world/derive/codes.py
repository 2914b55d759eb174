#!/usr/bin/env python3
"""Derive data/codes.csv: which state a code or a name stands for, and when.

Usage:  python3 codes.py OUTPUT_DIR      (needs the package countrycode, see requirements.txt)

Columns: scheme, code, id, from, until.  `id` is the actor's id as in the table of states; a row
holds on [from, until), an empty cell means without bound.  The same code may stand for one state
before a day and for another from that day on.

Codes that have one meaning come from `countrycode`; what changed its meaning over time (Germany,
Yemen, Yugoslavia, Czechoslovakia, the Soviet Union), withdrawn ISO codes, the numbers of Gleditsch
and Ward where they differ, and usual aliases are written down below.
"""

import csv
import os
import pickle
import sys
from collections import defaultdict

import countrycode

DATA = os.path.join(os.path.dirname(countrycode.__file__), "data", "codelist.pickle")

SCHEMES = {
    "iso3": ["iso3c"], "iso2": ["iso2c"], "iso-numeric": ["iso3n"], "m49": ["un"],
    "cow": ["cown"], "cow-abbreviation": ["cowc"], "gleditsch-ward": ["gwn"], "v-dem": ["vdem"],
    "world-bank": ["wb"],
    "name": ["country.name.en", "cow.name", "iso.name.en", "un.name.en", "p4.name", "vdem.name",
             "cldr.short.en", "cldr.variant.en", "country.name.de", "country.name.fr",
             "country.name.it", "un.name.es"],
}

# Rows of countrycode that are one of our actors although they have no ISO code there.
IDS = {"Kosovo": "XKX"}

GERMANY, YEMEN, CZECHS, SERBIA, SOVIETS = (
    "1990-10-03", "1990-05-22", "1993-01-01", "2006-06-05", "1991-12-26")

# What `countrycode` says of these is left out: below is all there is.
BY_HAND = {"Germany", "German Democratic Republic", "Czechoslovakia", "Czechia", "Slovakia",
           "Yemen", "Yemen Arab Republic", "Yemen People's Republic", "Yemen People’s Republic",
           "Serbia", "Serbia and Montenegro", "Yugoslavia", "Russia", "Vietnam",
           "Republic of Vietnam", "United Arab Republic", "Zanzibar", "Orange Free State"}

# (id, scheme, codes, from, until)
DATED = [
    # West Germany and Germany are one actor.
    ("DEU", "iso3", "DEU", "", ""), ("DEU", "iso2", "DE", "", ""),
    ("DEU", "iso-numeric", "276 280", "", ""), ("DEU", "m49", "276 280", "", ""),
    ("DEU", "cow", "255", "", "1955-05-05"), ("DEU", "cow", "260", "", GERMANY), ("DEU", "cow", "255", GERMANY, ""),
    ("DEU", "cow-abbreviation", "GFR", "", GERMANY), ("DEU", "cow-abbreviation", "GMY", GERMANY, ""),
    ("DEU", "gleditsch-ward", "260", "", ""), ("DEU", "gleditsch-ward", "255", "", "1945-05-08"), ("DEU", "v-dem", "77", "", ""),
    ("DEU", "world-bank", "DEU", "", ""),
    ("DDR", "iso3", "DDR", "", GERMANY), ("DDR", "iso2", "DD", "", GERMANY),
    ("DDR", "iso-numeric", "278", "", GERMANY), ("DDR", "m49", "278", "", GERMANY),
    ("DDR", "cow", "265", "", GERMANY), ("DDR", "cow-abbreviation", "GDR", "", GERMANY),
    ("DDR", "gleditsch-ward", "265", "", GERMANY), ("DDR", "v-dem", "137", "", GERMANY),
    # Czechoslovakia, and the two that followed it.
    ("CSK", "iso3", "CSK", "", CZECHS), ("CSK", "iso2", "CS", "", CZECHS),
    ("CSK", "iso-numeric", "200", "", CZECHS), ("CSK", "m49", "200", "", CZECHS),
    ("CSK", "cow", "315", "", CZECHS), ("CSK", "cow-abbreviation", "CZE", "", CZECHS),
    ("CSK", "gleditsch-ward", "315", "", CZECHS), ("CSK", "v-dem", "157", "", CZECHS),
    ("CSK", "world-bank", "CSK", "", CZECHS),
    ("CZE", "iso3", "CZE", CZECHS, ""), ("CZE", "iso2", "CZ", CZECHS, ""),
    ("CZE", "iso-numeric", "203", CZECHS, ""), ("CZE", "m49", "203", CZECHS, ""),
    ("CZE", "cow", "316", CZECHS, ""), ("CZE", "cow-abbreviation", "CZR", CZECHS, ""),
    ("CZE", "gleditsch-ward", "316", CZECHS, ""), ("CZE", "v-dem", "157", CZECHS, ""),
    ("CZE", "world-bank", "CZE", CZECHS, ""),
    ("SVK", "iso3", "SVK", CZECHS, ""), ("SVK", "iso2", "SK", CZECHS, ""),
    ("SVK", "iso-numeric", "703", CZECHS, ""), ("SVK", "m49", "703", CZECHS, ""),
    ("SVK", "cow", "317", CZECHS, ""), ("SVK", "cow-abbreviation", "SLO", CZECHS, ""),
    ("SVK", "gleditsch-ward", "317", CZECHS, ""), ("SVK", "v-dem", "201", CZECHS, ""),
    ("SVK", "world-bank", "SVK", CZECHS, ""),
    # The two Yemens and the one.
    ("YAR", "iso3", "YAR YEM", "", YEMEN), ("YAR", "iso2", "YE", "", YEMEN),
    ("YAR", "iso-numeric", "886", "", YEMEN), ("YAR", "m49", "886", "", YEMEN),
    ("YAR", "cow", "678", "", YEMEN), ("YAR", "cow-abbreviation", "YAR", "", YEMEN),
    ("YAR", "gleditsch-ward", "678", "", YEMEN), ("YAR", "v-dem", "14", "", YEMEN),
    ("YAR", "world-bank", "YEM", "", YEMEN),
    ("YMD", "iso3", "YMD", "", YEMEN), ("YMD", "iso2", "YD", "", YEMEN),
    ("YMD", "iso-numeric", "720", "", YEMEN), ("YMD", "m49", "720", "", YEMEN),
    ("YMD", "cow", "680", "", YEMEN), ("YMD", "cow-abbreviation", "YPR", "", YEMEN),
    ("YMD", "gleditsch-ward", "680", "", YEMEN), ("YMD", "v-dem", "23", "", YEMEN),
    ("YEM", "iso3", "YEM", YEMEN, ""), ("YEM", "iso2", "YE", YEMEN, ""),
    ("YEM", "iso-numeric", "887", YEMEN, ""), ("YEM", "m49", "887", YEMEN, ""),
    ("YEM", "cow", "679", YEMEN, ""), ("YEM", "cow-abbreviation", "YEM", YEMEN, ""),
    ("YEM", "gleditsch-ward", "678", YEMEN, ""), ("YEM", "v-dem", "14", YEMEN, ""),
    ("YEM", "world-bank", "YEM", YEMEN, ""),
    # Yugoslavia, from 2003 Serbia and Montenegro, is one actor; then Serbia.
    ("YUG", "iso3", "YUG SCG SRB", "", SERBIA), ("YUG", "iso2", "YU RS", "", SERBIA), ("YUG", "iso2", "CS", "2003-07-23", SERBIA),
    ("YUG", "iso-numeric", "890 891 688", "", SERBIA), ("YUG", "m49", "890 891 688", "", SERBIA),
    ("YUG", "cow", "345", "", SERBIA), ("YUG", "cow-abbreviation", "YUG", "", SERBIA),
    ("YUG", "gleditsch-ward", "345", "", SERBIA), ("YUG", "v-dem", "198", "", SERBIA),
    ("YUG", "world-bank", "YUG SCG SRB", "", SERBIA),
    ("SRB", "iso3", "SRB", SERBIA, ""), ("SRB", "iso2", "RS", SERBIA, ""),
    ("SRB", "iso-numeric", "688", SERBIA, ""), ("SRB", "m49", "688", SERBIA, ""),
    ("SRB", "cow", "345", SERBIA, ""), ("SRB", "cow-abbreviation", "YUG SRB", SERBIA, ""),
    ("SRB", "gleditsch-ward", "340", SERBIA, ""), ("SRB", "v-dem", "198", SERBIA, ""),
    ("SRB", "world-bank", "SRB", SERBIA, ""),
    # The Soviet Union and Russia are one actor.
    ("RUS", "iso3", "SUN", "", SOVIETS), ("RUS", "iso3", "RUS", "", ""),
    ("RUS", "iso2", "SU", "", SOVIETS), ("RUS", "iso2", "RU", "", ""),
    ("RUS", "iso-numeric", "810", "", SOVIETS), ("RUS", "iso-numeric", "643", "", ""),
    ("RUS", "m49", "810", "", SOVIETS), ("RUS", "m49", "643", "", ""),
    ("RUS", "cow", "365", "", ""), ("RUS", "cow-abbreviation", "RUS", "", ""),
    ("RUS", "gleditsch-ward", "365", "", ""), ("RUS", "v-dem", "11", "", ""),
    ("RUS", "world-bank", "RUS", "", ""), ("RUS", "world-bank", "SUN", "", SOVIETS),
    ("VNM", "iso3", "VNM", "", ""), ("VNM", "iso2", "VN", "", ""),
    ("VNM", "iso-numeric", "704", "", ""), ("VNM", "m49", "704", "", ""), ("VNM", "cow", "816", "", ""),
    ("VNM", "cow-abbreviation", "DRV", "", ""), ("VNM", "gleditsch-ward", "816", "", ""),
    ("VNM", "v-dem", "34", "", ""), ("VNM", "world-bank", "VNM", "", ""),
    # Microstates, whom the main list of Gleditsch and Ward leaves out.
    *((id_, "gleditsch-ward", code, "", "") for id_, code in (
        ("DMA", "54"), ("GRD", "55"), ("LCA", "56"), ("VCT", "57"), ("ATG", "58"), ("KNA", "60"),
        ("MCO", "221"), ("LIE", "223"), ("AND", "232"), ("SMR", "331"), ("STP", "403"), ("SYC", "591"),
        ("VUT", "935"), ("KIR", "970"), ("NRU", "971"), ("TON", "972"), ("TUV", "973"), ("MHL", "983"),
        ("PLW", "986"), ("FSM", "987"), ("WSM", "990"))),
    ("XKX", "iso3", "XKX XKO KSV", "", ""), ("XKX", "iso2", "XK", "", ""), ("XKX", "world-bank", "KSV", "", ""),
    # Codes that were replaced; files keep them.
    ("ROU", "iso3", "ROM", "", ""), ("COD", "iso3", "ZAR", "", ""), ("TLS", "iso3", "TMP", "", ""),
    ("MMR", "iso3", "BUR", "", ""), ("BFA", "iso3", "HVO", "", ""), ("BEN", "iso3", "DHY", "", ""),
    ("BLR", "iso3", "BYS", "", ""), ("ZWE", "iso3", "RHO", "", ""), ("VNM", "iso3", "VDR", "1975-05-01", ""),
    ("ROU", "world-bank", "ROM", "", ""), ("COD", "world-bank", "ZAR", "", ""),
    ("TLS", "world-bank", "TMP", "", ""), ("AND", "world-bank", "ADO", "", ""),
    ("IMN", "world-bank", "IMY", "", ""), ("PSE", "world-bank", "WBG", "", ""),
    ("MMR", "iso2", "BU", "", ""), ("TLS", "iso2", "TP", "", ""), ("COD", "iso2", "ZR", "", ""),
    ("BFA", "iso2", "HV", "", ""), ("GBR", "iso2", "UK", "", ""), ("GRC", "iso2", "EL", "", ""),
    ("SDN", "iso-numeric", "736", "", ""), ("ETH", "iso-numeric", "230", "", ""),
    ("PAN", "iso-numeric", "590", "", ""), ("SDN", "m49", "736", "", ""), ("ETH", "m49", "230", "", ""),
]

# Names that the lists of countrycode lack, and those that changed hands. (id, names, from, until)
ALIASES = [
    ("DEU", "Germany; Federal Republic of Germany; Germany, Federal Republic of; Deutschland; Allemagne; "
            "Germania; Alemania; Bundesrepublik Deutschland", "", ""),
    ("DEU", "West Germany; German Federal Republic; FRG; Germany, West; Germany West", "", ""),
    ("DDR", "East Germany; German Democratic Republic; GDR; Germany, East; Germany East; DDR; "
            "Germany, Democratic Republic of", "", GERMANY),
    ("CSK", "Czechoslovakia; Czechoslovak Socialist Republic; Czecho-Slovakia; CSSR", "", CZECHS),
    ("CZE", "Czech Republic; Czechia; Tschechien; Tschechische Republik; République tchèque; Tchéquie; "
            "Repubblica Ceca; Cechia; Chequia; Czech Rep.; Czech Rep", CZECHS, ""),
    ("SVK", "Slovakia; Slovak Republic; Slowakei; Slovaquie; Slovacchia; Eslovaquia; Slovak Rep.", CZECHS, ""),
    ("YAR", "North Yemen; Yemen Arab Republic; Yemen, North; Yemen North; Yemen", "", YEMEN),
    ("YMD", "South Yemen; Yemen, South; Yemen South; Yemen People's Republic; Democratic Yemen; "
            "Yemen, Democratic; People's Democratic Republic of Yemen; Yemen PDR; "
            "Yemen, People's Democratic Republic", "", YEMEN),
    ("YEM", "Yemen; Republic of Yemen; Yemen, Republic of; Yemen, Rep.; Jemen; Yémen", YEMEN, ""),
    ("YUG", "Yugoslavia; Federal Republic of Yugoslavia; FR Yugoslavia; FRY; Former Yugoslavia; SFRY; "
            "Socialist Federal Republic of Yugoslavia; Yugoslavia (former); Serbia and Montenegro; "
            "State Union of Serbia and Montenegro; Yugoslavia (Serbia); Serbia; Serbien; Serbie", "", SERBIA),
    ("SRB", "Serbia; Republic of Serbia; Serbien; Serbie; Yugoslavia (Serbia)", SERBIA, ""),
    ("RUS", "Soviet Union; USSR; U.S.S.R.; Union of Soviet Socialist Republics; Sowjetunion; "
            "Union soviétique", "", SOVIETS),
    ("RUS", "Russia; Russian Federation; Russland; Russie; Rusia; Russian Fed.; Russia (Soviet Union); "
            "Russia/USSR; USSR/Russia; Federazione Russa", "", ""),
    ("VNM", "Vietnam; Viet Nam; Socialist Republic of Vietnam; North Vietnam; Vietnam, North; "
            "Democratic Republic of Vietnam; Vietnam (Democratic Republic of); Viêt Nam", "", ""),
    ("CIV", "Ivory Coast; Cote d'Ivoire; Cote D Ivoire; Elfenbeinküste; Costa de Marfil", "", ""),
    ("MMR", "Burma; Burma/Myanmar; Myanmar (Burma); Union of Burma; Birma; Birmanie", "", ""),
    ("COD", "Zaire; Congo-Kinshasa; Congo, Kinshasa; DR Congo; DRC; Democratic Republic of the Congo; "
            "Congo, Democratic Republic of; Congo, Dem. Rep.; Congo (Democratic Republic of the); "
            "Congo, the Democratic Republic of the; Congo, DRC; Democratic Republic of Congo; Dem. Rep. Congo; "
            "Congo, Democratic Republic (Zaire)", "", ""),
    ("COG", "Congo-Brazzaville; Congo, Republic of; Republic of the Congo; Congo, Rep.; Congo Brazzaville; "
            "Congo, Brazzaville; Republic of Congo; People's Republic of the Congo; "
            "Congo, Republic of the", "", ""),
    ("KOR", "South Korea; Republic of Korea; Korea, South; Korea, Republic of; Korea (Republic of); ROK; "
            "Korea, Rep.; Korea South", "", ""),
    ("PRK", "North Korea; DPRK; Korea, North; Democratic People's Republic of Korea; Korea, Dem. Rep.; "
            "Korea, Democratic People's Republic of; Korea (Democratic People's Republic of); "
            "Korea, People's Republic of; Korea North; Dem. People's Rep. Korea", "", ""),
    ("USA", "United States; USA; US; U.S.; U.S.A.; America; United States of America", "", ""),
    ("GBR", "United Kingdom; UK; U.K.; Great Britain; Britain; England; "
            "United Kingdom of Great Britain and Northern Ireland", "", ""),
    ("MKD", "Macedonia; FYROM; FYR Macedonia; Macedonia, FYR; Former Yugoslav Republic of Macedonia; "
            "The former Yugoslav Republic of Macedonia; Macedonia (FYROM); "
            "Macedonia, the former Yugoslav Republic of; Macedonia (Former Yugoslav Republic of)", "", ""),
    ("SWZ", "Swaziland; Eswatini", "", ""), ("CPV", "Cape Verde; Cabo Verde; Cape Verde Islands", "", ""),
    ("TLS", "East Timor; Timor Leste; Timor", "", ""), ("TUR", "Turkey; Türkiye", "", ""),
    ("BFA", "Upper Volta; Burkina", "", ""), ("BEN", "Dahomey", "", ""), ("LKA", "Ceylon", "", ""),
    ("KHM", "Kampuchea; Democratic Kampuchea; Khmer Republic", "", ""), ("IRN", "Persia", "", ""),
    ("ZWE", "Rhodesia; Southern Rhodesia; Zimbabwe (Rhodesia)", "", ""), ("THA", "Siam", "", ""),
    ("MDG", "Malagasy Republic; Madagascar (Malagasy)", "", ""),
    ("TZA", "Tanzania/Tanganyika; Tanganyika; Tanzania, United Republic of", "", ""),
    ("NLD", "Holland; The Netherlands", "", ""), ("LBY", "Libyan Arab Jamahiriya; "
            "Socialist People's Libyan Arab Jamahiriya", "", ""),
    ("BLR", "Byelorussia; Byelorussian SSR; Belarus (Byelorussia)", "", ""), ("UKR", "Ukrainian SSR", "", ""),
    ("MDA", "Moldavia; Republic of Moldova", "", ""), ("KGZ", "Kirghizia; Kyrgyz Republic", "", ""),
    ("ARE", "UAE; U.A.E.", "", ""), ("CAF", "CAR; Central African Rep.; Central African Empire", "", ""),
    ("BIH", "Bosnia; Bosnia-Herzegovina; Bosnia and Hercegovina", "", ""),
    ("GNB", "Guinea Bissau; Portuguese Guinea", "", ""), ("GNQ", "Spanish Guinea; Eq. Guinea", "", ""),
    ("WSM", "Western Samoa", "", ""), ("SLB", "Solomon Is.", "", ""), ("VAT", "Vatican; Holy See; "
            "Vatican City; Vatican City State", "", ""),
    ("FSM", "Micronesia; Federated States of Micronesia; Micronesia, Fed. Sts.; "
            "Micronesia, Federated States of; Micronesia (Fed. States of)", "", ""),
    ("PNG", "Papua-New Guinea", "", ""), ("BHS", "The Bahamas; Bahamas, The", "", ""),
    ("GMB", "The Gambia; Gambia, The", "", ""), ("TWN", "Taiwan; Republic of China; Chinese Taipei; "
            "Taiwan, China; Taiwan, Province of China", "", ""),
    ("CHN", "China; PRC; People's Republic of China; China, People's Republic of; Mainland China; "
            "China (PRC)", "", ""),
    ("HKG", "Hong Kong; Hong Kong, China", "", ""), ("MAC", "Macao; Macau", "", ""),
    ("PSE", "Palestine; State of Palestine; West Bank and Gaza; Palestinian Authority", "", ""),
    ("SYR", "Syria; Syrian Arab Republic", "", ""), ("LAO", "Laos; Lao PDR; Lao P.D.R.", "", ""),
    ("VCT", "St. Vincent; St Vincent and the Grenadines; St. Vincent and the Grenadines", "", ""),
    ("KNA", "St Kitts and Nevis; St. Kitts-Nevis; St. Kitts; Saint Christopher and Nevis", "", ""),
    ("LCA", "St Lucia", "", ""), ("STP", "Sao Tome; Sao Tome e Principe", "", ""),
    ("ATG", "Antigua; Antigua & Barbuda", "", ""), ("TTO", "Trinidad; Trinidad & Tobago", "", ""),
    ("XKX", "Kosovo; Republic of Kosovo; Kosovo (UNMIK)", "", ""), ("BOL", "Bolivia", "", ""),
    ("VEN", "Venezuela; Venezuela, RB", "", ""), ("EGY", "Egypt; Egypt, Arab Rep.; UAR", "", ""),
    ("IRN", "Iran; Iran, Islamic Rep.; Islamic Republic of Iran", "", ""),
    ("BRN", "Brunei", "", ""), ("SUR", "Surinam; Dutch Guiana", "", ""), ("BLZ", "British Honduras", "", ""),
    ("GUY", "British Guiana", "", ""), ("LSO", "Basutoland", "", ""), ("BWA", "Bechuanaland", "", ""),
    ("MWI", "Nyasaland", "", ""), ("ZMB", "Northern Rhodesia", "", ""), ("GHA", "Gold Coast", "", ""),
    ("DJI", "Afars and Issas; French Somaliland", "", ""), ("NAM", "South West Africa", "", ""),
    ("EUE", "European Union; EU; European Community; European Economic Community", "", ""),
]

# Two states go by these: a file must say which.
AMBIGUOUS = {"congo", "korea"}


def main():
    out_dir = sys.argv[1]
    with open(DATA, "rb") as file:
        table = pickle.load(file)
    rows = defaultdict(set)     # (scheme, code) -> {(id, from, until)}
    for place, name in enumerate(table["country.name.en"]):
        id_ = table["iso3c"][place] or IDS.get(name)
        if id_ is None or name in BY_HAND:
            continue
        for scheme, columns in SCHEMES.items():
            for column in columns:
                code = table[column][place]
                if code is not None and str(code).strip().lower() not in AMBIGUOUS:
                    rows[scheme, " ".join(str(code).split())].add((id_, "", ""))
    for id_, scheme, codes, start, until in DATED:
        for code in codes.split():
            rows[scheme, code].add((id_, start, until))
    for id_, names, start, until in ALIASES:
        for name in names.split(";"):
            rows["name", " ".join(name.split())].add((id_, start, until))
    rows["iso3", "EUE"].add(("EUE", "", ""))
    # V-Dem's text ids are ISO codes but for these.
    for (scheme, code), held in list(rows.items()):
        if scheme == "iso3":
            rows["v-dem", code] |= held
    lines = sorted((scheme, code, *entry) for (scheme, code), held in rows.items() for entry in held)
    with open(os.path.join(out_dir, "codes.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["scheme", "code", "id", "from", "until"])
        writer.writerows(lines)


if __name__ == "__main__":
    main()
