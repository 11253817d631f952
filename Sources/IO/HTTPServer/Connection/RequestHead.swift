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

    /// The answer where the end of the content cannot be told beyond doubt, nil where it can.
    ///
    /// Two opinions about it are how requests are smuggled past a proxy (RFC 9112, section 6.3).
    static func framingFault(in fields: HTTPFields) -> HTTPError? {
        var lengths = 0
        var codings = 0
        for field in fields {
            // White space before the colon makes a name that others would read as another (RFC 9112, section 5.1).
            guard HTTPFields.isValidName(field.name) else {
                return HTTPError(.badRequest, "a malformed field name")
            }
            if field.name.equalsIgnoringASCIICase("Content-Length") {
                lengths += 1
            } else if field.name.equalsIgnoringASCIICase("Transfer-Encoding") {
                codings += 1
                guard field.value.equalsIgnoringASCIICase("chunked") else {
                    return HTTPError(.notImplemented, "an unknown Transfer-Encoding")
                }
            }
        }
        if lengths > 0, fields.contentLength == nil { return HTTPError(.badRequest, "Content-Length is malformed") }
        if lengths > 0, codings > 0 { return HTTPError(.badRequest, "both Content-Length and Transfer-Encoding") }
        return lengths > 1 || codings > 1 ? HTTPError(.badRequest, "more than one length") : nil
    }

    static func size(of connection: ConnectionHandle) -> Int {
        unsafe quartet_mhd_header_size(connection.pointer)
    }
}

private func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
    guard let start = unsafe start else { return "" }
    return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
}
