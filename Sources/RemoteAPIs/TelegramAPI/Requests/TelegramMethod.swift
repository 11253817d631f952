/// A method of the Bot API with its parameters.
public protocol TelegramMethod: Sendable {
    /// What the method gives back.
    associatedtype Result: TelegramDecodable
    /// The method's name on the wire.
    static var name: String { get }
    /// Writes the parameters that are set.
    func encode(into writer: inout ParameterWriter)
}
