internal import PhotoLibraries

/// Why there is no photo.
enum PhotoFailure: Error, Sendable, Equatable {
    /// The library holds nothing, or nothing that is not excluded.
    case emptyLibrary
    /// The library has photos, yet none that passes the filter.
    case nothingMatches
    case library(PhotoLibraryError)
    /// Telegram refused it in every form.
    case unsendable
}
