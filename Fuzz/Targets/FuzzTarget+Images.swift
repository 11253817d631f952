@testable import Images

extension FuzzTarget {
    static let images = [
        FuzzTarget("image-facts") { bytes in
            _ = ImageFormat(detecting: bytes)
            if let facts = ImageFacts(reading: bytes) {
                must(facts.width > 0 && facts.height > 0 && facts.pixels > 0, "a picture without a size: \(facts)")
            }
            _ = ExifFacts(reading: bytes)
            _ = WebPFrame.first(of: bytes)
        }
    ]
}
