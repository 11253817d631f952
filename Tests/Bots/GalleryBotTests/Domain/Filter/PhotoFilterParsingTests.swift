import BotKit
import Foundation
import PhotoLibraries
import Testing

@testable import GalleryBot

@Suite struct PhotoFilterParsingTests {
    @Test(
        arguments: [
            ("", PhotoFilter.none),
            ("rating>=80", PhotoFilter(minimumRating: 80)),
            ("rating≥80", PhotoFilter(minimumRating: 80)),
            ("rating>79", PhotoFilter(minimumRating: 80)),
            ("rating:80", PhotoFilter(minimumRating: 80)),
            ("Rating: 80", PhotoFilter(minimumRating: 80)),
            ("rating=60+", PhotoFilter(minimumRating: 60)),
            ("рейтинг>=80", PhotoFilter(minimumRating: 80)),
            ("★4", PhotoFilter(minimumRating: 80)),
            ("4★", PhotoFilter(minimumRating: 80)),
            ("⭐️⭐️⭐️", PhotoFilter(minimumRating: 60)),
            ("оценка:5★", PhotoFilter(minimumRating: 100)),
            ("tag:beach", PhotoFilter(tags: ["beach"])),
            ("#beach #Sea", PhotoFilter(tags: ["beach", "Sea"])),
            ("тег:пляж tag: море", PhotoFilter(tags: ["пляж", "море"])),
            ("gallery:\"Summer 2019\"", PhotoFilter(gallery: "Summer 2019")),
            ("галерея:«Лето 2019»", PhotoFilter(gallery: "Лето 2019")),
            ("gallery: “Summer 2019”", PhotoFilter(gallery: "Summer 2019")),
            ("\"Summer 2019\"", PhotoFilter(names: ["Summer 2019"])),
            ("person:Anna", PhotoFilter(performer: "Anna")),
            ("кто:«Анна П.»", PhotoFilter(performer: "Анна П.")),
            ("portrait", PhotoFilter(orientation: .portrait)),
            ("Горизонтальные", PhotoFilter(orientation: .landscape)),
            ("square fav", PhotoFilter(orientation: .square, favouritesOnly: true)),
            ("избранное ❤️", PhotoFilter(favouritesOnly: true)),
            ("videos", PhotoFilter(kind: .clip)),
            ("kind:photo", PhotoFilter(kind: .photo)),
            ("day:25.12", PhotoFilter(day: PhotoFilter.Day(month: 12, day: 25))),
            ("день:02-29", PhotoFilter(day: PhotoFilter.Day(month: 2, day: 29))),
            (
                "tag:sea rating>=60 portrait",
                PhotoFilter(minimumRating: 60, tags: ["sea"], orientation: .portrait)
            ),
        ])
    func `words become conditions, in both languages`(text: String, filter: PhotoFilter) throws {
        #expect(try PhotoFilter(parsing: text) == filter)
    }

    @Test(
        arguments: [
            ("beach", PhotoFilterError.unknownWord("beach")),
            ("colour:red", .unknownWord("colour:red")),
            ("kind:song", .unknownWord("kind:song")),
            ("tag:", .missingValue("tag:")),
            ("#", .missingValue("#")),
            ("\"\"", .missingValue("\"\"")),
            ("rating>=0", .badRating("rating>=0")),
            ("rating>=101", .badRating("rating>=101")),
            ("rating>100", .badRating("rating>100")),
            ("rating<50", .badRating("rating<50")),
            ("rating:good", .badRating("rating:good")),
            ("★6", .badRating("★6")),
            ("★★★★★★", .badRating("★★★★★★")),
            ("day:30.02", .badDay("day:30.02")),
            ("day:tomorrow", .badDay("day:tomorrow")),
            ("gallery:\"Summer", .unclosedQuote),
            ("portrait landscape", .contradiction("portrait", "landscape")),
            ("rating>=80 ★2", .contradiction("rating>=80", "★2")),
            ("gallery:a album:b", .contradiction("gallery:a", "album:b")),
        ])
    func `what is no filter is told with the word at fault`(text: String, error: PhotoFilterError) {
        #expect(throws: error) { try PhotoFilter(parsing: text) }
        for language in Language.allCases { #expect(!error.text(in: language).isEmpty) }
    }

    @Test(
        arguments: [
            ("5 tag:beach", PhotoFilter(tags: ["beach"]), "5"),
            ("every day 10:00 portrait", PhotoFilter(orientation: .portrait), "every day 10:00"),
            ("0 10 * * 1-5 ★4", PhotoFilter(minimumRating: 80), "0 10 * * 1-5"),
            ("*/15 8-20 * * *", .none, "*/15 8-20 * * *"),
            ("фото каждый день 09:30 тег:лес", PhotoFilter(tags: ["лес"]), "фото каждый день 09:30"),
        ])
    func `a filter is taken out of a text that says other things too`(
        text: String, filter: PhotoFilter, rest: String
    ) throws {
        let taken = try PhotoFilter.extracting(from: text)
        #expect(taken.filter == filter)
        #expect(taken.rest == rest)
    }

    @Test func `a filter says what it does in both languages`() throws {
        let filter = try PhotoFilter(
            parsing: "videos portrait fav rating>=80 #sea gallery:\"Summer 2019\" person:Anna \"Lake\" day:25.12")
        #expect(
            filter.description(in: .english)
                == "videos and GIFs, portrait, favourites, rating from 80, tag “sea”, gallery “Summer 2019”, with Anna, “Lake”, 25 December"
        )
        #expect(
            filter.description(in: .russian)
                == "видео и GIF, вертикальные, избранное, оценка от 80, тег «sea», галерея «Summer 2019», кто: Anna, «Lake», 25 декабря"
        )
        #expect(PhotoFilter.none.description(in: .english).isEmpty)
    }

    @Test func `a filter comes back from JSON as it was`() throws {
        let filter = try PhotoFilter(parsing: "★4 #sea portrait day:29.02 kind:clip")
        let bytes = try JSONEncoder().encode(filter)
        #expect(try JSONDecoder().decode(PhotoFilter.self, from: bytes) == filter)
    }
}
