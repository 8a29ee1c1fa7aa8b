import Foundation
import Logging
import ModelConversion
import OutputFiles

extension ModelStore {
  /// Returns the ONNX file of a network: the user's own file if one is set, or else the one made from the installed file.
  ///
  /// A network is converted once, which takes seconds, and is kept in the cache under its source's checksum and the converter's version. It
  /// appears there only when it is complete, so several processes may convert it at the same time. In the cache, large networks have their
  /// weights in a separate file, which halves the memory they take. A large file of the user's own is copied to the cache in this form, if
  /// possible.
  ///
  /// - Parameter actionUnitsOnly: whether to keep only the Action Unit branch of the multitask network.
  /// - Throws: `notInstalled`, `changed`, `notONNX`, `unreadable`, `unwritable`, `conversion`.
  public func onnx(for network: NetworkName, actionUnitsOnly: Bool = false) throws(ModelStoreError) -> ONNXModelFile {
    if let own = overrides[network] {
      return try ownFile(own, for: network, outputs: actionUnitsOnly && network == .multitask ? ["au"] : nil)
    }
    guard let (package, file, location) = source(of: network) else { throw notInstalled(network) }
    let sha256 = try DigestRecord(cache: cacheDirectory).sha256(of: location)
    guard sha256 == file.sha256 else {
      throw ModelStoreError(
        .changed, "\(location.path) is no longer the published file (SHA-256 \(sha256))", path: location.path, packages: [package.name],
        network: network)
    }
    let conversion = NetworkConversion(network, fileName: file.name, actionUnitsOnly: actionUnitsOnly)
    var path = location.path
    if let identifier = conversion.identifier {
      let cached = CachedNetwork(network, madeFrom: sha256, by: identifier, in: cacheDirectory)
      path = cached.model.path
      if !cached.exists { try convert(location, to: cached, conversion, metadata(file, package)) }
    }
    return ONNXModelFile(
      network: network, path: path, origin: .package(package.name), source: location, sourceSHA256: sha256,
      licence: package.licence, converter: conversion.identifier)
  }

  /// Returns the backbone and the head of a converted network as two ONNX files. If needed, they are created beside the network's file in
  /// the cache, whose weights they share.
  ///
  /// - Returns: the files' paths; nil if the network is not in the cache, contains its weights, or cannot be divided.
  package func divided(_ file: ONNXModelFile, outputs: Set<String>) -> (backbone: String, head: String)? {
    let model = URL(filePath: file.path)
    guard let cached = CachedNetwork(model: model, in: cacheDirectory) else { return nil }
    let backbone = cached.folder.appending(path: "\(file.network.rawValue)-backbone.onnx")
    let head = cached.folder.appending(path: "\(file.network.rawValue)-head.onnx")
    do {
      // The head is written last, so if it exists, both do.
      if FileBytes.size(head) == nil {
        guard let parts = try DividedModel(FileBytes.read(model), outputs: outputs) else { return nil }
        try PartialFile.write(parts.backbone, to: backbone.path)
        try PartialFile.write(parts.head, to: head.path)
      }
      return (backbone.path, head.path)
    } catch {
      log.debug("a network is run undivided", metadata: ["file": "\(file.path)", "reason": "\(error)"])
      return nil
    }
  }

  /// Converts the networks of a package's installed files.
  func convert(_ package: ModelPackage, progress: (InstallProgress) -> Void) throws(ModelStoreError) {
    for file in package.files where location(of: file, in: package) != nil {
      for network in file.networks where overrides[network] == nil {
        // A package that comes earlier in the catalogue may provide this network; the file of this package is then not needed.
        guard let source = source(of: network), source.package == package else { continue }
        progress(.converting(network))
        // Jobs need the network in this form, unless extra columns are requested.
        _ = try onnx(for: network, actionUnitsOnly: network == .multitask)
      }
    }
  }

  private func ownFile(_ url: URL, for network: NetworkName, outputs: Set<String>?) throws(ModelStoreError) -> ONNXModelFile {
    if ["pth", "pt", "pkl", "tflite", "task"].contains(url.pathExtension.lowercased()) {
      throw ModelStoreError(
        .notONNX, "\(url.path), which replaces the \(network.rawValue) network, is not an ONNX file", path: url.path, network: network)
    }
    let sha256 = try DigestRecord(cache: cacheDirectory).sha256(of: url)
    let path = cached(url, for: network, sha256: sha256, outputs: outputs)?.path ?? url.path
    return ONNXModelFile(
      network: network, path: path, origin: .user, source: url, sourceSHA256: sha256, licence: nil, converter: nil)
  }

  /// Copies the user's network to the cache, with its weights in a separate file. If the network has the named outputs, only the part that
  /// they need is copied.
  ///
  /// Returns nil if the copy gains nothing or is impossible. An error in the file is left to ONNX Runtime, which reports it better when it
  /// loads the file.
  private func cached(_ url: URL, for network: NetworkName, sha256: String, outputs: Set<String>?) -> URL? {
    guard FileBytes.size(url.resolvingSymlinksInPath()) ?? 0 >= SeparatedWeights.smallestTotal else { return nil }
    let cached = CachedNetwork(network, madeFrom: sha256, by: outputs == nil ? "user" : "user-part", in: cacheDirectory)
    if cached.exists { return cached.model }
    do {
      var bytes = try FileBytes.read(url)
      if let outputs, let part = try PrunedModel.keeping(outputs, of: bytes) { bytes = part }
      guard let weights = try SeparatedWeights(bytes, location: cached.data.lastPathComponent) else { return nil }
      try cached.write(weights, of: bytes)
      return cached.model
    } catch {
      log.debug("a network is loaded from the user's file", metadata: ["file": "\(url.path)", "reason": "\(error)"])
      return nil
    }
  }

  private func convert(
    _ source: URL, to cached: CachedNetwork, _ conversion: NetworkConversion, _ metadata: [String: String]
  ) throws(ModelStoreError) {
    log.debug("converting", metadata: ["source": "\(source.path)", "to": "\(cached.model.path)"])
    let bytes = try FileBytes.read(source)
    let model: [UInt8]
    let weights: SeparatedWeights?
    do {
      model = try conversion.convert(bytes, metadata: metadata)
      weights = try SeparatedWeights(model, location: cached.data.lastPathComponent)
    } catch {
      throw ModelStoreError(.conversion, "cannot convert \(source.path): \(error)", path: source.path)
    }
    if let weights { try cached.write(weights, of: model) } else { try cached.write(model) }
  }

  private func metadata(_ file: ModelFile, _ package: ModelPackage) -> [String: String] {
    ["source": file.name, "source.sha256": file.sha256, "source.package": package.name, "source.licence": package.licence.name]
  }

  private func notInstalled(_ network: NetworkName) -> ModelStoreError {
    let names = packages.filter { $0.files.contains { $0.networks.contains(network) } }.map(\.name)
    return ModelStoreError(
      .notInstalled, "the \(network.rawValue) network is not installed; it is in the package \(names.joined(separator: " or "))",
      packages: names, network: network)
  }
}
