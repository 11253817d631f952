import Markup
import Support

@testable import Configuration
@testable import HTTP
@testable import HTTPClient
@testable import HTTPServer
@testable import JSON
@testable import Support

extension FuzzTarget {
    /// The contents of a form's parts.
    private static func contents(
        of pieces: [[UInt8]], _ boundary: MultipartBoundary
    ) throws(MultipartParser.Failure) -> [[UInt8]] {
        var parser = MultipartParser(boundary: boundary)
        var contents: [[UInt8]] = []
        for piece in pieces {
            let events = try parser.events(in: piece)
            for event in events {
                switch event {
                case .part: contents.append([])
                case .content(let bytes): contents[contents.count - 1] += bytes
                case .partEnd: break
                }
            }
        }
        try parser.finish()
        return contents
    }

    static let foundations = [
        FuzzTarget("json") { bytes in
            guard let value = try? JSONValue(parsing: bytes) else { return }
            let written = value.serialised()
            guard let again = try? JSONValue(parsing: written) else {
                return must(false, "what was written cannot be read: \(text(written))")
            }
            must(again.serialised() == written, "what was written reads as something else: \(text(written))")
        },
        FuzzTarget("url") { bytes in
            let text = text(bytes)
            _ = Percent.decode(text)
            _ = Percent.decodeLeniently(text, plusIsSpace: true)
            _ = HTTPURL.removingDots(text)
            let items = QueryItems(parsing: text)
            must(QueryItems(parsing: items.encoded()).all == items.all, "a query changes when written: \(text)")
            guard let url = HTTPURL(text) else { return }
            must(HTTPURL(url.description) == url, "a URL changes when written: \(url)")
            _ = url.resolving("../a?b#c")
        },
        FuzzTarget("http-fields") { bytes in
            let text = text(bytes)
            if let range = ByteRange(parsing: text), let bounds = range.bounds(in: 1000) {
                must(bounds.lowerBound >= 0 && bounds.upperBound <= 1000, "a range beyond the content: \(bounds)")
            }
            _ = EntityTags(text).match("\"a\"")
            _ = HTTPDate.parse(text)
            _ = MediaType(parsing: text)
            _ = MultipartBoundary(text)
            _ = Base64.decode(text)
            _ = RetryAfter.parse(text, now: Timestamp(seconds: 1_767_225_600))
            _ = ResponseHead(bytes)
        },
        FuzzTarget("multipart") { bytes in
            guard let boundary = MultipartBoundary("b") else { return }
            let whole = try? contents(of: [bytes], boundary)
            let cut = try? contents(of: pieces(bytes), boundary)
            must(cut == whole, "cut elsewhere, a form reads as something else")
        },
        FuzzTarget("server-sent-events") { bytes in
            var whole = ServerSentEventParser(lineLimit: 1000)
            guard let events = try? whole.events(in: bytes) else { return }
            var cut = ServerSentEventParser(lineLimit: 1000)
            var found: [ServerSentEvent] = []
            for piece in pieces(bytes) {
                guard let more = try? cut.events(in: piece) else { return must(false, "refused only when cut") }
                found += more
            }
            must(found == events, "cut elsewhere, a stream has other events")
        },
        FuzzTarget("yaml") { bytes in _ = try? YAMLReader.read(bytes) },
        FuzzTarget("dotenv") { bytes in _ = DotEnv.parse(text(bytes), path: ".env") },
        FuzzTarget("cron") { bytes in
            guard bytes.count < 200, let cron = try? CronTimetable(text(bytes)) else { return }
            let start = Timestamp(seconds: 1_767_225_600)
            let times = cron.upcoming(3, after: start, in: .utc)
            must(times == times.sorted() && times.allSatisfy { $0 > start }, "\(cron) goes back in time: \(times)")
        },
        FuzzTarget("time-zone") { bytes in
            _ = POSIXTimeZone(text(bytes))
            guard let table = try? TZif.parse(bytes) else { return }
            let rules = TimeZoneRules(name: "Fuzz", table: table)
            for second in [Int64(-3_000_000_000), 0, 1_767_225_600, 9_000_000_000] {
                _ = rules.localTime(at: Timestamp(seconds: second))
            }
        },
        FuzzTarget("iso8601") { bytes in
            guard let moment = Timestamp(iso8601: text(bytes)) else { return }
            _ = moment.iso8601()
        },
    ]
}
