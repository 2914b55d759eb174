"""Writes the files of this folder with networkx and igraph.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt && venv/bin/python make.py

One network in every format that the two write, directed and undirected: names that are not ASCII,
attributes of four types, strengths. `tests/made.rs` reads them and compares.
"""

import json
import re
import warnings
from pathlib import Path

import igraph
import networkx as nx

HERE = Path(__file__).parent
warnings.filterwarnings("ignore", "The boolean vertex attribute")


def network(directed):
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_node("Österreich", population=7_968_000, gdp=1.5, member=True, region="Europe")
    graph.add_node("Côte d'Ivoire", population=14_500_000, gdp=0.25, member=False, region="Africa & <more>")
    graph.add_node("日本", population=126_000_000, gdp=4.0, member=True, region='the "East"')
    graph.add_node("Nauru", population=10_000, gdp=1e-7, member=False, region="")
    graph.add_edge("Österreich", "Côte d'Ivoire", weight=0.5, kind="trade", since=1990)
    graph.add_edge("Côte d'Ivoire", "日本", weight=2.0, kind="aid", since=1991)
    graph.add_edge("日本", "Österreich", weight=3.25, kind="trade", since=1992)
    return graph


def pajek_network(directed):
    """Without what networkx does not write to Pajek: what is no text."""
    graph = network(directed)
    for place, data in enumerate(graph.nodes.values()):
        data.clear()
        data.update(x=str(place / 8), y="0.25", shape="box")
    for _, _, data in graph.edges(data=True):
        del data["since"]
    return graph


def parallel():
    graph = nx.MultiDiGraph()
    graph.add_edge("A", "B", weight=1.0, kind="trade")
    graph.add_edge("A", "B", weight=2.0, kind="aid")
    graph.add_edge("B", "B", weight=3.0, kind="self")
    return graph


def dated():
    graph = nx.Graph()
    graph.add_node("A", start="1918-11-12", end="1938-03-13")
    graph.add_edge("A", "B", start="1990-01-01", end="1995-12-31")
    graph.add_edge("B", "C", spells=[("1949-04-04", "1966-03-10"), ("2009-04-04", "2020-12-31")])
    return graph


def write_json(graph, name, **words):
    data = nx.node_link_data(graph, **words)
    (HERE / name).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def steady(path):
    """Takes out what is different on every day."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'lastmodifieddate="[^"]*"', 'lastmodifieddate="2026-11-22"', text)
    path.write_text(text, encoding="utf-8")


for directed in (True, False):
    way = "directed" if directed else "undirected"
    graph = network(directed)
    nx.write_graphml_xml(graph, HERE / f"networkx-{way}.graphml")
    nx.write_gexf(graph, HERE / f"networkx-{way}.gexf")
    nx.write_gexf(graph, HERE / f"networkx-{way}-1.3.gexf", version="1.3")
    nx.write_gml(graph, HERE / f"networkx-{way}.gml")
    nx.write_pajek(pajek_network(directed), HERE / f"networkx-{way}.net")
    write_json(graph, f"networkx-{way}.json")
    write_json(graph, f"networkx-{way}-links.json", edges="links")
    nx.write_weighted_edgelist(graph, HERE / f"networkx-{way}.edgelist", delimiter="\t")
    nx.write_edgelist(graph, HERE / f"networkx-{way}-data.edgelist", delimiter="\t")

    own = igraph.Graph.from_networkx(graph, vertex_attr_hashable="name")
    own.write_graphml(str(HERE / f"igraph-{way}.graphml"))
    own.write_gml(str(HERE / f"igraph-{way}.gml"), creator="igraph")
    own.vs["x"] = [place / 8 for place in range(4)]
    own.vs["y"] = [0.25] * 4
    own.write_pajek(str(HERE / f"igraph-{way}.net"))
    plain = igraph.Graph.from_networkx(nx.relabel_nodes(graph, dict(zip(graph, "ABCD"))), vertex_attr_hashable="name")
    plain.write_ncol(str(HERE / f"igraph-{way}.ncol"))

nx.write_graphml_xml(parallel(), HERE / "networkx-parallel.graphml")
nx.write_gexf(parallel(), HERE / "networkx-parallel.gexf")
nx.write_gml(parallel(), HERE / "networkx-parallel.gml")
write_json(parallel(), "networkx-parallel.json")
nx.write_gexf(dated(), HERE / "networkx-dated.gexf")
for path in HERE.glob("*.gexf"):
    steady(path)
