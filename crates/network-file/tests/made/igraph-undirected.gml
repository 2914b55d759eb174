Creator "igraph"
Version 1
graph
[
  directed 0
  node
  [
    id 0
    name "Österreich"
    population 7968000
    gdp 1.5
    member 1
    region "Europe"
  ]
  node
  [
    id 1
    name "Côte d'Ivoire"
    population 14500000
    gdp 0.25
    member 0
    region "Africa &amp; <more>"
  ]
  node
  [
    id 2
    name "日本"
    population 126000000
    gdp 4
    member 1
    region "the &quot;East&quot;"
  ]
  node
  [
    id 3
    name "Nauru"
    population 10000
    gdp 1e-07
    member 0
    region ""
  ]
  edge
  [
    source 1
    target 0
    weight 0.5
    since 1990
    kind "trade"
  ]
  edge
  [
    source 2
    target 0
    weight 3.25
    since 1992
    kind "trade"
  ]
  edge
  [
    source 2
    target 1
    weight 2
    since 1991
    kind "aid"
  ]
]
