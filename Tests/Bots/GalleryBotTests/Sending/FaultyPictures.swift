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

/// Files as libraries really hold them, made in the test, through a Stash to a chat.
@Suite(.timeLimit(.minutes(3)), .serialized) struct FaultyPictures {
    private let bot = GalleryScene.botID

    /// What arrives of one file in a library of its own.
    private func arrival(
        _ name: String, _ bytes: [UInt8]
    ) async throws -> (media: String?, text: String, file: [UInt8]?, fileName: String?) {
        try await GalleryScene.play(library: .of([(name, bytes)])) { scene in
            try await scene.alice.say("/random", to: bot)
            let message = try await scene.alice.next(from: bot, within: .seconds(60))
            var file: [UInt8]?
            if let id = message.file { file = try await scene.alice.download(id) }
            return (message.media, message.text, file, message.fileName)
        }
    }

    @Test func `a PNG of 40 megapixels becomes a photo of Telegram's size`() async throws {
        let bytes = try Raster(width: 8000, height: 5000).png()
        let photo = try await arrival("forty.png", bytes)
        #expect(photo.media == "photo")
        let facts = try #require(ImageFacts(reading: photo.file ?? []))
        #expect(facts.width == 1280 && facts.height == 800)
    }

    @Test func `a panorama of 30 to 1 comes as a file, whole`() async throws {
        let bytes = try Raster(width: 6000, height: 200).jpeg()
        let file = try await arrival("ridge.jpg", bytes)
        #expect(file.media == "document" && file.file == bytes && file.fileName == "ridge.jpg")
    }

    @Test func `what is transparent in a WebP becomes white, not black`() async throws {
        let canvas = try Raster(width: 400, height: 300)
        canvas.fill(red: 200, green: 30, blue: 30)
        canvas.erase(x: 0, y: 0, width: 200, height: 300)
        let photo = try await arrival("glass.webp", try canvas.webp(quality: 90))
        #expect(photo.media == "photo")
        let seen = try Raster(decoding: photo.file ?? [])
        #expect(seen.color(x: 50, y: 150) & 0xF0F0F0 == 0xF0F0F0, "\(seen.color(x: 50, y: 150))")
        #expect(seen.color(x: 350, y: 150) >> 16 > 150)
    }

    @Test func `of a moving WebP the first picture is shown`() async throws {
        let first = try Raster(width: 320, height: 200)
        let second = try Raster(width: 320, height: 200)
        first.fill(red: 20, green: 180, blue: 40)
        second.fill(red: 180, green: 20, blue: 40)
        let bytes = Self.animation([try first.webp(), try second.webp()], width: 320, height: 200)
        #expect(ImageFacts(reading: bytes)?.isAnimated == true)
        let photo = try await arrival("moving.webp", bytes)
        #expect(photo.media == "photo")
        let seen = try Raster(decoding: photo.file ?? [])
        #expect(seen.color(x: 100, y: 100) >> 8 & 255 > 120, "the first picture is green")
    }

    @Test func `a JPEG that was cut off is shown as far as it goes`() async throws {
        let bytes = try SamplePicture.library[0].render()
        let photo = try await arrival("cut.jpg", Array(bytes.prefix(bytes.count / 2)))
        #expect(photo.media == "photo")
    }

    @Test(arguments: ["avif", "heic"])
    func `formats of telephones become photos where they can be decoded, files where not`(
        format: String
    ) async throws {
        let canvas = try Raster(width: 640, height: 480)
        canvas.fill(red: 90, green: 120, blue: 200)
        let bytes = format == "avif" ? try canvas.avif() : try canvas.heic()
        #expect(ImageFormat(detecting: bytes)?.rawValue == format)
        let arrived = try await arrival("phone.\(format)", bytes)
        if arrived.media == "photo" {
            let seen = try Raster(decoding: arrived.file ?? [])
            #expect(seen.width == 640 && seen.color(x: 300, y: 200) & 255 > 150)
        } else {
            #expect(arrived.media == "document" && arrived.file == bytes)
        }
    }

    @Test func `a file of no bytes is told, and not sent`() async throws {
        let nothing = try await arrival("empty.jpg", [])
        #expect(nothing.media == nil && nothing.text == GalleryTexts.english.cannotSend)
    }

    @Test func `a web page in place of a picture is told as the library's trouble`() async throws {
        let page = try await arrival("page.jpg", Array("<!DOCTYPE html><html><title>Login</title></html>".utf8))
        #expect(page.media == nil && page.text == GalleryTexts.english.libraryTrouble(.unexpectedAnswer(reason: "")))
    }

    @Test func `a file of more than 50 MB is shown smaller`() async throws {
        let bytes = try SamplePicture.library[0].render() + [UInt8](repeating: 0, count: 51_000_000)
        let photo = try await arrival("heavy.jpg", bytes)
        #expect(photo.media == "photo")
        #expect(try #require(photo.file).count < 10 * 1024 * 1024)
    }

    /// A moving WebP (RFC 9649) around pictures that are already encoded.
    private static func animation(_ frames: [[UInt8]], width: Int, height: Int) -> [UInt8] {
        func number(_ value: Int, _ width: Int) -> [UInt8] {
            (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }
        func chunk(_ kind: String, _ content: [UInt8]) -> [UInt8] {
            Array(kind.utf8) + number(content.count, 4) + content + (content.count % 2 == 1 ? [0] : [])
        }
        let size = number(width - 1, 3) + number(height - 1, 3)
        var body = Array("WEBP".utf8) + chunk("VP8X", [0x02, 0, 0, 0] + size) + chunk("ANIM", [0, 0, 0, 0, 0, 0])
        for frame in frames {
            body += chunk("ANMF", [0, 0, 0, 0, 0, 0] + size + number(100, 3) + [0] + Array(frame.dropFirst(12)))
        }
        return Array("RIFF".utf8) + number(body.count, 4) + body
    }
}
