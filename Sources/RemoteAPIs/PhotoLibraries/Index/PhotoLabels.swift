/// The galleries, tags or performers of a library, each with an index from 0.
package struct PhotoLabels: Sendable {
    private var labels: [Photo.Label] = []
    private var indices: [String: Int32] = [:]

    package init() {}

    /// How many there are.
    package var count: Int { labels.count }

    /// The label of an index.
    package subscript(index: Int) -> Photo.Label { labels[index] }

    /// The index of the label with the library's identifier; nil where there is none.
    package func index(of id: String) -> Int? { indices[id].map(Int.init) }

    /// The indices of the labels that a test passes.
    package func indices(where isWanted: (Photo.Label) -> Bool) -> [Int] {
        labels.indices.filter { isWanted(labels[$0]) }
    }

    func known(_ id: String) -> Int32? { indices[id] }

    /// The index of a label, given anew where it is not there yet.
    mutating func insert(id: String, name: String) -> Int32 {
        if let known = indices[id] { return known }
        let index = Int32(labels.count)
        labels.append(Photo.Label(id: id, name: name))
        indices[id] = index
        return index
    }
}

/// For each picture some labels, kept as one list of all and where each picture's part begins.
package struct PhotoLabelLists: Sendable {
    /// Where each picture's labels begin in `values`, with the end of all behind them.
    package private(set) var starts: [UInt32] = [0]
    /// The labels of all pictures, one picture's behind another's.
    package private(set) var values: [Int32] = []

    /// The labels of a picture.
    package subscript(position: Int) -> ArraySlice<Int32> {
        values[Int(starts[position])..<Int(starts[position + 1])]
    }

    /// Whether no picture has any.
    package var isEmpty: Bool { values.isEmpty }

    mutating func reserve(_ count: Int) {
        starts.reserveCapacity(count + 1)
    }

    mutating func append(_ list: some Sequence<Int32>) {
        values.append(contentsOf: list)
        starts.append(UInt32(values.count))
    }
}
