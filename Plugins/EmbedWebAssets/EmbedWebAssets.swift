import Foundation
import PackagePlugin

/// Turns the files below `Web/` into Swift literals, so that a built program needs no folder beside it.
@main
struct EmbedWebAssets: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "Web", directoryHint: .isDirectory)
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding web pages",
                executable: try context.tool(named: "embed-web-assets").url,
                arguments: [folder.path(percentEncoded: false), output.path(percentEncoded: false)],
                inputFiles: try inputs(below: folder),
                outputFiles: [output])
        ]
    }

    /// Files and folders: a folder's change of date is what tells of a file that came or went.
    private func inputs(below folder: URL) throws -> [URL] {
        guard
            let walk = FileManager.default.enumerator(
                at: folder, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
        else { throw CocoaError(.fileReadNoSuchFile) }
        return [folder] + walk.compactMap { $0 as? URL }.sorted { $0.path() < $1.path() }
    }
}
