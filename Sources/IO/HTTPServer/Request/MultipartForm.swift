public import HTTP

/// A form with files, as it was received: plain fields in memory, files on the disk.
public struct MultipartForm: Sendable {
    /// What a form may hold.
    public struct Limits: Sendable {
        /// Parts with a file name.
        public var files = 50
        /// Bytes of one file.
        public var fileBytes = 1 << 30
        /// Plain fields.
        public var fields = 1000
        /// Bytes of all plain fields together.
        public var fieldBytes = 1 << 20

        /// The usual limits.
        public init() {}
    }

    /// A plain field.
    public struct Field: Sendable, Equatable {
        /// The field's name.
        public let name: String
        /// Its content.
        public let bytes: [UInt8]
        /// Its type, where one was given.
        public let contentType: MediaType?

        /// The content as text, bad UTF-8 replaced.
        public var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// A file that was received.
    public struct File: Sendable, Equatable {
        /// The form field's name.
        public let name: String
        /// The name that the sender gave it: for showing, never to be used as a path.
        public let fileName: String
        /// The type that the sender gave it.
        public let contentType: MediaType?
        /// Where it lies, under a name of the server's own.
        ///
        /// It belongs to the handler now, which moves or removes it.
        public let path: String
        /// Its length.
        public let bytes: Int
    }

    /// Plain fields in order.
    public internal(set) var fields: [Field] = []
    /// Files in order.
    public internal(set) var files: [File] = []

    /// The text of the first plain field of that name.
    public subscript(name: String) -> String? { fields.first { $0.name == name }?.text }

    /// The first file under that name.
    public func file(_ name: String) -> File? { files.first { $0.name == name } }
}
