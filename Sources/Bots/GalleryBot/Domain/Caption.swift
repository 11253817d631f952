internal import Markup
internal import PhotoLibraries

/// What stands below a picture: title, people, galleries, rating and tags, as far as they are known.
enum Caption {
    /// Builds the caption and cuts it to what Telegram takes; nothing in a name can become markup.
    static func text(for photo: Photo, in texts: GalleryTexts) -> FormattedText {
        var lines: [FormattedText] = []
        if let title = photo.title {
            lines.append("\(bold: title)")
        } else {
            lines.append("📸 \(texts.untitled)")
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
        return lines.joined(separator: "\n").truncated()
    }

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
