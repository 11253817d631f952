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

@Suite struct RandomRequestTests {
    @Test(arguments: [
        ("", 1, 1), ("5", 5, 5), ("x5", 5, 5), ("1", 1, 1), ("10", 10, 10), ("11", 11, 10), ("5 portrait", 5, 5),
        ("portrait 5", 5, 5), ("99999999999999999999", Int.max, 10),
    ])
    func `a number says how many, wherever it stands`(words: String, count: Int, granted: Int) throws {
        let request = try RandomRequest(parsing: words)
        #expect(request.count == count && request.granted == granted)
        #expect(request.filter.orientation == (words.contains("portrait") ? .portrait : nil))
    }

    @Test(arguments: ["0", "-1", "00"])
    func `no photos are no request`(words: String) {
        #expect(throws: RandomRequest.Fault.noPhotos) { try RandomRequest(parsing: words) }
    }

    @Test(arguments: [("5 purple", "purple"), ("5 6", "6"), ("purple", "purple")])
    func `a word that says nothing about photos is named`(words: String, word: String) {
        #expect(throws: RandomRequest.Fault.filter(.unknownWord(word))) { try RandomRequest(parsing: words) }
    }
}
