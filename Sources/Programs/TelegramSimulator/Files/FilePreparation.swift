internal import HTTP
internal import HTTPClient
internal import Images

/// Brings the files of a call into the store: uploads measured, photos scaled, links fetched.
struct FilePreparation: Sendable {
    /// A link may bring a photo of 5 MB, and other files of 20 MB.
    static let maximumLinkedPhoto = 5 << 20
    static let maximumLinkedFile = 20 << 20

    let store: FileStore
    let http: HTTPClient
    /// A self-hosted server reads `file:/` addresses from its own disk.
    var isLocal = false

    /// Everything that the arguments bring along, by the name the methods look for.
    func prepare(_ arguments: Arguments, method: String) async throws -> [String: PreparedFile] {
        var prepared: [String: PreparedFile] = [:]
        let photos = Self.photoNames(arguments, method: method)
        for (name, upload) in arguments.files {
            prepared[name] = try await Self.measure(
                diskName: upload.path, size: upload.size, name: upload.name, type: upload.type,
                isPhoto: photos.contains(name), makesThumbnail: photos.contains("*" + name),
                in: store)
        }
        for (link, isPhoto) in links(arguments, method: method) where prepared[link] == nil {
            prepared[link] =
                try link.hasPrefix(Self.localScheme)
                ? await read(link, isPhoto: isPhoto) : await fetch(link, isPhoto: isPhoto)
        }
        return prepared
    }

    /// Names of uploads that become photos.
    private static func photoNames(_ arguments: Arguments, method: String) -> Set<String> {
        var names: Set<String> = ["*thumbnail", "*thumb"]
        for name in ["thumbnail", "thumb"] where arguments[name].hasPrefix("attach://") {
            names.insert("*" + arguments[name].dropFirst(9))
        }
        if method == "sendvideo" {
            names.insert("cover")
            if arguments["cover"].hasPrefix("attach://") { names.insert(String(arguments["cover"].dropFirst(9))) }
        }
        if method == "sendlivephoto" {
            names.insert("photo")
            if arguments["photo"].hasPrefix("attach://") { names.insert(String(arguments["photo"].dropFirst(9))) }
        }
        if method == "sendphoto" || method == "setchatphoto" {
            names.insert("photo")
            if arguments["photo"].hasPrefix("attach://") { names.insert(String(arguments["photo"].dropFirst(9))) }
        }
        for item in items(arguments, method) {
            guard let media = item["media"]?.string else { continue }
            if item["type"]?.string == "photo", media.hasPrefix("attach://") {
                names.insert(String(media.dropFirst(9)))
            }
            for field in ["photo", "cover"] {
                guard let still = item[field]?.string, still.hasPrefix("attach://") else { continue }
                names.insert(String(still.dropFirst(9)))
            }
            if let thumbnail = (item["thumbnail"] ?? item["thumb"])?.string, thumbnail.hasPrefix("attach://") {
                names.insert("*" + thumbnail.dropFirst(9))
            }
        }
        return names
    }

    private static func items(_ arguments: Arguments, _ method: String) -> [JSONNode] {
        guard ["sendmediagroup", "editmessagemedia", "sendpaidmedia"].contains(method),
            let node = arguments.json("media")
        else {
            return []
        }
        return node.array ?? [node]
    }

    /// Where a link may stand; a round film is sent by none.
    private static let linkArguments = [
        "sendphoto": "photo", "senddocument": "document", "sendvideo": "video", "sendanimation": "animation",
        "sendaudio": "audio", "sendvoice": "voice", "sendsticker": "sticker",
    ]

    private static let localScheme = "file:/"

    private func links(_ arguments: Arguments, method: String) -> [(String, Bool)] {
        var result: [(String, Bool)] = []
        func add(_ value: String?, _ isPhoto: Bool) {
            guard let value else { return }
            let start = value.prefix(8).lowercased()
            if isLocal, value.hasPrefix(Self.localScheme) { result.append((value, isPhoto)) }
            if start.hasPrefix("http://") || start.hasPrefix("https://") { result.append((value, isPhoto)) }
        }
        if let name = Self.linkArguments[method] { add(arguments[name], name == "photo") }
        if method == "sendvideo" { add(arguments["cover"], true) }
        if method == "answerwebappquery", let node = arguments.json("result") {
            add(AnswerInlineQuery.link(of: node), node["type"]?.string == "photo")
        }
        for item in Self.items(arguments, method) {
            add(item["media"]?.string, item["type"]?.string == "photo")
            add(item["cover"]?.string, true)
        }
        return result
    }

