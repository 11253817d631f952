/// What a film has besides its file: the picture that it shows first, and where it begins.
enum VideoExtras {
    static func add(to media: inout Media, cover: String, start: Int64?, _ call: Call, in world: inout World)
        throws(APIError)
    {
        if !cover.isEmpty {
            guard MediaArgument.isPresent(cover, call) else { throw .badRequest("there is no cover in the request") }
            let picture = try MediaArgument.media(.photo, value: cover, call, in: &world)
            world.remember(picture)
            media.cover = picture.sizes
        }
        if let start { media.start = Int(clamping: max(0, start)) }
    }
}
