internal import Glibc
internal import Synchronization

/// On which disk a folder's pictures lay when they were last seen.
///
/// Where a disk is taken away, the folder it was mounted on stays behind, empty. An empty folder on another disk than
/// before is therefore no library that lost its pictures.
final class FolderMemory: Sendable {
    private let device = Mutex<dev_t?>(nil)

    /// - Throws: `.unavailable` when there are no pictures where another disk had some.
    func note(_ count: Int, in root: String) throws(PhotoLibraryError) {
        var facts = stat()
        guard unsafe stat(root, &facts) == 0 else { throw .unavailable(reason: FolderWalk.text(of: errno)) }
        let current = facts.st_dev
        let isElsewhere = device.withLock { device in
            if count > 0 {
                device = current
                return false
            }
            return device.map { $0 != current } ?? false
        }
        if isElsewhere {
            throw .unavailable(reason: "it is empty, and on another disk than the pictures were; is that one mounted?")
        }
    }

    /// Checks that the folder is where it was, when a picture in it is not.
    ///
    /// - Throws: `.unavailable` when the folder is gone or lies on another disk than the pictures did.
    func requireDisk(of root: String) throws(PhotoLibraryError) {
        try note(0, in: root)
    }
}
