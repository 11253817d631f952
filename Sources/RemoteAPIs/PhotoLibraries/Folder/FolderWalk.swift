internal import Glibc

/// Lists the pictures below a folder by name, hidden files and links to folders left out.
struct FolderWalk {
    let root: String

    /// What a walk came upon.
    struct Entries {
        /// Paths of pictures below the root, sorted, so that the order is the same on every file system.
        var pictures: [String] = []
        /// Folders that may not be read, and names that are no UTF-8 and so cannot be told to anybody.
        var unreadable: [String] = []
    }

    /// Folders that storage boxes and systems keep for themselves: previews of theirs, and what was thrown away.
    private static let passedOver: Set<String> = [
        "@eaDir", "@Recycle", "@Recently-Snapshot", "#recycle", "#snapshot", "$RECYCLE.BIN",
        "System Volume Information",
        "lost+found", "__MACOSX",
    ]

    /// Paths of pictures below the root.
    func pictures() throws(PhotoLibraryError) -> [String] { try entries().pictures }

    /// - Throws: `.unavailable` when the root cannot be read, or a listing breaks off: a mount that is gone must not look
    ///   like an empty library, nor like a smaller one.
    func entries() throws(PhotoLibraryError) -> Entries {
        var found = Entries()
        var pending = [""]
        while let folder = pending.popLast() {
            guard let directory = unsafe opendir(root + "/" + folder) else {
                let code = errno
                // A sub-folder may have gone since it was listed, or be somebody else's; the root must be there.
                guard !folder.isEmpty, [ENOENT, ENOTDIR, EACCES, EPERM, ELOOP].contains(code) else {
                    throw .unavailable(reason: Self.text(of: code))
                }
                if code != ENOENT { found.unreadable.append(folder) }
                continue
            }
            defer { unsafe closedir(directory) }
            while true {
                errno = 0
                guard let entry = unsafe readdir(directory) else {
                    if errno != 0 { throw .unavailable(reason: Self.text(of: errno)) }
                    break
                }
                let (name, type) = unsafe Self.read(entry)
                guard let name else {
                    found.unreadable.append(folder.isEmpty ? "a name that is no UTF-8" : folder + "/…")
                    continue
                }
                guard !name.hasPrefix("."), !Self.passedOver.contains(name) else { continue }
                let path = folder.isEmpty ? name : folder + "/" + name
                switch kind(of: path, type: type) {
                case S_IFDIR: pending.append(path)
                case S_IFREG where Self.looksLikePicture(name): found.pictures.append(path)
                default: break
                }
            }
        }
        found.pictures.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return found
    }

    static func text(of code: Int32) -> String { unsafe String(cString: strerror(code)) }

    /// The entry's kind; a link counts as the file it leads to, but not as a folder, which could lead in a circle.
    private func kind(of path: String, type: Int32) -> mode_t {
        if type == Int32(DT_DIR) { return S_IFDIR }
        if type == Int32(DT_REG) { return S_IFREG }
        var facts = stat()
        guard unsafe stat(root + "/" + path, &facts) == 0 else { return 0 }
        let kind = facts.st_mode & S_IFMT
        return kind == S_IFDIR && type == Int32(DT_LNK) ? 0 : kind
    }

    /// The name, nil when it is no UTF-8: an identifier made of it would not lead back to the file.
    private static func read(_ entry: UnsafeMutablePointer<dirent>) -> (name: String?, type: Int32) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(validatingCString: $0) }
        }
        return (name, unsafe Int32(entry.pointee.d_type))
    }

    private static func looksLikePicture(_ name: String) -> Bool {
        FolderLibrary.endings.contains(FolderLibrary.ending(of: name))
    }
}
