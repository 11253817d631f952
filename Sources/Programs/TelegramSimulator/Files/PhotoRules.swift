/// What the service takes as a photo, and the sizes it makes of it.
enum PhotoRules {
    static let maximumBytes = 10 << 20
    static let maximumSides = 10_000
    static let maximumRatio = 20

    /// The longest sides of the sizes s, m, x and y, the largest that a photo sent by a bot has.
    static let sides = [90, 320, 800, 1280]

    /// The sizes for a picture, smallest first: each as long as it allows, none larger than the picture.
    static func sizes(width: Int, height: Int) -> [(width: Int, height: Int)] {
        let longest = max(width, height)
        var result: [(width: Int, height: Int)] = []
        for side in sides {
            if longest <= side {
                result.append((width, height))
                break
            }
            let scale = Double(side) / Double(longest)
            result.append(
                (max(1, Int((Double(width) * scale).rounded())), max(1, Int((Double(height) * scale).rounded()))))
        }
        return result
    }

    /// Refuses what is no photo, with the service's words.
    static func check(size: Int, width: Int?, height: Int?) throws(APIError) {
        if size > maximumBytes {
            throw .badRequest(
                "file of size \(size) bytes is too big for a photo; the maximum size is \(maximumBytes) bytes")
        }
        guard let width, let height, width > 0, height > 0 else { throw .badRequest("IMAGE_PROCESS_FAILED") }
        guard width + height <= maximumSides, max(width, height) <= maximumRatio * min(width, height) else {
            throw .badRequest("PHOTO_INVALID_DIMENSIONS")
        }
    }
}
