import BotKit
import Images
import JSON
import PhotoLibraries
import SQLiteStorage
import ServiceSimulators
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

@Suite struct SendingLadderTests {
    private static let mebi = 1024 * 1024

    private static func photo(
        _ format: ImageFormat?, _ width: Int?, _ height: Int?, _ size: Int?, moving: Bool = false
    ) -> Photo {
        Photo(
            id: "1", fileName: "a", format: format, width: width, height: height, size: size, isMoving: moving,
            fingerprint: "x")
    }

    private static func clip(_ container: String, _ codec: String?, _ size: Int?) -> Photo {
        Photo(
            id: "1", fileName: "a.\(container)", width: 1920, height: 1080, size: size, isMoving: true,
            clip: .init(duration: 4, container: container, videoCodec: codec), fingerprint: "x")
    }

    @Test(
        arguments: [
            ("a common JPEG", photo(.jpeg, 4000, 3000, 3 * mebi), [.photo(.original), .photo(.rendition), .document]),
            (
                "exactly the limits", photo(.png, 5000, 5000, 10 * mebi),
                [.photo(.original), .photo(.rendition), .document]
            ),
            ("one byte too many", photo(.jpeg, 4000, 3000, 10 * mebi + 1), [.photo(.rendition), .document]),
            ("one pixel too many", photo(.png, 5001, 5000, 90_000), [.photo(.rendition), .document]),
            ("ratio 20", photo(.jpeg, 4000, 200, 90_000), [.photo(.original), .photo(.rendition), .document]),
            ("a panorama", photo(.jpeg, 4001, 200, 90_000), [.document]),
            ("a tall strip", photo(.jpeg, 100, 2001, 90_000), [.document]),
            ("WebP", photo(.webp, 800, 600, 90_000), [.photo(.rendition), .document]),
            ("HEIC", photo(.heic, 4032, 3024, 2 * mebi), [.photo(.rendition), .document]),
            ("too large for a document", photo(.png, 9000, 7000, 60_000_000), [.photo(.rendition)]),
            ("nothing known", photo(nil, nil, nil, nil), [.photo(.rendition), .document]),
            (
                "a JPEG of unknown size", photo(.jpeg, nil, nil, nil),
                [.photo(.original), .photo(.rendition), .document]
            ),
            ("a moving GIF", photo(.gif, 320, 200, 90_000, moving: true), [.animation, .document, .photo(.rendition)]),
            ("a clip", photo(nil, 1920, 1080, 9_000_000, moving: true), [.document, .photo(.rendition)]),
            ("an MP4 with H.264", clip("mp4", "h264", 9_000_000), [.video, .document, .photo(.rendition)]),
            ("an MP4 of which nothing more is known", clip("mp4", nil, nil), [.video, .document, .photo(.rendition)]),
            ("an MP4 with HEVC", clip("mp4", "hevc", 9_000_000), [.document, .photo(.rendition)]),
            ("a WebM", clip("webm", "vp9", 9_000_000), [.document, .photo(.rendition)]),
            ("an MP4 of 51 MB", clip("mp4", "h264", 51_000_000), [.photo(.rendition)]),
            (
                "a WebP that moves", photo(.webp, 320, 200, 90_000, moving: true),
                [.photo(.rendition), .document]
            ),
            ("a huge clip", photo(nil, 1920, 1080, 90_000_000, moving: true), [.photo(.rendition)]),
        ] as [(String, Photo, [SendingLadder.Rung])])
    func `what is known of a picture decides the ways to send it`(
        name: String, photo: Photo, rungs: [SendingLadder.Rung]
    ) {
        #expect(SendingLadder(for: photo).rungs == rungs, "\(name)")
    }
}
