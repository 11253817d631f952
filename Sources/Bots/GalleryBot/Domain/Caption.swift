internal import Markup
internal import PhotoLibraries

/// What stands below a picture: title, people, galleries, rating and tags, as far as they are known.
enum Caption {
    /// Builds the caption and cuts it to what Telegram takes; nothing in a name can become markup.
    ///
    /// - Parameters:
    ///   - above: A line of its own in front of everything, such as "3 years ago today".
    ///   - remark: A line of its own at the end, which is never cut.
    static func text(
        for photo: Photo, in texts: GalleryTexts, above: FormattedText? = nil, remark: String? = nil
    ) -> FormattedText {
        var lines: [FormattedText] = above.map { [$0] } ?? []
        if let title = photo.title {
            lines.append("\(bold: title)")
        } else {
            lines.append("📸 \(name(of: photo) ?? texts.untitled)")
        }
        if !photo.performers.isEmpty {
            lines.append("👤 \(photo.performers.map(\.name).joined(separator: ", "))")
        }
        if let gallery = photo.galleries.first {
            lines.append("📁 \(gallery.name)")
        }
        if let rating = photo.rating {
            lines.append("\(stars(rating)) \(italic: "\(rating)/100")")
        }
        let tags = photo.tags.compactMap { hashtag($0.name) }.prefix(5)
        if !tags.isEmpty { lines.append("\(tags.joined(separator: " "))") }
        let text = lines.joined(separator: "\n")
        guard let remark else { return text.truncated() }
        let end: FormattedText = "\n\n\(italic: remark)"
        return (text.truncated(to: max(2, FormattedText.captionLimit - end.length)) + end).truncated()
    }

    /// The file's name without its ending, where somebody gave it: cameras number, and numbers say nothing.
    static func name(of photo: Photo) -> String? {
        var name = photo.fileName[...]
        if let dot = name.lastIndex(of: "."), dot > name.startIndex { name = name[..<dot] }
        let words = name.split { $0 == "_" || $0 == "-" || $0.isWhitespace }
        let isTelling = words.contains { word in
            let letters = word.filter(\.isLetter)
            return letters.count >= 3 && letters.count * 2 > word.count
                && !cameraWords.contains(word.prefix { $0.isLetter }.lowercased())
        }
        return isTelling ? String(name) : nil
    }

    /// What cameras, telephones and messengers begin file names with.
    private static let cameraWords: Set<String> = [
        "img", "dsc", "dscn", "dscf", "pxl", "mvi", "vid", "pict", "photo", "image", "picture", "screenshot", "фото",
        "picsart", "whatsapp", "signal", "telegram", "scan", "mvimg", "burst", "fullsizerender", "asset", "untitled",
    ]

    /// Five stars for 81 to 100, one for 1 to 20: the stars that Stash shows.
    static func stars(_ rating: Int) -> String {
        let full = max(0, min(5, (rating + 19) / 20))
        return String(repeating: "★", count: full) + String(repeating: "☆", count: 5 - full)
    }

    /// A tag's name as a word that Telegram links: letters, digits and underscores; nil when nothing of it is left.
    static func hashtag(_ name: String) -> String? {
        let words = name.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        guard !words.isEmpty else { return nil }
        let word = words.joined(separator: "_")
        // A hashtag of digits alone is none.
        return word.contains(where: \.isLetter) ? "#\(word)" : nil
    }
}
