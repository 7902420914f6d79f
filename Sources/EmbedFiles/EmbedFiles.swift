import Foundation
import PackagePlugin

/// Compiles the files of a folder into a target, so that the binary needs none beside it: the shipped report definitions
/// into `Reports`, the sample desk into `Commands`.
@main struct EmbedFiles: BuildToolPlugin {
  private static let folders = ["Reports": "reports", "Commands": "samples/demo"]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let name = Self.folders[target.name] else { return [] }
    let folder = context.package.directoryURL.appending(path: name)
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { ["csv", "eml", "ics", "json5", "sql", "txt"].contains($0.pathExtension) }
      .sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "ShippedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(name)/", executable: try context.tool(named: "Embed").url,
        arguments: [output.path] + files.map(\.path), inputFiles: files, outputFiles: [output])
    ]
  }
}
