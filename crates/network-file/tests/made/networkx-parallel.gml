graph [
  directed 1
  multigraph 1
  node [
    id 0
    label "A"
  ]
  node [
    id 1
    label "B"
  ]
  edge [
    source 0
    target 1
    key 0
    weight 1.0
    kind "trade"
  ]
  edge [
    source 0
    target 1
    key 1
    weight 2.0
    kind "aid"
  ]
  edge [
    source 1
    target 1
    key 0
    weight 3.0
    kind "self"
  ]
]
