internal import Images

/// Makes a picture that Telegram shows as a photo out of one that it would refuse.
enum Rendition {
    /// The longest side of a rendition: Telegram's own largest photo size.
    static let longestSide = 2560

    /// Decodes, scales down and encodes as JPEG, away from the caller's thread as this takes a while.
    ///
    /// One picture at a time, so that memory stays bounded however many people ask.
    ///
    /// - Throws: `.notAPicture` when this build cannot decode it, `.tooLarge` when it has too many pixels to try.
    @concurrent
    static func make(from original: PhotoContent) async throws(PhotoLibraryError) -> PhotoContent {
        do throws(RasterError) {
            let bytes = try await DecodingTurn.shared.whenever { () throws(RasterError) in
                try Raster(decoding: original.bytes).fitted(longestSide: longestSide).jpeg(quality: 88)
            }
            return PhotoContent(
                bytes: bytes, mediaType: "image/jpeg", fileName: PictureBytes.rename(original.fileName, to: "jpg"))
        } catch {
            switch error {
            case .tooManyPixels: throw .tooLarge(size: nil)
            case .unknownFormat, .undecodable, .encodingFailed: throw .notAPicture
            }
        }
    }
}
