import ArgumentParser

struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Installs, checks and converts the files of the networks.",
    subcommands: [
      ModelsListCommand.self, ModelsInstallCommand.self, ModelsVerifyCommand.self, ModelsPathCommand.self, ModelsConvertCommand.self,
    ],
    defaultSubcommand: ModelsListCommand.self)
}
