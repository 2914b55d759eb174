graph [
  directed 1
  node [
    id 0
    label "&#214;sterreich"
    population 7968000
    gdp 1.5
    member 1
    region "Europe"
  ]
  node [
    id 1
    label "C&#244;te d'Ivoire"
    population 14500000
    gdp 0.25
    member 0
    region "Africa &#38; <more>"
  ]
  node [
    id 2
    label "&#26085;&#26412;"
    population 126000000
    gdp 4.0
    member 1
    region "the &#34;East&#34;"
  ]
  node [
    id 3
    label "Nauru"
    population 10000
    gdp 1.E-07
    member 0
    region ""
  ]
  edge [
    source 0
    target 1
    weight 0.5
    kind "trade"
    since 1990
  ]
  edge [
    source 1
    target 2
    weight 2.0
    kind "aid"
    since 1991
  ]
  edge [
    source 2
    target 0
    weight 3.25
    kind "trade"
    since 1992
  ]
]
