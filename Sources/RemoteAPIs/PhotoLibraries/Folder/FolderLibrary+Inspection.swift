internal import Glibc

extension FolderLibrary: InspectableLibrary {
    package func inspect(_ expectations: LibraryExpectations) async -> [LibraryFinding] {
        do throws(PhotoLibraryError) {
            let (pictures, unreadable) = try await onThread { root throws(PhotoLibraryError) in
                let walk = FolderWalk(root: root)
                let found = try walk.entries()
                return (found.pictures.count, found.unreadable)
            }
            var findings: [LibraryFinding] = [.good("path", root)]
            if let first = unreadable.first {
                findings.append(
                    .bad(
                        "rights", "\(unreadable.count) below it cannot be read, such as \(first)",
                        "let the user that runs this program read them"))
            }
            findings.append(
                pictures > 0
                    ? .good("photos", "\(pictures)")
                    : .bad(
                        "photos", "none", "put pictures into it, or set \(expectations.addressName) to another folder"))
            return findings
        } catch {
            return [.bad("path", "\(root): \(reason(of: error))", advice(expectations))]
        }
    }

    private func reason(of error: PhotoLibraryError) -> String {
        if case .unavailable(let reason) = error { reason } else { "\(error)" }
    }

    private func advice(_ expectations: LibraryExpectations) -> String {
        var facts = stat()
        if unsafe stat(root, &facts) != 0 {
            return errno == EACCES
                ? "let the user that runs this program into it and the folders above it"
                : "correct \(expectations.addressName), or mount the disk that has it"
        }
        return facts.st_mode & S_IFMT == S_IFDIR
            ? "let the user that runs this program read it" : "\(expectations.addressName) must name a folder"
    }
}
