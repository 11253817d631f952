import CCurl

/// libcurl's handle for many transfers at once: the pools of connections, names and TLS sessions.
///
/// Unchecked: only the loop's thread uses it, but for `wake()`, which libcurl allows from any
/// thread; it is freed with its last owner.
@safe final class MultiHandle: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer

    init?(maximumConnections: Int, perHost: Int) {
        guard GlobalState.isReady, let pointer = unsafe curl_multi_init() else { return nil }
        unsafe self.pointer = unsafe pointer
        _ = unsafe quartet_multi_set_long(pointer, CURLMOPT_MAX_TOTAL_CONNECTIONS, maximumConnections)
        _ = unsafe quartet_multi_set_long(pointer, CURLMOPT_MAX_HOST_CONNECTIONS, perHost)
        _ = unsafe quartet_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, maximumConnections)
    }

    deinit { unsafe curl_multi_cleanup(pointer) }

    func add(_ easy: EasyHandle) -> Bool {
        unsafe curl_multi_add_handle(pointer, easy.pointer) == CURLM_OK
    }

    func remove(_ easy: EasyHandle) {
        unsafe curl_multi_remove_handle(pointer, easy.pointer)
    }

    /// Does what can be done without waiting.
    func perform() {
        var running: CInt = 0
        _ = unsafe curl_multi_perform(pointer, &running)
    }

    /// Waits for a socket, a timer of libcurl's, a wake-up, or the end of the time.
    func wait(milliseconds: Int) {
        _ = unsafe curl_multi_poll(pointer, nil, 0, CInt(clamping: milliseconds), nil)
    }

    /// Ends the wait, or the next one.
    func wake() {
        unsafe curl_multi_wakeup(pointer)
    }

    /// The next transfer that is over, with its result.
    func nextFinished() -> (transfer: Transfer, code: CURLcode)? {
        var remaining: CInt = 0
        while let message = unsafe curl_multi_info_read(pointer, &remaining) {
            guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
            var context: UnsafeMutableRawPointer?
            _ = unsafe quartet_easy_get_pointer(message.pointee.easy_handle, CURLINFO_PRIVATE, &context)
            guard let context = unsafe context else { continue }
            let code = unsafe message.pointee.data.result
            return (unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue(), code)
        }
        return nil
    }
}
