@testable import TelegramSimulator

extension FuzzTarget {
    /// Whether a text's entities lie within it.
    private static func check(_ read: FormattedText) {
        let length = read.text.utf16.count
        for entity in read.entities {
            must(entity.offset >= 0 && entity.length > 0, "an entity without a place: \(entity)")
            must(entity.offset + entity.length <= length, "an entity beyond its text: \(entity)")
        }
    }

    /// Whether the simulator takes a text in HTML.
    static func checkHTML(_ html: String) {
        do { check(try HTMLMarkup.parse(html)) } catch { must(false, "refused: \(error.reason) in \(html)") }
    }

    static let simulator = [
        FuzzTarget("markup") { bytes in
            let text = text(bytes)
            for read in [
                try? HTMLMarkup.parse(text), try? MarkdownV2Markup.parse(text), try? MarkdownMarkup.parse(text),
            ] {
                guard let read else { continue }
                check(read)
                check(TextCleaner.clean(read))
            }
            check(TextCleaner.clean(FormattedText(text: text)))
        },
        FuzzTarget("media-facts") { bytes in
            let facts = try? MediaFacts.read(size: bytes.count) { offset, count in
                guard offset >= 0, offset < bytes.count else { return [] }
                return Array(bytes[offset..<min(offset + count, bytes.count)])
            }
            _ = facts.flatMap { $0 }?.duration
        },
        FuzzTarget("inflate") { bytes in
            guard let whole = try? Inflater(limit: 1 << 20), let cut = try? Inflater(limit: 1 << 20) else { return }
            guard let unpacked = try? whole.take(bytes) else { return }
            var rest: [UInt8] = []
            for piece in pieces(bytes) {
                guard let more = try? cut.take(piece) else { return must(false, "refused only when cut") }
                rest += more
            }
            must(rest == unpacked, "cut elsewhere, it unpacks to something else")
        },
        FuzzTarget("bot-request") { bytes in
            var arguments = Arguments()
            arguments.add(form: text(bytes))
            arguments.add(json: bytes)
            _ = arguments.json("a")
            _ = arguments.integer("a", in: 0...100)
            _ = try? MarkupArgument.parse(arguments, isLocal: false)
            _ = JSONNode(text(bytes))
            let parts = MultipartReader.parts(bytes, boundary: "b")
            must(parts.allSatisfy { $0.body.count <= bytes.count }, "more comes out of a form than was in it")
            _ = MultipartReader.boundary(text(bytes))
        },
    ]
}
