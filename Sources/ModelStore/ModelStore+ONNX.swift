import Foundation
import Logging
import ModelConversion

extension ModelStore {
  /// The ONNX file of a network: the user's own if one is named, else what is made of the installed file.
  ///
  /// A conversion takes a second or a few, happens once, and is kept in the cache under the source's checksum and the converter's
  /// version. The file appears there whole; two programs that convert at the same time do not disturb each other.
  ///
  /// - Parameter actionUnitsOnly: of the multitask network, only the branch for Action Units. A user's own file is taken as it is.
  /// - Throws: `notInstalled`, `changed`, `unreadable`, `unwritable`, `conversion`.
  public func onnx(for network: NetworkName, actionUnitsOnly: Bool = false) throws(ModelStoreError) -> ONNXModelFile {
    if let own = overrides[network] { return try ownFile(own, for: network) }
    guard let (package, file, location) = source(of: network) else { throw notInstalled(network) }
    let sha256 = try DigestRecord(cache: cacheDirectory).sha256(of: location)
    guard sha256 == file.sha256 else {
      throw ModelStoreError(
        .changed,
        "\(location.path) is not the published file any more (SHA-256 \(sha256)); delete it and run: \(package.installation)",
        path: location.path)
    }
    let conversion = NetworkConversion(network, fileName: file.name, actionUnitsOnly: actionUnitsOnly)
    var path = location.path
    if let identifier = conversion.identifier {
      let converted = cacheDirectory.appending(path: "onnx/\(network.rawValue)-\(sha256.prefix(16))-\(identifier).onnx")
      path = converted.path
      if (FileBytes.size(converted) ?? 0) == 0 { try convert(location, to: converted, conversion, metadata(file, package)) }
    }
    return ONNXModelFile(
      network: network, path: path, origin: .package(package.name), source: location, sourceSHA256: sha256,
      licence: package.licence, converter: conversion.identifier)
  }

  /// Converts every network of a package whose file is installed.
  func convert(_ package: ModelPackage, progress: (InstallProgress) -> Void) throws(ModelStoreError) {
    for file in package.files where location(of: file, in: package) != nil {
      for network in file.networks where overrides[network] == nil {
        // Another package may come first for this network; then this one's file is not needed yet.
        guard let source = source(of: network), source.package == package else { continue }
        progress(.converting(network))
        _ = try onnx(for: network)
      }
    }
  }

  private func ownFile(_ url: URL, for network: NetworkName) throws(ModelStoreError) -> ONNXModelFile {
    if ["pth", "pt", "pkl", "tflite", "task"].contains(url.pathExtension.lowercased()) {
      throw ModelStoreError(
        .conversion,
        "\(url.path), named as the \(network.rawValue) network, is not an ONNX file; convert it first with: splitface models convert",
        path: url.path)
    }
    let sha256 = try DigestRecord(cache: cacheDirectory).sha256(of: url)
    return ONNXModelFile(
      network: network, path: url.path, origin: .user, source: url, sourceSHA256: sha256, licence: nil, converter: nil)
  }

  private func convert(
    _ source: URL, to converted: URL, _ conversion: NetworkConversion, _ metadata: [String: String]
  ) throws(ModelStoreError) {
    log.debug("converting", metadata: ["source": "\(source.path)", "to": "\(converted.path)"])
    let bytes = try FileBytes.read(source)
    let model: [UInt8]
    do {
      model = try conversion.convert(bytes, metadata: metadata)
    } catch {
      throw ModelStoreError(.conversion, "cannot convert \(source.path): \(error)", path: source.path)
    }
    try FileBytes.write(model, to: converted)
  }

  private func metadata(_ file: ModelFile, _ package: ModelPackage) -> [String: String] {
    ["source": file.name, "source.sha256": file.sha256, "source.package": package.name, "source.licence": package.licence.name]
  }

  private func notInstalled(_ network: NetworkName) -> ModelStoreError {
    let offers = packages.filter { $0.files.contains { $0.networks.contains(network) } }.map(\.installation)
    return ModelStoreError(
      .notInstalled,
      "the \(network.rawValue) network is not installed; get it with: \(offers.joined(separator: "  or with: ")), "
        + "or name a file of your own with --model \(network.rawValue)=FILE.onnx")
  }
}
