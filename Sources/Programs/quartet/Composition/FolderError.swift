import FoundationEssentials
import Glibc

/// Why a folder cannot be used.
struct FolderError: Error, Equatable, CustomStringConvertible {
    var path: String
    var code: Int32

    var description: String { "cannot use the folder \(path): \(unsafe String(cString: strerror(code)))" }

    /// `EX_NOPERM` or `EX_CANTCREAT`.
    var exitCode: Int32 { code == EACCES || code == EROFS ? 77 : 73 }
}

/// Folders of the program's own.
enum Folder {
    /// Makes a folder and those above it, unless they are there; for the owner alone.
    static func make(_ path: String) throws(FolderError) {
        var status = stat()
        if unsafe stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw FolderError(path: path, code: ENOTDIR) }
            return
        }
        if let parent = parent(of: path) { try make(parent) }
        guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FolderError(path: path, code: errno) }
    }

    /// Removes what is in a folder, but for the named entries.
    static func empty(_ path: String, except kept: Set<String> = []) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: path) where !kept.contains(name) {
            try FileManager.default.removeItem(atPath: "\(path)/\(name)")
        }
    }

    /// The path without the slash that completion puts at its end.
    static func withoutSlash(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// The folder that a file is in; nil for one without a slash.
    static func parent(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return nil }
        return String(path[..<slash])
    }

    /// Where state is kept by default: `$XDG_STATE_HOME/quartet`, else `~/.local/state/quartet`.
    static var state: String {
        if let value = variable("XDG_STATE_HOME"), value.hasPrefix("/") { return value + "/quartet" }
        return (variable("HOME") ?? "/tmp") + "/.local/state/quartet"
    }

    private static func variable(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}
