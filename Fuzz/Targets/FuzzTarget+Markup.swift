import Markup

extension FuzzTarget {
    static let markup = [
        FuzzTarget("markdown-stream") { bytes in
            let text = text(bytes)
            var whole = MarkdownStream()
            whole.append(text)
            whole.finish()
            var cut = MarkdownStream()
            for piece in pieces(Array(text.utf8)) where text.utf8.count < 2000 {
                // Pieces of a text begin and end with characters.
                cut.append(String(decoding: piece, as: UTF8.self))
                _ = cut.text
            }
            cut.finish()
            // What the kit writes, Telegram must take.
            for part in whole.text.split() {
                must(part.length <= FormattedText.messageLimit, "a part of \(part.length) units")
                checkHTML(part.html)
            }
        }
    ]
}
