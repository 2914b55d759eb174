"""Lets normwave write one network in every format, and reads it with networkx and igraph.

    python3 check.py NORMWAVE FOLDER

NORMWAVE is the command, FOLDER an empty folder to write into. Names are not ASCII; nodes have attributes of
four types, ties strengths, attributes and dates, as far as each format can say them.
"""

import html
import json
import math
import subprocess
import sys
import warnings
from pathlib import Path

import igraph
import networkx as nx

NODES = {
    "Österreich": {"population": 7_968_000, "gdp": 1.5, "member": True, "region": "Europe"},
    "Côte_d'Ivoire": {"population": 14_500_000, "gdp": 0.25, "member": False, "region": "Africa & <more>"},
    "日本": {"population": 126_000_000, "gdp": 4.0, "member": True, "region": 'the "East"'},
    "Nauru": {"population": 10_000, "gdp": 1e-7, "member": False, "region": "Pacific"},
}
TIES = {
    ("Österreich", "Côte_d'Ivoire"): {"weight": 0.5, "kind": "trade", "since": 1990},
    ("Côte_d'Ivoire", "日本"): {"weight": 2.0, "kind": "aid & more", "since": 1991},
    ("日本", "Österreich"): {"weight": 3.25, "kind": "Zölle", "since": 1992},
}
POSITIONS = {name: {"x": place / 8, "y": 0.25} for place, name in enumerate(NODES)}
n_checked = 0
# GML is 7-bit text. igraph leaves its entities as they are, and `with_igraph` reads them.
warnings.filterwarnings("ignore", "One or more unknown entities")


def fail(message):
    sys.exit(f"check.py: {message}")


def same(name, what, found, expected):
    """Compares two dictionaries of attributes, numbers by value."""
    global n_checked
    n_checked += 1
    if found.keys() != expected.keys():
        fail(f"{name}: {what} has {sorted(found)}, not {sorted(expected)}")
    for key, value in expected.items():
        own = found[key]
        numbers = isinstance(value, (int, float)) and isinstance(own, (int, float))
        if not (math.isclose(own, value) if numbers else own == value):
            fail(f"{name}: `{key}` of {what} is {own!r}, not {value!r}")


def of(attributes, keys):
    return {key: value for key, value in attributes.items() if key in keys}


def compare(name, directed, is_directed, nodes, ties, node_keys, tie_keys, expected=NODES):
    """nodes: id -> attributes; ties: (from, to, attributes)."""
    if directed != is_directed:
        fail(f"{name}: directed is {is_directed}")
    if set(nodes) != set(expected):
        fail(f"{name}: nodes are {sorted(nodes)}")
    for node, attributes in nodes.items():
        same(name, node, of(attributes, NODES["日本"].keys() | {"x", "y"}), of(expected[node], node_keys))
    wanted = {pair if directed else frozenset(pair): own for pair, own in TIES.items()}
    if len(ties) != len(wanted):
        fail(f"{name}: there are {len(ties)} ties")
    for source, target, attributes in ties:
        pair = (source, target) if directed else frozenset((source, target))
        if pair not in wanted:
            fail(f"{name}: there is a tie {source} -> {target}")
        same(name, f"{source} -> {target}", of(attributes, {"weight", "kind", "since"}), of(wanted[pair], tie_keys))


def with_networkx(name, graph, directed, node_keys=NODES["日本"].keys(), tie_keys=("weight", "kind", "since"), **words):
    nodes, ties = dict(graph.nodes(data=True)), list(graph.edges(data=True))
    compare(f"networkx, {name}", directed, graph.is_directed(), nodes, ties, node_keys, tie_keys, **words)


def with_igraph(name, graph, directed, ids, node_keys=NODES["日本"].keys(), tie_keys=("weight", "kind", "since"), **words):
    text = lambda value: html.unescape(value) if isinstance(value, str) else value
    plain = lambda attributes: {key: text(value) for key, value in attributes.items()}
    names = [text(name) for name in graph.vs[ids]]
    nodes = {own: plain(vertex.attributes()) for own, vertex in zip(names, graph.vs)}
    ties = [(names[edge.source], names[edge.target], plain(edge.attributes())) for edge in graph.es]
    compare(f"igraph, {name}", directed, graph.is_directed(), nodes, ties, node_keys, tie_keys, **words)


