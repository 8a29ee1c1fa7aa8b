import ArgumentParser

enum ProgressStyle: String, CaseIterable, ExpressibleByArgument {
  case auto, bar, json, none
}
