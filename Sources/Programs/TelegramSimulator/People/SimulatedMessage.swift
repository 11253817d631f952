public import JSON

/// A message as a person of the simulator sees it; `docs/simulator.md` has the whole shape.
public struct SimulatedMessage: Sendable, Equatable {
    /// Everything the control API says of it.
    public let view: JSONValue

    /// The message's number in its chat.
    public var id: Int64 { view["id"]?.integerValue ?? 0 }
    /// The text or the caption.
    public var text: String { view["text"]?.stringValue ?? "" }
    /// The kind of its media, such as `photo` or `document`; nil for a message of text.
    public var media: String? { view["media"]?["kind"]?.stringValue }
    /// Under which its media can be had from `/sim/files/`.
    public var file: String? { view["media"]?["file"]?.stringValue }
    /// The labels of the buttons below it, row by row.
    public var buttons: [[String]] {
        (view["keyboard"]?.arrayValue ?? []).map { row in
            (row.arrayValue ?? []).map { $0["text"]?.stringValue ?? "" }
        }
    }
    /// The album that it belongs to.
    public var album: String? { view["album"]?.stringValue }

    init(_ view: JSONValue) {
        self.view = view
    }
}
