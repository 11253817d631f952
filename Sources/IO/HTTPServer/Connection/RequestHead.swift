internal import CMicroHTTPD
internal import HTTP

/// Reads what libmicrohttpd has parsed of a request.
enum RequestHead {
    static func fields(of connection: ConnectionHandle) -> HTTPFields {
        var fields = HTTPFields()
        fields.reserveCapacity(8)
        _ = unsafe withUnsafeMutablePointer(to: &fields) { target in
            unsafe MHD_get_connection_values_n(
                connection.pointer, .HEADER_KIND,
                { context, _, name, nameSize, value, valueSize in
                    guard let fields = unsafe context?.assumingMemoryBound(to: HTTPFields.self) else { return .NO }
                    unsafe fields.pointee.append(text(name, nameSize), text(value, valueSize))
                    return .YES
                }, target)
        }
        return fields
    }

    static func size(of connection: ConnectionHandle) -> Int {
        unsafe quartet_mhd_header_size(connection.pointer)
    }
}

private func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
    guard let start = unsafe start else { return "" }
    return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
}
