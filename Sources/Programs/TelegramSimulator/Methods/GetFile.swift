/// `getFile`: where a file can be downloaded for the next hour.
enum GetFile {
    static let handler: Handler = { (world, call) throws(APIError) in
        let id = call.arguments["file_id"]
        if id.isEmpty { throw .badRequest("file_id not specified") }
        guard let number = world.fileNumbers[id] else {
            throw FileIdentifier.isWellFormed(id)
                ? .badRequest("wrong file_id or the file is temporarily unavailable")
                : .badRequest("invalid file_id")
        }
        let file = world.files[number]
        guard file.size <= world.options.maximumDownload else { throw .badRequest("file is too big") }
        return .writing { writer in
            writer.object { writer in
                writer.field("file_id", file.id)
                writer.field("file_unique_id", file.uniqueID)
                writer.field("file_size", file.size)
                // A self-hosted server says where the file lies on its disk.
                writer.field("file_path", world.options.filesDirectory.map { "\($0)/\(file.diskName)" } ?? file.path)
            }
        }
    }
}