def both_ways(graph):
    """The undirected graph of a directed one that has each tie both ways."""
    if any(not graph.has_edge(target, source) for source, target in graph.edges):
        fail("a tie that goes both ways has one row")
    return graph.to_undirected()


def main(command, folder):
    def convert(source, target, *flags):
        subprocess.run([command, "network", "convert", source, target, *flags], cwd=folder, check=True, capture_output=True)
        return str(folder / target)

    def node_link(name, nodes, directed, more=None):
        edges = [{"source": source, "target": target, **own, **(more or {})} for (source, target), own in TIES.items()]
        listed = [{"id": node, **own} for node, own in nodes.items()]
        data = {"directed": directed, "multigraph": False, "graph": {}, "nodes": listed, "edges": edges}
        (folder / name).write_text(json.dumps(data), encoding="utf-8")

    for directed in (True, False):
        way = "directed" if directed else "undirected"
        source = f"{way}.in.json"
        node_link(source, NODES, directed)

        path = convert(source, f"{way}.graphml")
        with_networkx("GraphML", nx.read_graphml(path), directed)
        with_igraph("GraphML", igraph.Graph.Read_GraphML(path), directed, "id")
        with_networkx("GEXF", nx.read_gexf(convert(source, f"{way}.gexf")), directed)
        path = convert(source, f"{way}.gml")
        with_networkx("GML", nx.read_gml(path), directed)
        with_igraph("GML", igraph.Graph.Read_GML(path), directed, "label")
        data = json.loads(Path(convert(source, f"{way}.json")).read_text(encoding="utf-8"))
        with_networkx("node-link", nx.node_link_graph(data), directed)

        weights = {"node_keys": (), "tie_keys": ("weight",)}
        place = {"node_keys": ("x", "y"), "tie_keys": ("weight",), "expected": POSITIONS}
        node_link(f"{way}.placed.json", POSITIONS, directed)
        path = convert(f"{way}.placed.json", f"{way}.net")
        pajek = nx.read_pajek(path)
        simple = nx.DiGraph(pajek) if directed else nx.Graph(pajek)
        # networkx takes coordinates only where a shape follows them.
        with_networkx("Pajek", simple, directed, (), ("weight",), expected={name: {} for name in NODES})
        with_igraph("Pajek", igraph.Graph.Read_Pajek(path), directed, "name", **place)

        path = convert(source, f"{way}.edgelist")
        make = nx.DiGraph if directed else nx.Graph
        graph = nx.read_weighted_edgelist(path, create_using=make, delimiter="\t")
        tied = {name: own for name, own in NODES.items() if name != "Nauru"}
        with_networkx("edge list", graph, directed, **weights, expected=tied)

        graph = igraph.Graph.Read_DL(convert(source, f"{way}.dl"), directed=True)
        graph = graph if directed else graph.as_undirected(mode="mutual", combine_edges="first")
        with_igraph("DL", graph, directed, "name", **weights)

        rows = [row.split(",") for row in Path(convert(source, f"{way}.matrix.csv")).read_text(encoding="utf-8").splitlines()]
        matrix = [[float(cell) for cell in row[1:]] for row in rows[1:]]
        graph = igraph.Graph.Weighted_Adjacency(matrix, mode="directed" if directed else "undirected")
        graph.vs["name"] = rows[0][1:]
        with_igraph("matrix", graph, directed, "name", **weights)

        rows = [row.split(",") for row in Path(convert(source, f"{way}.csv")).read_text(encoding="utf-8").splitlines()]
        graph = nx.DiGraph()
        for row in rows[1:]:
            own = dict(zip(rows[0], row))
            data = {"weight": float(own["strength"]), "kind": own["kind"], "since": int(own["since"])}
            graph.add_edge(own["from"], own["to"], **data)
        with_networkx("table", graph if directed else both_ways(graph), directed, (), expected=tied)

    node_link("dated.in.json", NODES, True, {"start": "1990-01-01", "end": "1996-01-01"})
    graph = nx.read_gexf(convert("dated.in.json", "dated.gexf"))
    for _, _, data in graph.edges(data=True):
        same("networkx, dated GEXF", "a tie", of(data, ("start", "end")), {"start": "1990-01-01", "end": "1995-12-31"})
    print(f"networkx {nx.__version__} and igraph {igraph.__version__} read what normwave wrote: {n_checked} nodes and ties compared")


main(sys.argv[1], Path(sys.argv[2]))
