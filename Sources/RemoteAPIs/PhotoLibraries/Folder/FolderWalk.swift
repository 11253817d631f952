internal import Glibc

/// Lists the pictures below a folder by name, hidden files and links to folders left out.
struct FolderWalk {
    let root: String

    /// Paths below the root, sorted, so that the order is the same on every file system.
    ///
    /// - Throws: `.unavailable` when the root cannot be read: a mount that is gone must not look like an empty library.
    func pictures() throws(PhotoLibraryError) -> [String] {
        var found: [String] = []
        var pending = [""]
        while let folder = pending.popLast() {
            guard let directory = unsafe opendir(root + "/" + folder) else {
                if folder.isEmpty { throw .unavailable(reason: unsafe String(cString: strerror(errno))) }
                continue
            }
            defer { unsafe closedir(directory) }
            while let entry = unsafe readdir(directory) {
                let (name, type) = unsafe Self.read(entry)
                guard !name.hasPrefix(".") else { continue }
                let path = folder.isEmpty ? name : folder + "/" + name
                switch kind(of: path, type: type) {
                case S_IFDIR: pending.append(path)
                case S_IFREG where Self.looksLikePicture(name): found.append(path)
                default: break
                }
            }
        }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The entry's kind; a link counts as the file it leads to, but not as a folder, which could lead in a circle.
    private func kind(of path: String, type: Int32) -> mode_t {
        if type == Int32(DT_DIR) { return S_IFDIR }
        if type == Int32(DT_REG) { return S_IFREG }
        var facts = stat()
        guard unsafe stat(root + "/" + path, &facts) == 0 else { return 0 }
        let kind = facts.st_mode & S_IFMT
        return kind == S_IFDIR && type == Int32(DT_LNK) ? 0 : kind
    }

    private static func read(_ entry: UnsafeMutablePointer<dirent>) -> (name: String, type: Int32) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        return (name, unsafe Int32(entry.pointee.d_type))
    }

    private static func looksLikePicture(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return FolderLibrary.endings.contains(name[name.index(after: dot)...].lowercased())
    }
}
