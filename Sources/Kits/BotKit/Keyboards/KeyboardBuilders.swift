/// What may stand in the list of an inline keyboard's rows.
public protocol InlineKeyboardPart {
    /// The rows that it adds.
    var keyboardRows: [Row] { get }
}

extension Row: InlineKeyboardPart {
    /// Itself.
    public var keyboardRows: [Row] { [self] }
}

extension Button: InlineKeyboardPart {
    /// A row of its own.
    public var keyboardRows: [Row] { [Row(buttons: [self])] }
}

extension InlineKeyboard: InlineKeyboardPart {
    /// Its rows.
    public var keyboardRows: [Row] { rows }
}

/// Lists the rows of an inline keyboard, with conditions and loops.
@resultBuilder
public enum InlineKeyboardBuilder {
    /// Takes a row, a button, or the rows of another keyboard.
    public static func buildExpression(_ part: some InlineKeyboardPart) -> [Row] { part.keyboardRows }
    /// Joins the rows.
    public static func buildBlock(_ rows: [Row]...) -> [Row] { rows.flatMap(\.self) }
    /// Takes rows under a condition.
    public static func buildOptional(_ rows: [Row]?) -> [Row] { rows ?? [] }
    /// Takes rows of one branch.
    public static func buildEither(first rows: [Row]) -> [Row] { rows }
    /// Takes rows of the other branch.
    public static func buildEither(second rows: [Row]) -> [Row] { rows }
    /// Takes rows of a loop.
    public static func buildArray(_ rows: [[Row]]) -> [Row] { rows.flatMap(\.self) }
}

/// Lists buttons, with conditions and loops.
@resultBuilder
public enum RowBuilder {
    /// Takes a button.
    public static func buildExpression(_ button: Button) -> [Button] { [button] }
    /// Joins the buttons.
    public static func buildBlock(_ buttons: [Button]...) -> [Button] { buttons.flatMap(\.self) }
    /// Takes buttons under a condition.
    public static func buildOptional(_ buttons: [Button]?) -> [Button] { buttons ?? [] }
    /// Takes buttons of one branch.
    public static func buildEither(first buttons: [Button]) -> [Button] { buttons }
    /// Takes buttons of the other branch.
    public static func buildEither(second buttons: [Button]) -> [Button] { buttons }
    /// Takes buttons of a loop.
    public static func buildArray(_ buttons: [[Button]]) -> [Button] { buttons.flatMap(\.self) }
}
