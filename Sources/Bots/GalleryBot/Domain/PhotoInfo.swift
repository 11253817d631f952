internal import BotKit
internal import Images
internal import Markup
internal import PhotoLibraries
internal import Support

/// Everything that is known of a photo, in words.
struct PhotoInfo: Sendable {
    var photo: Photo
    var exif: ExifFacts?
    /// How often this chat was shown it.
    var times: Int
    /// When it was shown last, as text.
    var last: String?
    var today: CivilDate
    /// Whether the place may be told.
    var showsPlace: Bool

    func text(in language: Language) -> FormattedText {
        let texts = SendingTexts.all[language]
        var lines: [FormattedText] = []
        if let title = photo.title { lines.append("\(bold: title)") }
        lines.append("📄 \(code: photo.fileName)")
        if let date = date(in: language) { lines.append("🗓 \(date)") }
        let size = size(in: language)
        if !size.isEmpty { lines.append("📐 \(size.joined(separator: " · "))") }
        if !photo.galleries.isEmpty { lines.append("📁 \(names(photo.galleries))") }
        if !photo.performers.isEmpty { lines.append("👤 \(names(photo.performers))") }
        if !photo.tags.isEmpty { lines.append("🏷 \(names(photo.tags))") }
        if let rating = photo.rating { lines.append("\(Caption.stars(rating)) \(rating)/100") }
        let camera = [exif?.camera, exif?.lens].compactMap(\.self)
        if !camera.isEmpty { lines.append("📷 \(camera.joined(separator: " · "))") }
        let exposure = exposure(in: language)
        if !exposure.isEmpty { lines.append("⚙️ \(exposure.joined(separator: " · "))") }
        if showsPlace, let place = exif?.position {
            lines.append("📍 \(code: "\(Self.decimal(place.latitude, 5)), \(Self.decimal(place.longitude, 5))")")
        }
        if times > 0 { lines.append("👁 \(texts.shown(times, last))") }
        return lines.joined(separator: "\n").truncated(to: FormattedText.messageLimit)
    }

    private func names(_ labels: [Photo.Label]) -> String { labels.map(\.name).joined(separator: ", ") }

    private func date(in language: Language) -> String? {
        let texts = SendingTexts.all[language]
        let clock = exif?.takenAt.map { String($0.dropFirst(10).prefix(6)) } ?? ""
        guard let written = photo.date ?? exif?.takenAt.map({ String($0.prefix(10)) }) else { return nil }
        let parts = written.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]) else { return written }
        let date = CivilDate(year: parts[0], month: parts[1], day: parts[2])
        // The clock belongs to the date only where both come from the camera.
        let isCameras = exif?.takenAt?.hasPrefix(written) == true
        let years = today.year - date.year - ((today.month, today.day) < (date.month, date.day) ? 1 : 0)
        let age = years > 0 ? " (\(texts.ago(years)))" : ""
        return texts.date(date) + (isCameras ? clock : "") + age
    }

    private func size(in language: Language) -> [String] {
        var parts: [String] = []
        if let width = photo.width, let height = photo.height {
            parts.append("\(width) × \(height)")
            let mega = Double(width) * Double(height) / 1_000_000
            if mega >= 1 {
                parts.append(Self.figure(mega, language) + (language == .russian ? " Мп" : " MP"))
            }
        }
        if let bytes = photo.size { parts.append(Self.bytes(bytes, in: language)) }
        if let clip = photo.clip {
            if let seconds = clip.duration {
                let whole = Int(seconds.rounded())
                parts.append("\(whole / 60):\(whole % 60 < 10 ? "0" : "")\(whole % 60)")
            }
            let kind = [clip.container, clip.videoCodec].compactMap { $0?.uppercased() }
            if !kind.isEmpty { parts.append(kind.joined(separator: "/")) }
        } else if let format = photo.format {
            parts.append(format == .webp ? "WebP" : format.rawValue.uppercased())
        }
        return parts
    }

    private func exposure(in language: Language) -> [String] {
        guard let exif else { return [] }
        var parts: [String] = []
        if let time = exif.exposure, time > 0 {
            let text = time >= 0.4 ? Self.figure(time, language) : "1/\(Int((1 / time).rounded()))"
            parts.append(text + (language == .russian ? " с" : " s"))
        }
        if let number = exif.fNumber, number > 0 { parts.append("f/" + Self.figure(number, language)) }
        if let sensitivity = exif.sensitivity, sensitivity > 0 { parts.append("ISO \(sensitivity)") }
        if let length = exif.focalLength, length > 0 {
            parts.append(Self.figure(length, language) + (language == .russian ? " мм" : " mm"))
        }
        return parts
    }

    /// Bytes as people read them: decimal units, as Telegram's limits have.
    static func bytes(_ count: Int, in language: Language) -> String {
        let isRussian = language == .russian
        if count < 1000 { return "\(count) " + (isRussian ? "Б" : "B") }
        if count < 1_000_000 { return "\((count + 500) / 1000) " + (isRussian ? "КБ" : "KB") }
        return figure(Double(count) / 1_000_000, language) + (isRussian ? " МБ" : " MB")
    }

    /// One digit behind the comma, and none where it is 0.
    private static func figure(_ value: Double, _ language: Language) -> String {
        let tenths = Int((value * 10).rounded())
        let comma = language == .russian ? "," : "."
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10)\(comma)\(tenths % 10)"
    }

    /// So many digits behind the point.
    private static func decimal(_ value: Double, _ digits: Int) -> String {
        var scale = 1
        for _ in 0..<digits { scale *= 10 }
        let whole = Int((value.magnitude * Double(scale)).rounded())
        let rest = String(whole % scale)
        let zeros = String(repeating: "0", count: digits - rest.count)
        return (value < 0 ? "-" : "") + "\(whole / scale).\(zeros)\(rest)"
    }
}
