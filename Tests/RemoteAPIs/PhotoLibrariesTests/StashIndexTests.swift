import HTTP
import HTTPClient
import HTTPServer
import JSON
import ServiceSimulators
import Support
import Testing

@testable import PhotoLibraries

@Suite struct StashIndexTests {
    private func withIndex<Value>(
        of library: StashLibrary, _ body: (PhotoIndex, StashSimulator) async throws -> Value
    ) async throws -> Value {
        let stash = try StashSimulator(library: library)
        let address = try await stash.start()
        let http = HTTPClient()
        let client = StashLibraryClient(
            base: try #require(HTTPURL(address.url)), key: nil, http: http, retry: .none)
        do {
            let value = try await body(try await client.index(), stash)
            await http.stop()
            await stash.stop()
            return value
        } catch {
            await http.stop()
            await stash.stop()
            throw error
        }
    }

    @Test func `the index tells of each picture what the library does`() async throws {
        let library = try StashLibrary.samples(modified: Timestamp(seconds: 1_700_000_000))
        try await withIndex(of: library) { index, _ in
            #expect(index.count == library.images.count)
            for image in library.images {
                let position = try #require(index.position(of: "\(image.id)"))
                #expect(index.rating(at: position) == image.rating100 ?? 0)
                #expect(
                    index.galleries(at: position).map { index.galleries[$0].id } == image.galleries.map(String.init))
                #expect(index.tagLists[position].map { index.tags[Int($0)].id } == image.tags.map(String.init))
                #expect(
                    index.performerLists[position].map { index.performers[Int($0)].id }
                        == image.performers.map(String.init))
                #expect(index.orientation(at: position) == PhotoOrientation(width: image.width, height: image.height))
                // Without a date, the day of the file: 14 November 2023.
                let date = image.date.map { CivilDate(startOf: $0) } ?? CivilDate(year: 2023, month: 11, day: 14)
                #expect(index.date(at: position) == date)
            }
            #expect(index.galleries.indices { $0.name == "Mountains" }.count == 1)
        }
    }

    @Test func `a large library comes page by page, each picture once`() async throws {
        let count = StashLibraryClient.pageSize * 2 + 5
        try await withIndex(of: try .generated(count)) { index, stash in
            #expect(index.count == count)
            #expect(index.position(of: "\(count)") == count - 1)
            // One that counts, and three pages.
            #expect(stash.queries.count == 4)
        }
    }

    @Test func `a picture that goes while pages are read makes no other one be missed`() throws {
        var reader = StashIndexReader(expected: 4)
        func page(_ ids: [Int]) throws -> StashIndexReader.Page {
            let images = ids.map { #"{"id":"\#($0)","rating100":null,"galleries":[],"visual_files":[]}"# }
            let text = #"{"data":{"findImages":{"images":[\#(images.joined(separator: ","))]}}}"#
            return try reader.read(page: Array(text.utf8))
        }
        #expect(try page([1, 2]) == .images(2, last: 2))
        #expect(try page([3, 5]) == .images(2, last: 5))
        // A server that repeats itself adds nothing.
        #expect(try page([5]) == .images(1, last: 5))
        #expect(try page([]) == .images(0, last: nil))
        #expect(Array(reader.finish().ids) == ["1", "2", "3", "5"])
    }

    @Test(
        arguments: [
            #"{"errors":[{"message":"no"}],"data":null}"#, #"{"data":null}"#, "{}", #"{"data":{"findImages":null}}"#,
        ])
    func `an answer without images is told from an empty page`(text: String) throws {
        var reader = StashIndexReader(expected: 0)
        #expect(try reader.read(page: Array(text.utf8)) == .other)
    }

    @Test func `nulls, several files and fields of other versions do no harm`() throws {
        var reader = StashIndexReader(expected: 1)
        let text = """
            {"data":{"findImages":{"new":1,"images":[
              {"performers":[{"name":"Мира","favorite":true,"id":"7"}],"title":null,"id":"12","rating100":100,"date":"2019",
               "galleries":[{"id":"3","title":null}],"tags":null,"future":{"a":[1,2]},
               "visual_files":[
                 {"__typename":"VideoFile","mod_time":"2020-05-06T07:08:09Z","width":100,"height":200},
                 {"__typename":"ImageFile","width":9,"height":1}]}]}}}
            """
        #expect(try reader.read(page: Array(text.utf8)) == .images(1, last: 12))
        let index = reader.finish()
        #expect(index.rating(at: 0) == 100 && index.isMoving(at: 0) && index.isFavourite(at: 0))
        #expect(index.orientation(at: 0) == .portrait)
        #expect(index.date(at: 0) == CivilDate(year: 2020, month: 5, day: 6))
        #expect(index.galleries[0].id == "3" && index.performers[0].name == "Мира")
    }
}
