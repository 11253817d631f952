internal import FoundationEssentials

/// The files of one page below `Web/`.
///
/// A built program carries them in itself. While a page is being worked on they are read from the folder instead, at
/// every request, so that a reload shows the change.
public struct WebAssets: Sendable {
    /// Where the files come from.
    public enum Source: Sendable, Equatable {
        /// The copy inside the program.
        case embedded
        /// A working copy's `Web` folder.
        case folder(String)
    }

    private let page: String
    private let source: Source
    private let embedded: [String: WebAsset]

    /// The files of a page, which is a folder below `Web/`, such as `chat`.
    public init(page: String, from source: Source = .embedded) {
        self.page = page
        self.source = source
        embedded = source == .embedded ? Self.embeddedAssets(of: page) : [:]
    }

    /// The names of all files, sorted; only of the embedded copy.
    public var names: [String] { embedded.keys.sorted() }

    /// The file with this name, or nil where there is none.
    ///
    /// A name with a part that begins with a dot is never found, so no request leaves the folder.
    public func asset(named name: String) -> WebAsset? {
        switch source {
        case .embedded: embedded[name]
        case .folder(let root): Self.read(name, in: "\(root)/\(page)")
        }
    }

    private static func embeddedAssets(of page: String) -> [String: WebAsset] {
        let prefix = page + "/"
        var assets: [String: WebAsset] = [:]
        for (path, file) in embeddedFiles where path.hasPrefix(prefix) {
            let name = String(path.dropFirst(prefix.count))
            assets[name] = WebAsset(name: name, bytes: file.bytes)
        }
        return assets
    }

    private static func read(_ name: String, in folder: String) -> WebAsset? {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.contains("\0") }) else { return nil }
        // A file that cannot be read is one that is not there, for whoever asked.
        guard let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(name)")) else { return nil }
        return WebAsset(name: name, bytes: [UInt8](data))
    }
}
