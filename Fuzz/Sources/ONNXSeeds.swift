import Foundation
import ModelConversion

/// Writes a small model of each kind that can be pruned, divided or separated, with outputs `y` and `z`.
func writeONNXSeeds(to folder: String) throws {
  var branches = ONNXGraph(name: "branches")
  let x = branches.input("x", shape: [.batch, 2])
  branches.add("Relu", [x], output: "common")
  branches.add("Add", ["common", branches.constant([1, 2], shape: [2])], output: "y")
  branches.add("Mul", ["common", branches.constant([3, 5], shape: [2])], output: "z")
  for name in ["y", "z"] { branches.output(name, shape: [.batch, 2]) }

  var pooled = ONNXGraph(name: "pooled")
  let image = pooled.input("x", shape: [.batch, 2, 3, 3])
  pooled.add("Relu", [image], output: "deep")
  pooled.add("GlobalAveragePool", ["deep"], output: "pool")
  pooled.add("Flatten", ["pool"], output: "features")
  pooled.add("Gemm", ["features", pooled.constant([1, 2, 3, 4], shape: [2, 2]), pooled.constant([1, 2], shape: [2])], output: "y")
  pooled.output("y", shape: [.batch, 2])

  var grids = ONNXGraph(name: "grids")
  let map = grids.input("x", shape: [1, 2, 4])
  grids.add("Relu", [map], output: "fine")
  grids.add("Neg", ["fine"], output: "coarse")
  for name in ["y", "z"] {
    grids.add("Concat", ["fine", "coarse"], ["axis": .int(1)], output: name)
    grids.output(name, shape: [1, 4, 4])
  }
  for (name, graph) in [("branches", branches), ("pooled", pooled), ("grids", grids)] {
    try Data(graph.serialized(producerVersion: "1", metadata: ["source": "a seed"])).write(to: URL(filePath: folder).appending(path: name))
  }
}
