internal import CMicroHTTPD
internal import HTTP
internal import Support
import Synchronization

extension Exchange {
    /// Gives the answer to the library; false closes the connection.
    func queue(_ response: ServerResponse) -> Bool {
        var status = response.status
        var fields = response.fields
        let pointer: OpaquePointer?
        var bodyBytes = 0
        switch response.body {
        case .bytes(let bytes):
            bodyBytes = bytes.count
            unsafe pointer = copied(bytes)
        case .stream(let length, _):
            unsafe pointer = streamed(length: length)
        case .truncated(let bytes, let promised):
            unsafe pointer = streamed(length: promised)
            state.withLock { state in
                state.outgoing.append(bytes)
                state.outgoing.finish(complete: false)
            }
        case .file(let path):
            let file = FileAnswer.open(path: path, request: state.withLock { $0.head }, response: response)
            switch file {
            case .slice(let descriptor, let offset, let count, let changed):
                status = changed.status
                fields = changed.fields
                bodyBytes = count
                unsafe pointer = MHD_create_response_from_fd_at_offset64(
                    UInt64(count), descriptor, UInt64(offset))
            case .other(let other):
                return queue(other)
            }
        case .abort:
            return false
        }
        guard let pointer = unsafe pointer else { return false }
        defer { unsafe MHD_destroy_response(pointer) }
        for field in fields { unsafe add(field, to: pointer) }
        if core.isDraining.load(ordering: .relaxed), !fields.contains("Connection") {
            unsafe add(.init(name: "Connection", value: "close"), to: pointer)
        }
        state.withLock { state in
            state.status = status
            if state.head?.method != .head { state.bodyBytes = bodyBytes }
        }
        return unsafe MHD_queue_response(handle.pointer, UInt32(status.rawValue), pointer) == .YES
    }

    private func add(_ field: HTTPFields.Field, to response: OpaquePointer) {
        // The library writes these itself, from what it knows of the body.
        if field.name.equalsIgnoringASCIICase("Content-Length")
            || field.name.equalsIgnoringASCIICase("Transfer-Encoding")
        {
            return
        }
        guard HTTPFields.isValidName(field.name), HTTPFields.isValidValue(field.value) else {
            core.logger.error("a response field cannot be sent", ["name": .string(field.name)])
            return
        }
        if unsafe MHD_add_response_header(response, field.name, field.value) != .YES, !field.value.isEmpty {
            core.logger.error("a response field was refused", ["name": .string(field.name)])
        }
    }

    private func copied(_ bytes: [UInt8]) -> OpaquePointer? {
        unsafe bytes.withUnsafeBytes { buffer in
            unsafe MHD_create_response_from_buffer(
                buffer.count, UnsafeMutableRawPointer(mutating: buffer.baseAddress), .RESPMEM_MUST_COPY)
        }
    }

    private func streamed(length: Int?) -> OpaquePointer? {
        let size = length.map(UInt64.init) ?? UInt64.max
        return unsafe MHD_create_response_from_callback(
            size, 32 * 1024,
            { context, _, target, capacity in
                guard let context = unsafe context, let target = unsafe target else { return -2 }
                let exchange = unsafe Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
                let piece = unsafe exchange.fill(UnsafeMutableRawBufferPointer(start: target, count: capacity))
                return switch piece {
                case .bytes(let count): count
                case .nothingYet: 0
                case .end: -1  // MHD_CONTENT_READER_END_OF_STREAM
                case .cut: -2  // MHD_CONTENT_READER_END_WITH_ERROR
                }
            }, Unmanaged.passRetained(self).toOpaque(),
            { context in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<Exchange>.fromOpaque(context).release()
            })
    }
}
