/// A version of Immich, as `GET /api/server/version` tells it.
package struct ImmichVersion: Sendable, Comparable, CustomStringConvertible {
    package var major: Int
    package var minor: Int
    package var patch: Int

    package init(_ major: Int, _ minor: Int, _ patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// The oldest that can be used: the first with a stable API.
    ///
    /// Versions before it leave out of a search, without a word, what they do not know: `visibility` (1.133), and with
    /// it the wish not to see archived and locked pictures; `albumIds`, and every picture seems to be in every album.
    package static let oldest = ImmichVersion(2, 0, 0)

    package var description: String { "v\(major).\(minor).\(patch)" }

    package static func < (left: ImmichVersion, right: ImmichVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}
