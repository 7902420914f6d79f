// swift-tools-version: 6.2
// The order of the targets is the order in which the data flows; arrows point one way only.
import PackageDescription

/// Every target is held to the same strictness: a warning of ours is an error.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  // Hot loops cross module borders: judging, decoding, rendering.
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

/// Set by `Tests/fuzz.sh` alone: the libraries are then built to tell libFuzzer which of their branches were taken.
let isFuzzing = Context.environment["PLAZO_FUZZ_BUILD"] != nil

func library(_ name: String, needs: [Target.Dependency] = [], plugins: [Target.PluginUsage] = []) -> Target {
  .target(
    name: name, dependencies: needs,
    swiftSettings: strict + (isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer,address"])] : []), plugins: plugins)
}

func tests(of name: String, needs: [Target.Dependency] = [], besides: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.init(stringLiteral: name), "Seeded"] + needs, exclude: besides,
    swiftSettings: strict)
}

let package = Package(
  name: "plazo",
  products: [.executable(name: "plazo", targets: ["plazo"])],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    library("SQLite", needs: ["CSQLite"]),
    library("Text"),
    library("Children"),
    library("SLA"),
    library("Desk", needs: ["SLA", "SQLite", "Text"]),
    library("Monitor", needs: ["Desk", "SLA", "SQLite", "Text"]),
    library("Alerts", needs: ["Children", "Desk", "Monitor", "SLA", "SQLite", "Text"]),
    library("Reports", needs: ["Desk", "Monitor", "SLA", "SQLite", "Text"], plugins: ["EmbedFiles"]),
    .executableTarget(name: "Embed", swiftSettings: strict),
    .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["Embed"], path: "Sources/EmbedFiles"),
    library("Scheduler", needs: ["SLA", "SQLite"]),
    library(
      "Commands", needs: ["Alerts", "Children", "Desk", "Monitor", "Reports", "SLA", "SQLite", "Scheduler", "Text"],
      plugins: ["EmbedFiles"]),
    .executableTarget(name: "plazo", dependencies: ["Commands"], swiftSettings: strict),
    // Repeatable randomness for the tests.
    .target(name: "Seeded", path: "Tests/Seeded", swiftSettings: strict),
    tests(of: "SQLite"),
    tests(of: "Text"),
    tests(of: "Children"),
    tests(of: "SLA"),
    tests(of: "Desk", needs: ["SLA", "SQLite", "Text"]),
    tests(of: "Monitor", needs: ["Desk", "SLA", "SQLite", "Text"]),
    tests(of: "Alerts", needs: ["Desk", "Monitor", "SLA", "SQLite", "Text"], besides: ["Golden"]),
    tests(of: "Reports", needs: ["Alerts", "Desk", "Monitor", "SLA", "SQLite", "Text"], besides: ["Golden"]),
    tests(of: "Scheduler", needs: ["SLA", "SQLite"]),
    tests(of: "Commands", needs: ["SLA", "SQLite", "Scheduler", "Text"]),
  ]
)

if isFuzzing {
  package.targets.append(
    .executableTarget(
      name: "Fuzz", dependencies: ["Desk", "Reports", "SLA", "Scheduler", "Text"], path: "Tests/Fuzz",
      exclude: ["corpus"], swiftSettings: strict + [.unsafeFlags(["-parse-as-library", "-sanitize=fuzzer,address"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]))
}
