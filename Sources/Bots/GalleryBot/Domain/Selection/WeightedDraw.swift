internal import PhotoLibraries

/// Draws a position by the weights of groups and people, in one pass over the candidates and one over a small part.
///
/// A million candidates take a few milliseconds; nothing is kept between draws, so nothing can drift.
struct WeightedDraw {
    /// The first gallery of each position, -1 for none.
    let galleries: [Int32]
    /// By group: 0 for no gallery, else the gallery's index + 1.
    let groupWeights: [Double]
    let performers: PhotoLabelLists
    /// By performer's index; empty when all weigh 1.
    let performerWeights: [Double]

    /// How many words of a set are summed up together: 4096 positions.
    private static let block = 64

    /// Nil for an empty set.
    func draw(from candidates: PhotoSet, using random: inout some RandomNumberGenerator) -> Int? {
        let words = candidates.words
        var sums: [Double] = []
        sums.reserveCapacity(words.count / Self.block + 1)
        for start in stride(from: 0, to: words.count, by: Self.block) {
            var sum = 0.0
            for place in start..<min(start + Self.block, words.count) {
                var bits = words[place]
                while bits != 0 {
                    sum += weight(place << 6 + bits.trailingZeroBitCount)
                    bits &= bits - 1
                }
            }
            sums.append(sum)
        }
        let total = sums.reduce(0, +)
        guard total > 0 else { return nil }
        var rest = Double.random(in: 0..<total, using: &random)
        var last: Int?
        for (block, sum) in sums.enumerated() where sum > 0 {
            // Sums of the parts may differ from the whole in the last bit: the last candidate takes what is over.
            let isLast = !sums[(block + 1)...].contains { $0 > 0 }
            guard rest < sum || isLast else {
                rest -= sum
                continue
            }
            for place in block * Self.block..<min((block + 1) * Self.block, words.count) {
                var bits = words[place]
                while bits != 0 {
                    let position = place << 6 + bits.trailingZeroBitCount
                    last = position
                    rest -= weight(position)
                    if rest < 0 { return position }
                    bits &= bits - 1
                }
            }
            return last
        }
        return last
    }

    @inline(__always)
    private func weight(_ position: Int) -> Double {
        let group = groupWeights[Int(galleries[position]) + 1]
        guard !performerWeights.isEmpty else { return group }
        let start = Int(performers.starts[position])
        let end = Int(performers.starts[position + 1])
        guard start < end else { return group }
        var product = 1.0
        for place in start..<end { product *= performerWeights[Int(performers.values[place])] }
        return group * min(max(product, Selection.weights.lowerBound), Selection.weights.upperBound)
    }
}
