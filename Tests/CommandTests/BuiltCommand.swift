import Foundation
import TestSupport
import Testing

/// The built `splitface` program.
enum BuiltCommand {
  /// Skips a test if the program was not built.
  static var trait: ConditionTrait { .enabled(if: PackageLocation.splitface != nil, "splitface was not built with the tests") }

  /// Runs the program with its own model store and cache, so that no test sees or changes what the user has installed.
  static func run(_ arguments: [String], in folder: TemporaryDirectory, environment: [String: String?] = [:]) throws -> ChildProcess.Result
  {
    let program = try #require(PackageLocation.splitface)
    var variables: [String: String?] = [
      "SPLITFACE_CACHE": folder.file("cache").path, "XDG_DATA_HOME": folder.file("data").path,
      "SPLITFACE_MODELS": folder.file("models").path,
    ]
    variables.merge(environment) { $1 }
    return try ChildProcess.run(program, arguments, environment: variables, directory: folder.url)
  }
}
