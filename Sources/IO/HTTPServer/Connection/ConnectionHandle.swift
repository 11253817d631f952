internal import CMicroHTTPD

/// libmicrohttpd's connection.
@safe struct ConnectionHandle: @unchecked Sendable {
    // Unchecked: the library's resume call may be made from any thread, and is the only one made outside its own
    // callbacks; a suspended connection lives until it is resumed.
    let pointer: OpaquePointer

    func suspend() { unsafe MHD_suspend_connection(pointer) }

    func resume() { unsafe MHD_resume_connection(pointer) }

    var socket: Int32 { unsafe quartet_mhd_socket(pointer) }
}
