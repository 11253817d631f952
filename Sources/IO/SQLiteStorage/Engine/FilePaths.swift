/// Names of files, taken apart as POSIX does.
enum FilePaths {
    /// The directory that holds a file; `.` for a bare name.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
