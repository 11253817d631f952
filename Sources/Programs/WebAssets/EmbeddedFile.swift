internal import FoundationEssentials

/// A file of `Web/` as the literal that the build made of it.
enum EmbeddedFile: Sendable {
    case text(String)
    case base64(String)

    var bytes: [UInt8] {
        switch self {
        case .text(let text): [UInt8](text.utf8)
        case .base64(let text): Data(base64Encoded: text).map { [UInt8]($0) } ?? []
        }
    }
}
