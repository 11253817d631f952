/// A library in which pictures can be rated; used only where its owner has switched that on.
package protocol RatingLibrary: PhotoLibrary {
    /// What somebody has noted about a picture, as it stands now; nil when it is gone.
    func marks(of id: String) async throws(PhotoLibraryError) -> PhotoMarks?

    /// Changes one thing about a picture and nothing else; saying the same again is no fault.
    ///
    /// - Throws: `.notFound` when the picture is gone, `.unauthorized` and `.refused` where the rights are missing.
    func set(_ mark: PhotoMark, of id: String) async throws(PhotoLibraryError)
}

/// What a library lets people note about a picture.
package struct PhotoMarks: Sendable, Equatable {
    /// 1 to 100; nil where nobody rated it.
    package var rating: Int?
    /// Whether somebody called it finished; nil where the library knows no such thing.
    package var isOrganized: Bool?

    package init(rating: Int?, isOrganized: Bool? = nil) {
        self.rating = rating
        self.isOrganized = isOrganized
    }
}

/// One thing that is noted about a picture.
package enum PhotoMark: Sendable, Equatable {
    /// 1 to 100; nil for none.
    case rating(Int?)
    case organized(Bool)
}
