internal import CZlib

/// Unpacks a body that came as gzip or deflate.
@safe final class Inflater {
    /// The packed bytes are none, or hold more than may be taken.
    enum Fault: Error { case malformed, tooLarge }

    private let stream: UnsafeMutablePointer<z_stream>
    private let limit: Int
    private var total = 0
    private var isOver = false

    /// - Parameter limit: Bytes that may come out, against small bodies that unfold without end.
    init(limit: Int) throws(Fault) {
        self.limit = limit
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        guard unsafe quartet_inflate_start(stream) == Z_OK else { throw .malformed }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Unpacks the next part; bytes behind the end are passed over.
    func take(_ chunk: [UInt8]) throws(Fault) -> [UInt8] {
        var input = chunk
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var fault: Fault?
        unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe stream.pointee.next_in = source.baseAddress
            unsafe stream.pointee.avail_in = UInt32(clamping: source.count)
            var isDrained = false
            while !isOver, fault == nil, !isDrained {
                let (code, count) = unsafe buffer.withUnsafeMutableBufferPointer { target in
                    unsafe stream.pointee.next_out = target.baseAddress
                    unsafe stream.pointee.avail_out = UInt32(target.count)
                    let code = unsafe inflate(stream, Z_NO_FLUSH)
                    return (code, target.count - Int(unsafe stream.pointee.avail_out))
                }
                output += buffer[..<count]
                total += count
                // The buffer was not filled: all that came is unpacked.
                isDrained = count < buffer.count
                if code == Z_STREAM_END { isOver = true }
                if code != Z_OK, code != Z_STREAM_END, code != Z_BUF_ERROR { fault = .malformed }
                if total > limit { fault = .tooLarge }
            }
        }
        if let fault { throw fault }
        return output
    }

    /// Checks that the packed bytes had an end.
    func finish() throws(Fault) { if !isOver { throw .malformed } }
}
