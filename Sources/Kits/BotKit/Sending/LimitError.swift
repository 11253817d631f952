/// Something that Telegram would refuse or silently cut, found before it is sent.
public enum LimitError: Error, Equatable, CustomStringConvertible {
    /// Nothing that a reader would see.
    case emptyText
    case tooManyButtons(Int, limit: Int)
    case tooManyButtonsInRow(Int, limit: Int)
    case emptyButton
    /// An album takes 2 to 10 files.
    case albumSize(Int)

    /// The fault in one line.
    public var description: String {
        switch self {
        case .emptyText: "a message needs a text that can be seen"
        case .tooManyButtons(let count, let limit): "a keyboard of \(count) buttons; Telegram shows at most \(limit)"
        case .tooManyButtonsInRow(let count, let limit): "\(count) buttons in a row; Telegram shows at most \(limit)"
        case .emptyButton: "a button without a title"
        case .albumSize(let count): "an album of \(count) files; Telegram takes 2 to 10"
        }
    }
}