    /// Takes a file of this machine by its address.
    private func read(_ link: String, isPhoto: Bool) async throws -> PreparedFile {
        var rest = link.dropFirst(Self.localScheme.count)
        // Both `file:/path` and `file:///path` are known, with or without the name of the machine.
        if rest.hasPrefix("/") { rest = rest.dropFirst(rest.hasPrefix("/localhost") ? 10 : 1) }
        var decoded = Arguments()
        decoded.add(form: "path=" + rest.replacing("+", with: "%2B"))
        let path = decoded["path"].hasPrefix("/") ? decoded["path"] : "/" + decoded["path"]
        guard let (name, size) = try store.take(path) else {
            var missing = PreparedFile(diskName: "", size: 0, type: "")
            missing.fault = "wrong file identifier/HTTP URL specified"
            return missing
        }
        return try await Self.measure(
            diskName: name, size: size, name: path.split(separator: "/").last.map(String.init), type: nil,
            isPhoto: isPhoto, makesThumbnail: false, in: store)
    }

    private func fetch(_ link: String, isPhoto: Bool) async throws -> PreparedFile {
        var missing = PreparedFile(diskName: "", size: 0, type: "")
        var request = ClientRequest(link)
        request.maximumResponseBytes = isPhoto ? Self.maximumLinkedPhoto : Self.maximumLinkedFile
        let response: ClientResponse
        do {
            response = try await http.send(request)
        } catch {
            missing.fault = "failed to get HTTP URL content"
            return missing
        }
        guard response.status.isSuccess, !response.body.isEmpty else {
            missing.fault = "failed to get HTTP URL content"
            return missing
        }
        let type = response.fields.contentType?.essence
        if type == "text/html" || (isPhoto && ImageFacts(reading: response.body) == nil) {
            missing.fault = "wrong type of the web page content"
            return missing
        }
        let path = link.prefix { $0 != "?" && $0 != "#" }
        let name = path.split(separator: "/").last.map(String.init) ?? "file"
        return try await Self.measure(
            diskName: try store.write(response.body), size: response.body.count, name: name, type: type,
            isPhoto: isPhoto, makesThumbnail: false, in: store)
    }

    /// Measures a file and makes the pictures it needs; away from the caller, since scaling takes long.
    @concurrent
    static func measure(
        diskName: String, size: Int, name: String?, type: String?, isPhoto: Bool, makesThumbnail: Bool,
        in store: FileStore
    ) async throws -> PreparedFile {
        var file = PreparedFile(
            diskName: diskName, size: size, name: name,
            type: type ?? MediaType.forFileName(name ?? "").essence)
        if file.type == "application/octet-stream", let name { file.type = MediaType.forFileName(name).essence }
        if let facts = try MediaFacts.read(size: size, { try store.read(diskName, from: $0, $1) }) {
            file.type = facts.type
            (file.width, file.height) = (facts.width, facts.height)
            if facts.seconds > 0 { file.duration = facts.duration }
            (file.title, file.performer) = (facts.title, facts.performer)
        }
        let isPicture = file.type.hasPrefix("image/") || isPhoto || makesThumbnail
        guard isPicture, size <= 50 << 20 else { return file }
        let bytes = try store.read(diskName)
        guard let facts = ImageFacts(reading: bytes) else { return file }
        file.type = facts.format.mediaType
        let isTurned = facts.orientation > 4
        file.width = isTurned ? facts.height : facts.width
        file.height = isTurned ? facts.width : facts.height
        let width = file.width ?? 0
        let height = file.height ?? 0
        let isAllowed = size <= PhotoRules.maximumBytes && width + height <= PhotoRules.maximumSides
        do {
            if isPhoto, isAllowed {
                file.renditions = try photos(bytes, width: width, height: height, in: store)
            } else if isAllowed {
                file.thumbnail = try scaled(try Raster(decoding: bytes), to: 320, in: store)
            }
        } catch is RasterError {
            // A picture that cannot be decoded is no photo; the method says so.
            file.renditions = []
            if isPhoto { (file.width, file.height) = (nil, nil) }
        }
        return file
    }

    private static func photos(_ bytes: [UInt8], width: Int, height: Int, in store: FileStore) throws
        -> [PreparedFile.Rendition]
    {
        let raster = try Raster(decoding: bytes)
        return try PhotoRules.sizes(width: width, height: height).map { size in
            try scaled(raster, to: max(size.width, size.height), in: store)
        }
    }

    private static func scaled(_ raster: borrowing Raster, to side: Int, in store: FileStore) throws
        -> PreparedFile.Rendition
    {
        let fitted = try raster.fitted(longestSide: side)
        let jpeg = try fitted.jpeg(quality: 87)
        return PreparedFile.Rendition(
            diskName: try store.write(jpeg), width: fitted.width, height: fitted.height, size: jpeg.count)
    }
}
