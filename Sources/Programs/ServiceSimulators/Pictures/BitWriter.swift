/// Writes bits from the most significant one on, with the codes of ITU-T H.264 section 9.1.
struct BitWriter {
    private(set) var bytes: [UInt8] = []
    private var pending: UInt8 = 0
    private var count = 0

    /// Writes the low `width` bits of a number.
    mutating func bits(_ value: Int, _ width: Int) {
        for shift in stride(from: width - 1, through: 0, by: -1) {
            pending = pending << 1 | UInt8(truncatingIfNeeded: value >> shift & 1)
            count += 1
            if count == 8 {
                bytes.append(pending)
                (pending, count) = (0, 0)
            }
        }
    }

    /// An unsigned Exp-Golomb code.
    mutating func unsigned(_ value: Int) {
        let width = Int.bitWidth - (value + 1).leadingZeroBitCount
        bits(0, width - 1)
        bits(value + 1, width)
    }

    /// Zeros up to the next whole byte.
    mutating func align() {
        while count != 0 { bits(0, 1) }
    }

    /// Whole bytes, where the last bit ended one.
    mutating func append(_ whole: some Sequence<UInt8>) {
        precondition(count == 0, "bytes begin at a byte")
        bytes += whole
    }

    /// The stop bit and zeros that end a payload.
    mutating func trail() {
        bits(1, 1)
        align()
    }
}
