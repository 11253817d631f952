internal import Images

/// Writes H.264 films without an encoder's art: macroblocks travel as plain samples (`I_PCM`) or are skipped.
///
/// ITU-T H.264, Baseline profile: the first picture is complete, later ones carry only the blocks of 16 × 16 pixels
/// that have changed. Every player takes it; it is small as long as little moves.
struct FilmEncoder {
    private let columns: Int
    private let rows: Int
    private var previous: [[UInt8]] = []
    /// The coded pictures, each a NAL unit.
    private(set) var pictures: [[UInt8]] = []

    /// - Precondition: width and height are multiples of 16.
    init(width: Int, height: Int) {
        precondition(width % 16 == 0 && height % 16 == 0, "a film is made of blocks of 16 × 16")
        (columns, rows) = (width / 16, height / 16)
    }

    /// The sequence parameter set: Baseline, level 3, order of output as coded.
    var sequenceParameters: [UInt8] {
        var writer = BitWriter()
        writer.append([66, 0xC0, 30])
        for value in [0, 0, 2, 1] { writer.unsigned(value) }
        writer.bits(0, 1)
        writer.unsigned(columns - 1)
        writer.unsigned(rows - 1)
        // Whole frames, direct inference, no cropping, no usability information.
        writer.bits(0b1100, 4)
        writer.trail()
        return Self.unit(0x67, writer.bytes)
    }

    /// The picture parameter set: CAVLC, one slice group, deblocking may be switched off.
    var pictureParameters: [UInt8] {
        var writer = BitWriter()
        writer.unsigned(0)
        writer.unsigned(0)
        writer.bits(0, 2)
        for _ in 0..<3 { writer.unsigned(0) }
        writer.bits(0, 3)
        for _ in 0..<3 { writer.unsigned(0) }
        writer.bits(0b100, 3)
        writer.trail()
        return Self.unit(0x68, writer.bytes)
    }

    /// Codes the next picture.
    mutating func add(_ picture: borrowing Raster) {
        let blocks = blocks(of: picture)
        pictures.append(previous.isEmpty ? whole(blocks) : changes(blocks))
        previous = blocks
    }

    private func whole(_ blocks: [[UInt8]]) -> [UInt8] {
        var writer = BitWriter()
        for value in [0, 7, 0] { writer.unsigned(value) }
        writer.bits(0, 4)
        writer.unsigned(0)
        writer.bits(0, 2)
        endHeader(&writer)
        for block in blocks {
            writer.unsigned(25)
            writer.align()
            writer.append(block)
        }
        writer.trail()
        return Self.unit(0x65, writer.bytes)
    }

    private func changes(_ blocks: [[UInt8]]) -> [UInt8] {
        var writer = BitWriter()
        for value in [0, 5, 0] { writer.unsigned(value) }
        writer.bits(pictures.count % 16, 4)
        // No other number of references, no reordering, no marking.
        writer.bits(0, 3)
        endHeader(&writer)
        var skipped = 0
        for (block, before) in zip(blocks, previous) {
            if block == before {
                skipped += 1
                continue
            }
            writer.unsigned(skipped)
            skipped = 0
            writer.unsigned(30)
            writer.align()
            writer.append(block)
        }
        if skipped > 0 { writer.unsigned(skipped) }
        writer.trail()
        return Self.unit(0x41, writer.bytes)
    }

    /// No change of the quantiser, no deblocking: plain samples need neither.
    private func endHeader(_ writer: inout BitWriter) {
        writer.unsigned(0)
        writer.unsigned(1)
    }

    /// The samples of each block: 256 of brightness, then 64 each of both colour differences (ITU-R BT.601).
    private func blocks(of picture: borrowing Raster) -> [[UInt8]] {
        var result: [[UInt8]] = []
        for row in 0..<rows {
            for column in 0..<columns {
                var brightness: [UInt8] = []
                var blue: [UInt8] = []
                var red: [UInt8] = []
                for y in 0..<16 {
                    for x in 0..<16 {
                        let color = picture.color(x: column * 16 + x, y: row * 16 + y)
                        let (r, g, b) = (color >> 16 & 255, color >> 8 & 255, color & 255)
                        brightness.append(UInt8(16 + (66 * r + 129 * g + 25 * b + 128) >> 8))
                        guard x % 2 == 0, y % 2 == 0 else { continue }
                        blue.append(UInt8(128 + (-38 * r - 74 * g + 112 * b + 128) >> 8))
                        red.append(UInt8(128 + (112 * r - 94 * g - 18 * b + 128) >> 8))
                    }
                }
                result.append(brightness + blue + red)
            }
        }
        return result
    }

    /// A NAL unit: the header, then the payload with 3 put in wherever two zeros could be taken for a start code.
    private static func unit(_ header: UInt8, _ payload: [UInt8]) -> [UInt8] {
        var unit = [header]
        unit.reserveCapacity(payload.count + 64)
        var zeros = 0
        for byte in payload {
            if zeros == 2, byte <= 3 {
                unit.append(3)
                zeros = 0
            }
            unit.append(byte)
            zeros = byte == 0 ? zeros + 1 : 0
        }
        return unit
    }
}
